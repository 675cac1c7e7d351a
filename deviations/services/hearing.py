"""What has been said about a deviation, and what advice is still lacking: reading only."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db.models import Exists, OuterRef, prefetch_related_objects

from deviations.models import Consultation, Deviation, Ground, Opinion
from deviations.rules import advising, changing
from deviations.rules.advising import Heard, Lack
from deviations.rules.weighing import ADVICE, Advice, Weight
from deviations.workflow import AdviceState

from . import freezing

# When it is needed is no part of what somebody gives an opinion on; sending it in fills in the day.
NOT_ABOUT = frozenset({"urgency", "acted_on"})


def consultations_of(deviation: Deviation) -> list[Consultation]:
    """Every consultation with its opinions, the oldest first."""
    rows = deviation.consultations.select_related("deviation", "author", "asked", "team")
    return cast("list[Consultation]", list(rows.prefetch_related("opinions__by")))


def with_changes(deviation: Deviation) -> list[tuple[Consultation, tuple[str, ...]]]:
    """Every consultation, with what of the text was changed since."""
    found = [] if deviation._state.adding else consultations_of(deviation)
    present = freezing.record(deviation) if found else {}
    return [(one, differs(one, present)) for one in found]


def differs(consultation: Consultation, present: dict[str, Any]) -> tuple[str, ...]:
    """The names of what was changed since this advice was asked and matters for it."""
    return tuple(name for name in changing.material(consultation.snapshot, present) if name not in NOT_ABOUT)


def heard(consultations: Iterable[Consultation], present: dict[str, Any]) -> tuple[Heard, ...]:
    """As rules look at them; what was withdrawn does not count."""
    return tuple(
        _facts(one, is_present=not differs(one, present))
        for one in consultations
        if one.state != AdviceState.WITHDRAWN and one.opinions.all()
    )


def peer_agreed(deviation: Deviation, grounds: Iterable[Ground]) -> bool:
    """Whether a colleague agreed with this text: as it stands in the form, saved or not."""
    return advising.peer_agrees(_said(deviation, grounds))


def lacking(
    deviation: Deviation,
    needed: Iterable[Advice] | None = None,
    *,
    grounds: Iterable[Ground] | None = None,
    board: bool = False,
) -> tuple[Lack, ...]:
    """The advice that this deviation needs (by default: for its weight) and that is not there about its present text.

    `grounds`: as ticked in a form, saved or not. `board`: the board's decision is known, or is entered later.
    """
    asked_for = tuple(ADVICE[Weight(deviation.weight)] if needed is None else needed)
    if not asked_for:
        return ()
    return advising.lacking(asked_for, _said(deviation, grounds), board=board)


def legal_advice(deviation: Deviation) -> Consultation | None:
    """The last legal advice about the present text."""
    present = freezing.record(deviation)
    given = [one for one in consultations_of(deviation) if advising.legal_given(heard([one], present))]
    return given[-1] if given else None


def mark_lacking(deviations: Sequence[Deviation]) -> None:
    """Set `lacks` on each: the advice that is not there yet. As many queries for one as for a hundred.

    The board's decision is entered with the answer, so nobody waits for it here.
    """
    for deviation in deviations:
        deviation.lacks = ()  # type: ignore[attr-defined]
    needing = [deviation for deviation in deviations if ADVICE[Weight(deviation.weight)]]
    prefetch_related_objects(
        needing,
        "grounds", "causes", "life_domains", "routine_version__routine", "consultations__opinions",
    )  # fmt: skip
    for deviation in needing:
        said = heard(deviation.consultations.all(), freezing.record(deviation))
        found = advising.lacking(ADVICE[Weight(deviation.weight)], said, board=True)
        deviation.lacks = found  # type: ignore[attr-defined]


def has_judgement(consultation: Consultation) -> bool:
    """Whether somebody said what they think of it, so that there is something to follow or not."""
    return any(opinion.view in advising.JUDGED for opinion in consultation.opinions.all())


def unsettled(deviation: Deviation) -> Consultation | None:
    """The first advice that was given and of which the author has not said what was done with it."""
    judged = Opinion.objects.filter(consultation=OuterRef("pk"), view__in=advising.JUDGED)
    waiting = deviation.consultations.filter(Exists(judged), state=AdviceState.ANSWERED)
    return waiting.select_related("asked", "team").first()


def _said(deviation: Deviation, grounds: Iterable[Ground] | None = None) -> tuple[Heard, ...]:
    if deviation._state.adding or not (found := consultations_of(deviation)):
        return ()
    present = freezing.record(deviation)
    if grounds is not None:
        present["grounds"] = sorted(ground.code for ground in grounds)
    return heard(found, present)


def _facts(one: Consultation, *, is_present: bool) -> Heard:
    opinions = list(one.opinions.all())
    return Heard(
        kind=one.kind,
        views=tuple(opinion.view for opinion in opinions),
        in_team=all(opinion.in_team for opinion in opinions),
        present=is_present,
        followed=one.followed,
    )
