"""How a deviation stands in law: derived by the table below, never typed, and with what is missing.

The first line that holds decides:

| | When | Status |
|---|---|---|
| 1 | the routine was followed: considered or blocked | within the rule |
| 2 | a ground beyond the law was chosen, whatever the answer | against or beyond the law |
| 3 | it was refused, and not done already | within the rule |
| 4 | a statute, no chosen ground gives room in a statute, and it was agreed to all the same | against or beyond the law |
| 5 | something is missing: a field, a ground with room, advice, or agreement with what was done already | needs attention |
| 6 | the source is a habit, a system or a work instruction, or each ground that gives room explains the rule | within the rule |
| 7 | otherwise | lawful deviation |

A policy rule, an ordinance and a statute take a ground that gives room in that source. Advice counts where a
person answers: a space was given beforehand.
"""  # noqa: E501

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .advising import Lack
from .parts import NAMES
from .weighing import BEYOND_LAW, MADE, GroundFacts

REFUSED, BY_SPACE = "refused", "by_space"
STATUTE = "statute"
INTERPRETATION = "interpretation"


class Lawfulness(TextChoices):
    """How a deviation stands in law."""

    WITHIN_RULE = "within_rule", _("Within the rule")
    LAWFUL_DEVIATION = "lawful_deviation", _("Lawful deviation")
    NEEDS_ATTENTION = "needs_attention", _("Needs attention")
    BEYOND_LAW = "beyond_law", _("Against or beyond the law")


# Sources in public law: nobody departs from them without a ground.
TAKES_GROUND: dict[str, Promise] = {
    "policy_rule": _("No chosen ground gives room in a policy rule."),
    "ordinance": _("No chosen ground gives room in an ordinance."),
    STATUTE: _("No chosen ground gives room in a statute."),
}
NO_AGREEMENT = _("It was done already, and nobody has agreed to it yet.")
NOT_AGREED = _("It was done already, and the manager did not agree.")


@dataclass(frozen=True)
class StandingFacts:
    """What counts in law. `absent` names required fields that are empty; `lacking` is advice that is not there.

    `answer` is empty until there is one.
    """

    kind: str
    source_type: str
    grounds: tuple[GroundFacts, ...] = ()
    absent: tuple[str, ...] = ()
    lacking: tuple[Lack, ...] = ()
    done_already: bool = False
    answer: str = ""


class Shortfall(NamedTuple):
    """One thing that is missing, with the words for it."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Standing:
    """The status, why, and everything that is missing."""

    status: Lawfulness
    sentence: str
    missing: tuple[Shortfall, ...] = ()


def standing(facts: StandingFacts) -> Standing:
    """How it stands; each line of the table in its turn."""
    if facts.kind != MADE:
        return Standing(Lawfulness.WITHIN_RULE, gettext("The routine was followed."))
    missing = tuple(_missing(facts))
    if beyond := [ground.code for ground in facts.grounds if ground.kind == BEYOND_LAW]:
        return Standing(Lawfulness.BEYOND_LAW, _beyond_sentence(facts, beyond), missing)
    if facts.answer == REFUSED and not facts.done_already:
        return Standing(Lawfulness.WITHIN_RULE, gettext("It was refused, so the routine holds."))
    if facts.source_type == STATUTE and facts.answer not in ("", REFUSED) and not room(facts):
        sentence = gettext("It was agreed to against a statute, without a ground that gives room in it.")
        return Standing(Lawfulness.BEYOND_LAW, sentence, missing)
    if missing:
        return Standing(Lawfulness.NEEDS_ATTENTION, gettext("Something that it takes is not there."), missing)
    return _in_order(facts)


def of_register(*, kind: str, source_type: str, answer: str) -> Lawfulness:
    """How a row of a register stands. A register has no column for grounds: that one is not there asks for a look.

    It is no proof that there was none, so an agreement against a statute is not called beyond the law.
    """
    absent = ("grounds",) if source_type in TAKES_GROUND else ()
    facts = StandingFacts(kind=kind, source_type=source_type, absent=absent, answer=answer)
    status = standing(facts).status
    return Lawfulness.NEEDS_ATTENTION if status == Lawfulness.BEYOND_LAW else status


def room(facts: StandingFacts) -> tuple[GroundFacts, ...]:
    """The chosen grounds that give room in this source."""
    return tuple(ground for ground in facts.grounds if ground.kind != BEYOND_LAW and ground.serves(facts.source_type))


def _in_order(facts: StandingFacts) -> Standing:
    if facts.source_type not in TAKES_GROUND:
        return Standing(Lawfulness.WITHIN_RULE, gettext("No rule of law stands in the way, only our way of working."))
    giving = room(facts)
    codes = ", ".join(ground.code for ground in giving)
    if all(ground.kind == INTERPRETATION for ground in giving):
        return Standing(
            Lawfulness.WITHIN_RULE, gettext("The rule itself leaves this room: %(codes)s.") % {"codes": codes}
        )
    return Standing(
        Lawfulness.LAWFUL_DEVIATION, gettext("It departs from the rule on ground %(codes)s.") % {"codes": codes}
    )


def _beyond_sentence(facts: StandingFacts, codes: list[str]) -> str:
    words = {"codes": ", ".join(codes)}
    if facts.answer == REFUSED:
        return gettext("This was asked for against or beyond the law (%(codes)s), and refused.") % words
    return gettext("This goes against or beyond the law (%(codes)s). It is reported as such.") % words


def _missing(facts: StandingFacts) -> Iterator[Shortfall]:
    for name in facts.absent:
        yield Shortfall(name, gettext("Not filled in: %(name)s.") % {"name": NAMES[name]})
    if facts.source_type in TAKES_GROUND and facts.grounds and not room(facts) and "grounds" not in facts.absent:
        yield Shortfall("ground", str(TAKES_GROUND[facts.source_type]))
    if facts.answer != BY_SPACE:
        for lack in facts.lacking:
            yield Shortfall(f"advice:{lack.advice}", str(lack))
    if facts.done_already and facts.answer in ("", REFUSED):
        yield Shortfall("agreement", str(NOT_AGREED if facts.answer == REFUSED else NO_AGREEMENT))
