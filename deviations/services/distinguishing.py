"""Saying what makes this one different, when most of the comparable ones were answered the other way (ADR 18)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation, Distinction
from deviations.models.deviations import Answer, Kind
from organisation.kernel.access import Refused
from organisation.models import User

from .finding_precedents import Precedents, Subject, precedents

Side = Distinction.Side


class NotDistinguished(Refused):
    """Most comparable ones went the other way, and nobody said yet what makes this one different."""

    def __init__(self) -> None:
        super().__init__(
            _("Most comparable deviations were answered the other way. Say what makes this one different.")
        )


def keep(deviation: Deviation, text: str, by: User) -> None:
    """What the author has typed so far."""
    open_ones = Distinction.objects.filter(deviation=deviation, side=Side.AUTHOR, said_at=None)
    if not open_ones.update(text=text, by=by) and text.strip():
        Distinction.objects.create(deviation=deviation, side=Side.AUTHOR, text=text, by=by)


def typed(deviation: Deviation) -> str:
    """What the author typed and did not send; or else said the last time."""
    mine = Distinction.objects.filter(deviation=deviation, side=Side.AUTHOR).order_by("-said_at")
    found = list(mine.values("said_at", "text"))
    return next((each["text"] for each in found if each["said_at"] is None), found[0]["text"] if found else "")


def asked_of_author(subject: Subject, found: Precedents) -> bool:
    """Whether somebody who asks for this must say what makes it different."""
    return subject.deviation.kind == Kind.MADE and found.tally.goes_against(Answer.AGREED)


def author_says(*, subject: Subject, by: User) -> bool:
    """Seal what the author typed, with the precedents as they are now. False when it is asked for and not there."""
    if subject.deviation.kind != Kind.MADE:
        return True
    found = precedents(subject, by)
    if not asked_of_author(subject, found):
        return True
    written = Distinction.objects.filter(deviation=subject.deviation, side=Side.AUTHOR, said_at=None).first()
    if written is None or not written.text.strip():
        return False
    _seal(written, found)
    return True


@transaction.atomic
def decider_says(*, deviation: Deviation, answer: str, text: str, by: User) -> None:
    """Keep why this answer departs from the precedents; raises `NotDistinguished` when that is asked for and empty."""
    found = precedents(Subject.of(deviation), by)
    if not found.tally.goes_against(answer):
        return
    if not text.strip():
        raise NotDistinguished
    _seal(Distinction(deviation=deviation, side=Side.DECIDER, text=text, by=by), found)


def _seal(distinction: Distinction, found: Precedents) -> None:
    distinction.said_at = timezone.now()
    distinction.precedents = list(found.counted)
    distinction.agreed, distinction.refused = found.tally.agreed, found.tally.refused
    distinction.save()
