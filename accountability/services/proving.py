"""Lines of the logbook with what proves them: what they say, their digest, and the way up to a signed checkpoint."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from organisation.kernel import digests
from organisation.kernel.merkle import Tree
from organisation.kernel.seals import leaf_of
from organisation.models import Checkpoint, SealedLine
from organisation.models.logbook import LogLine

from .reading_lines import stretches

LINES_AT_ONCE = 500
LEAVES_AT_ONCE = 20_000
Json = dict[str, Any]


class Proven(NamedTuple):
    """A line, as it is handed over; whether it is sealed, and whether it fits its digest and its seal."""

    line: LogLine
    record: Json
    sealed: bool
    fits: bool


class _Place(NamedTuple):
    position: int
    leaf: bytes
    checkpoint: int


class Proofs:
    """Proves lines some at a time, and remembers the checkpoints that they stand under."""

    def __init__(self) -> None:
        self.checkpoints: dict[int, Checkpoint] = {}

    def of(self, book: str, lines: QuerySet[Any]) -> Iterator[Proven]:
        """Every line in order, with its proof. Words that somebody typed stay behind; their digest comes along."""
        rows = lines.iterator(chunk_size=2_000)
        while some := list(islice(rows, LINES_AT_ONCE)):
            places = _places([line.pk for line in some])
            paths = self._paths(places.values())
            for line in some:
                yield _proven(book, line, places.get(line.pk), paths)

    def _paths(self, places: Iterable[_Place]) -> dict[int, list[bytes] | None]:
        """By position: the way up, or None when the leaves no longer give the root that was signed."""
        wanted: dict[int, list[int]] = {}
        for place in places:
            wanted.setdefault(place.checkpoint, []).append(place.position)
        new = wanted.keys() - self.checkpoints.keys()
        self.checkpoints |= Checkpoint.objects.in_bulk(new)
        found: dict[int, list[bytes] | None] = {}
        there = [self.checkpoints[number] for number in sorted(wanted) if number in self.checkpoints]
        for stretch in stretches(there, LEAVES_AT_ONCE):
            for checkpoint, tree in _trees(stretch):
                whole = tree.root.hex() == checkpoint.root and len(tree.levels[0]) == checkpoint.lines
                for position in wanted[checkpoint.number]:
                    found[position] = tree.path(position - checkpoint.first) if whole else None
        return found


def _proven(book: str, line: LogLine, place: _Place | None, paths: dict[int, list[bytes] | None]) -> Proven:
    digest = bytes(line.digest)
    stays = {name: getattr(line, name) for name in line.STAYS}
    record: Json = {"book": book, "stays": stays, "digest": digest, "facts": None, "facts_key": None, "words": None}
    fits = True
    if line.key is not None:
        key = bytes(line.key)
        facts, own, words = line.facts(), digests.facts_key(key), digests.words_digest(key, line.words())
        record |= {"facts": facts, "facts_key": own, "words": words}
        fits = digests.digest_of_facts(own, facts, words) == digest
    path = paths.get(place.position) if place else None
    record |= {"position": None, "checkpoint": None, "path": None}
    if place:
        record |= {"position": place.position, "checkpoint": place.checkpoint, "path": path}
        fits = fits and path is not None and leaf_of(book, stays, digest) == place.leaf
    return Proven(line, record, place is not None, fits)


def _places(ids: Sequence[UUID]) -> dict[UUID, _Place]:
    rows = SealedLine.objects.filter(line__in=ids).order_by()
    return {
        line: _Place(position, bytes(leaf), checkpoint)
        for line, position, leaf, checkpoint in rows.values_list("line", "position", "leaf", "checkpoint_id")
    }


def _trees(stretch: Sequence[Checkpoint]) -> Iterator[tuple[Checkpoint, Tree]]:
    wanted, begin = Q(), stretch[0].first
    for checkpoint, following in zip(stretch, (*stretch[1:], None), strict=True):
        end = checkpoint.first + checkpoint.lines
        if following is None or following.first != end:
            wanted |= Q(position__gte=begin, position__lt=end)
            begin = following.first if following else end
    leaves = dict(SealedLine.objects.filter(wanted).order_by().values_list("position", "leaf"))
    for checkpoint in stretch:
        span = range(checkpoint.first, checkpoint.first + checkpoint.lines)
        yield checkpoint, Tree([bytes(leaves[position]) for position in span if position in leaves])
