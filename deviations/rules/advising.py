"""When advice counts: which opinions make a colleague's agreement, legal advice, and what is still lacking.

* A **colleague's agreement**: somebody of the team, asked by name, agrees or agrees if something is done; or three
  of the team agree in one case that was put to the team without a name. An "if" that the author did not follow is
  no agreement.
* **Legal advice**: a legal opinion that says yes, if or no. It has to be there; it need not be a yes, since the
  board weighs it.
* Advice counts only for the text it was about: what says something about an earlier text is asked for again.

Only the need for the board's decision is not advice: whoever answers enters it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .weighing import Advice

THREE_OF_THE_TEAM = 3


class Kind(TextChoices):
    """Who is asked, and for what."""

    PEER = "peer", _("A colleague")
    TEAM = "team", _("My team, without names")
    LEGAL = "legal", _("Legal advice")


class View(TextChoices):
    """What somebody thinks of it."""

    AGREES = "agrees", _("I agree")
    AGREES_IF = "agrees_if", _("I agree, if…")
    DISAGREES = "disagrees", _("I would not do this")
    CANNOT_JUDGE = "cannot_judge", _("I cannot judge this")


YES = frozenset({View.AGREES, View.AGREES_IF})
JUDGED = YES | {View.DISAGREES}


@dataclass(frozen=True)
class Heard:
    """One consultation as far as a rule looks at it.

    `views`: of everybody who answered; `in_team`: whether they worked in the team of the deviation when they did;
    `present`: it was about the text as it is now; `followed`: what the author did with it, None when not said yet.
    """

    kind: str
    views: tuple[str, ...]
    in_team: bool = True
    present: bool = True
    followed: bool | None = None

    @property
    def agreeing(self) -> int:
        """How many agree."""
        counts = YES - {View.AGREES_IF} if self.followed is False else YES
        return sum(view in counts for view in self.views)


@dataclass(frozen=True)
class Lack:
    """Advice that is not there (yet), with the sentence to show for it."""

    advice: Advice
    sentence: Promise

    def __str__(self) -> str:
        return str(self.sentence)


ABSENT: dict[Advice, Promise] = {
    Advice.PEER: _("The advice of a colleague is not there yet."),
    Advice.LEGAL: _("The legal advice is not there yet."),
    Advice.BOARD: _("The decision of the executive board is not there yet."),
}
OUTDATED: dict[Advice, Promise] = {
    Advice.PEER: _("The advice of a colleague is about an earlier text."),
    Advice.LEGAL: _("The legal advice is about an earlier text."),
}


def peer_agrees(heard: Iterable[Heard]) -> bool:
    """Whether a colleague of the team, or three of the team, agree with the present text."""
    return any(_is_agreement(one) and one.present for one in heard)


def legal_given(heard: Iterable[Heard]) -> bool:
    """Whether there is a legal opinion on the present text."""
    return any(_is_legal(one) and one.present for one in heard)


def lacking(needed: Iterable[Advice], heard: Iterable[Heard], *, board: bool = False) -> tuple[Lack, ...]:
    """What of the needed advice is not there, in the order of `needed`; `board`: its decision is known."""
    said = tuple(heard)
    return tuple(_lack(advice, said) for advice in needed if not _is_there(advice, said, board=board))


def _is_there(advice: Advice, heard: tuple[Heard, ...], *, board: bool) -> bool:
    if advice == Advice.BOARD:
        return board
    return peer_agrees(heard) if advice == Advice.PEER else legal_given(heard)


def _lack(advice: Advice, heard: tuple[Heard, ...]) -> Lack:
    counts = {Advice.PEER: _is_agreement, Advice.LEGAL: _is_legal}.get(advice)
    outdated = counts is not None and any(counts(one) for one in heard)
    return Lack(advice, (OUTDATED if outdated else ABSENT)[advice])


def _is_agreement(one: Heard) -> bool:
    if one.kind == Kind.TEAM:
        return one.agreeing >= THREE_OF_THE_TEAM
    return one.kind == Kind.PEER and one.in_team and one.agreeing > 0


def _is_legal(one: Heard) -> bool:
    return one.kind == Kind.LEGAL and any(view in JUDGED for view in one.views)
