"""What a page about a deviation says of advice: what is needed, what was asked, and what its author can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deviations import decided, permissions
from deviations.conversation import thread
from deviations.models import Consultation, Deviation, Opinion
from deviations.rules import changing
from deviations.rules.parts import NAMES
from deviations.rules.weighing import Advice
from deviations.services import hearing
from deviations.workflow import ADVICE_MOVES, ASKABLE, AdviceAction, AdviceState
from organisation.kernel import moves
from organisation.kernel.differences import Difference
from organisation.models import User

# What says something for the figures, or stands there with a link.
NOT_SHOWN = changing.ADDITIONS | {"routine", "kind", "belongs_or_helps"}


@dataclass(frozen=True)
class Asked:
    """One consultation on the page of its deviation."""

    consultation: Consultation
    changed: tuple[str, ...]
    may: frozenset[str]

    @property
    def is_outdated(self) -> bool:
        """The text was changed since, and the question or the advice still matters."""
        return bool(self.changed) and self.consultation.state != AdviceState.WITHDRAWN

    @property
    def changed_fields(self) -> list[str]:
        """The names of what was changed, as the record has them."""
        return [str(NAMES[name]) for name in self.changed if name in NAMES]


@dataclass(frozen=True)
class Before:
    """What somebody advised on an earlier text of the same deviation, and what is different now."""

    opinion: Opinion
    differences: list[Difference]


def record(asked: Consultation) -> list[tuple[str, str]]:
    """What who is asked reads of the deviation, as it was then."""
    return decided.record(_shown(asked))


def before(asked: Consultation, adviser: User) -> Before | None:
    """The last advice this person gave on this deviation, when they are asked again.

    Not when one question has names and the other has none: together they would tell whose it is.
    """
    earlier = Opinion.objects.filter(by=adviser, consultation__deviation=asked.deviation_id, at__lt=asked.at)
    given = earlier.filter(consultation__anonymous=asked.anonymous).select_related("consultation").order_by("at").last()
    if given is None:
        return None
    changed = decided.differences(_shown(given.consultation), _shown(asked))
    if given.consultation.story != asked.story:
        changed.insert(0, Difference(_("The case in short"), given.consultation.story, asked.story, "story"))
    return Before(given, changed)


def _shown(asked: Consultation) -> dict[str, Any]:
    return {name: said for name, said in asked.snapshot.items() if name not in NOT_SHOWN}


def of_page(deviation: Deviation, reader: User, needed: Iterable[Advice]) -> dict[str, Any]:
    """The context of the page of a deviation: the thread, what is lacking, and the card."""
    is_made_up = deviation.state in ASKABLE
    lacks = hearing.lacking(deviation, needed, board=True) if is_made_up else ()
    return {"thread": thread(deviation, reader), "lacks": lacks, **card(deviation, reader, needed)}


def card(deviation: Deviation, reader: User, needed: Iterable[Advice]) -> dict[str, Any]:
    """What was asked, and whether the reader may ask."""
    is_made_up = deviation.state in ASKABLE and not deviation._state.adding
    return {
        "asked": [Asked(one, changed, _may(one, reader)) for one, changed in hearing.with_changes(deviation)],
        "may_ask": is_made_up and permissions.answer_with_advice(reader, AdviceAction.ASK, deviation),
        "needed": [advice.value for advice in needed],
    }


def _may(one: Consultation, reader: User) -> frozenset[str]:
    possible = set(moves.possible(ADVICE_MOVES, one.state)) - {AdviceAction.ANSWER}
    if not hearing.has_judgement(one):
        possible -= {AdviceAction.SETTLE}
    return frozenset(action.value for action in possible if permissions.answer_with_advice(reader, action, one))
