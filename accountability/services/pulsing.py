"""The trust pulse: opened for a half-year, answered once by everybody invited, counted when it is closed.

Whoever looks in the database at one moment cannot tell who answered what. With every answer all ballots of the pulse
are written anew in a random order: place in the table, transaction and key say nothing. Nothing is written in the
logbook about answering, and no draft is kept.
"""

from collections.abc import Mapping
from datetime import date
from secrets import SystemRandom

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import Pulse, PulseBallot, PulseInvitation
from accountability.models.pulses import BOTH, HIGHEST, QUESTIONS
from accountability.permissions import blocks as permissions
from accountability.rules.indicators import mean_of_tally
from accountability.workflow.blocks import PulseAction, next_pulse_state
from organisation.kernel.access import Refused
from organisation.models import Event, Membership, Notice, User

from .scanning import this_half

_dice = SystemRandom()


@transaction.atomic
def open_pulse(*, by: User, closes_on: date) -> Pulse:
    """Ask everybody who is a caseworker or a manager now."""
    permissions.require_with_pulse(by, PulseAction.OPEN)
    if closes_on <= timezone.localdate():
        raise Refused(_("Choose a day after today."))
    half, people = this_half(), list(User.objects.filter(pk__in=Membership.objects.current().values("user")))
    _dice.shuffle(people)
    try:
        with transaction.atomic():
            pulse = Pulse.objects.create(
                year=half.year, half=half.number, opened_by=by, closes_on=closes_on, invited=len(people)
            )
    except IntegrityError as fault:
        raise Refused(_("There is a trust pulse of this half-year already.")) from fault
    PulseInvitation.objects.bulk_create(PulseInvitation(pulse=pulse, person=person) for person in people)
    event = Event.record(actor=by, verb="pulse.open", target=pulse)
    Notice.queue(event=event, recipients=people, url=pulse.get_absolute_url())
    return pulse


@transaction.atomic
def answer(*, pulse: Pulse, by: User, values: Mapping[int, int]) -> None:
    """Put the answers among the others. The line in the logbook that other deeds have would be a moment to join on."""
    pulse = Pulse.objects.select_for_update(of=("self",)).get(pk=pulse.pk)
    next_pulse_state(pulse.state, PulseAction.ANSWER)
    invitation = invitation_of(pulse, by)
    permissions.require_with_pulse(by, PulseAction.ANSWER, invitation)
    if set(values) != set(QUESTIONS):
        raise Refused(_("Answer both questions."))
    PulseInvitation.objects.filter(pulse=pulse, person=by).update(answered=True)
    there = list(pulse.ballots.values_list("question", "value"))
    everything = [*there, *values.items()]
    _dice.shuffle(everything)
    pulse.ballots.all().delete()
    PulseBallot.objects.bulk_create(
        PulseBallot(pulse=pulse, question=question, value=value) for question, value in everything
    )


@transaction.atomic
def close(*, pulse: Pulse, by: User | None) -> Pulse:
    """Count, and let go of ballots and invitations. Fewer than five answers are not counted at all."""
    pulse = Pulse.objects.select_for_update(of=("self",)).get(pk=pulse.pk)
    if by:
        permissions.require_with_pulse(by, PulseAction.CLOSE)
    pulse.state = next_pulse_state(pulse.state, PulseAction.CLOSE)
    pulse.answered, pulse.closed_at = pulse.invitations.filter(answered=True).count(), timezone.now()
    pulse.means = _means(pulse)
    pulse.ballots.all().delete()
    pulse.invitations.all().delete()
    pulse.save()
    Event.record(actor=by, verb="pulse.close", target=pulse)
    return pulse


def close_due() -> int:
    """Close the pulses whose last day is over; returns how many."""
    due = list(Pulse.objects.open().filter(closes_on__lt=timezone.localdate()))
    for pulse in due:
        close(pulse=pulse, by=None)
    return len(due)


def invitation_of(pulse: Pulse, person: User) -> PulseInvitation | None:
    """Whether this person may answer, and did."""
    return PulseInvitation.objects.filter(pulse=pulse, person=person).first()


def _means(pulse: Pulse) -> dict[str, float]:
    """In halves, and only from five answers up."""
    tallies = {str(question): [0] * HIGHEST for question in QUESTIONS}
    for question, value in pulse.ballots.values_list("question", "value"):
        tallies[str(question)][value - 1] += 1
    means = {question: mean_of_tally(tally) for question, tally in tallies.items()}
    known = {question: mean for question, mean in means.items() if mean is not None}
    return known | {BOTH: sum(known.values()) / len(known)} if known else {}
