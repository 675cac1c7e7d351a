"""Who reviews what: never somebody who had a part in it, somebody of another team first, the least burdened first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .drawing import chance


@dataclass(frozen=True)
class Piece:
    """What was drawn: its key, its team, and everybody who had a part in it."""

    key: str
    team: str
    barred: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """Somebody who can review: the teams they work in, and how many reviews wait for them already."""

    key: str
    teams: frozenset[str]
    load: int = 0


def assign(pieces: Iterable[Piece], candidates: Iterable[Candidate], seed: str) -> dict[str, str | None]:
    """For each piece the key of its reviewer; None when there is nobody who had no part in it.

    Of another team first, since names are left out of a dossier and only then stay unknown; then who has the fewest
    reviews to do, counting those of this very draw; then by the chance of the seed.
    """
    people = list(candidates)
    load = {person.key: person.load for person in people}
    found: dict[str, str | None] = {}
    for piece in pieces:
        chosen = _best(piece, people, load, seed)
        found[piece.key] = chosen
        if chosen is not None:
            load[chosen] += 1
    return found


def _best(piece: Piece, people: Iterable[Candidate], load: Mapping[str, int], seed: str) -> str | None:
    fit = [person for person in people if person.key not in piece.barred]
    if not fit:
        return None

    def order(person: Candidate) -> tuple[bool, int, int]:
        return piece.team in person.teams, load[person.key], chance(seed, piece.key, person.key)

    return min(fit, key=order).key
