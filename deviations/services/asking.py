"""Asking for room: a caseworker proposes a space, and a manager answers it, with a conversation both can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation, DiscretionarySpace, SpaceRequest, SpaceRequestMessage
from deviations.models.deviations import Answer, Kind
from deviations.permissions import proposals
from deviations.rules.answering import PassedOn
from deviations.rules.covering import BENDING
from deviations.rules.generalising import DECIDING, SIGHT
from deviations.workflow import SpaceState
from deviations.workflow.proposals import AskAction, next_ask_state
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.kernel.periods import Period
from organisation.kernel.working_days import deadline
from organisation.models import Counter, Event, Notice, Role, Team, User

from . import granting, telling

WRITTEN = ("name", "why", "limits", "cents_per_deviation", "cents_per_month", "until")
ANSWER_DAYS = 5
HALF_A_YEAR = timedelta(days=182)
PURPOSE = 3  # a reason and a purpose: what somebody who proposes a space can be expected to write each time
Said = SpaceRequestMessage.Kind
MONTHS = 12

SENT_ALREADY = _("This form was sent already. You find it among your proposals.")
CHANGED_MEANWHILE = _("This proposal was changed after you opened it. Read it again before you answer.")
NO_QUESTION = _("Write the question that you want an answer to.")
NO_REPLY = _("Answer the question first.")
NO_REASONS = _("Give the reasons; who proposed this reads them.")


@transaction.atomic
def ask(
    *, team: Team, by: User, fields: Mapping[str, Any], deviation: Deviation | None = None, pk: UUID | None = None
) -> SpaceRequest:
    """Propose a space for a team; its managers are told. `pk` comes with the form: sending it twice makes one."""
    asked = SpaceRequest(pk=pk or new_id(), team=team, author=by, deviation=deviation)
    proposals.require(by, AskAction.ASK, asked)
    asked.number = Counter.next("V")
    if SpaceRequest.objects.filter(pk=asked.pk).exists():
        raise Refused(SENT_ALREADY)
    _fill(asked, fields)
    asked.due_at = deadline(timezone.now(), ANSWER_DAYS)
    asked.save(force_insert=True)
    asked.routines.set(fields["routines"])
    _tell_managers(asked, Event.record(actor=by, verb="space_request.ask", target=asked, after=asked.state))
    return asked


@transaction.atomic
def reply(
    *, asked: SpaceRequest, by: User, text: str, fields: Mapping[str, Any], version: int | None = None
) -> SpaceRequest:
    """Answer the question of the manager, with the proposal changed where that is needed."""
    asked, before = _move(asked, AskAction.REPLY, by, version)
    if not text.strip():
        raise Refused(NO_REPLY)
    _fill(asked, fields)
    asked.due_at = deadline(timezone.now(), ANSWER_DAYS)
    asked.reminded_at = asked.late_told_at = None
    asked.passed_on = PassedOn.NOT
    asked.save()
    asked.routines.set(fields["routines"])
    SpaceRequestMessage.objects.create(asked=asked, kind=Said.ANSWER, text=text, by=by)
    _tell_managers(asked, _event(asked, AskAction.REPLY, by, before))
    return asked


@transaction.atomic
def withdraw(*, asked: SpaceRequest, by: User) -> SpaceRequest:
    """End it; a draft that was made of it stays with the manager."""
    asked, before = _move(asked, AskAction.WITHDRAW, by)
    asked.space = None
    asked.save()
    _tell_managers(asked, _event(asked, AskAction.WITHDRAW, by, before))
    return asked


@transaction.atomic
def return_with_question(
    *, asked: SpaceRequest, by: User, question: str, version: int | None = None
) -> SpaceRequestMessage:
    """Give it back with a question."""
    asked, before = _move(asked, AskAction.RETURN, by, version)
    if not question.strip():
        raise Refused(NO_QUESTION)
    asked.due_at = None
    asked.save()
    message = SpaceRequestMessage.objects.create(asked=asked, kind=Said.QUESTION, text=question, by=by)
    _tell_author(asked, _event(asked, AskAction.RETURN, by, before))
    return message


@transaction.atomic
def decline(
    *, asked: SpaceRequest, by: User, reasons: str, alternative: str = "", version: int | None = None
) -> SpaceRequest:
    """Say no, with the reasons and what can be done instead."""
    asked, before = _move(asked, AskAction.DECLINE, by, version)
    if not reasons.strip():
        raise Refused(NO_REASONS)
    asked.reasons, asked.alternative, asked.space = reasons, alternative, None
    asked.answered_by, asked.answered_at = by, timezone.now()
    asked.save()
    _tell_author(asked, _event(asked, AskAction.DECLINE, by, before, remark=reasons))
    return asked


@transaction.atomic
def draft_from(*, asked: SpaceRequest, by: User, version: int | None = None) -> DiscretionarySpace:
    """A draft of the space that was proposed, for its manager to look over and grant. Asked again: the same draft."""
    asked = held(asked)
    proposals.require(by, AskAction.GRANT, asked)
    next_ask_state(asked.state, AskAction.GRANT)
    _require_version(asked, version)
    if asked.space is not None and asked.space.state == SpaceState.DRAFT:
        return asked.space
    asked.space = granting.draft_space(
        team=asked.team, by=by, fields=_space_fields(asked), people=_holders(asked), answers=asked
    )
    asked.save()
    return asked.space


def held(asked: SpaceRequest) -> SpaceRequest:
    """The row as it is now, locked until the transaction ends."""
    rows = SpaceRequest.objects.select_related("team", "author", "space")
    return rows.select_for_update(of=("self",)).get(pk=asked.pk)


@dataclass(frozen=True)
class Past:
    """What the team asked about these routines in a year: how often, and how often it was agreed to or refused."""

    requests: int
    agreed: int
    refused: int


def past_of(asked: SpaceRequest) -> Past:
    """Beside the proposal: how the team asked for this until now."""
    since = int(Period.of_date(timezone.localdate()) + (1 - MONTHS))
    rows = Deviation.objects.counted().filter(team=asked.team_id, kind=Kind.MADE, period__gte=since)
    mine = rows.filter(routine__in=asked.routines.all()).exclude(answer=Answer.BY_SPACE)
    agreed = Q(answer__in=(Answer.AGREED, Answer.AGREED_WITH_CONDITIONS))
    return Past(
        **mine.aggregate(
            requests=Count("pk"),
            agreed=Count("pk", filter=agreed),
            refused=Count("pk", filter=Q(answer=Answer.REFUSED)),
        )
    )


def _move(asked: SpaceRequest, action: AskAction, by: User, version: int | None = None) -> tuple[SpaceRequest, str]:
    asked = held(asked)
    proposals.require(by, action, asked)
    before, asked.state = asked.state, next_ask_state(asked.state, action)
    _require_version(asked, version)
    asked.version += 1
    return asked, before


def _require_version(asked: SpaceRequest, version: int | None) -> None:
    if version is not None and version != asked.version:
        raise Refused(CHANGED_MEANWHILE)


def _fill(asked: SpaceRequest, fields: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in fields:
            setattr(asked, name, fields[name])


def _space_fields(asked: SpaceRequest) -> dict[str, Any]:
    """What was proposed, as positions of the sliders; where it says nothing, the narrow side."""
    routines = list(asked.routines.all())
    versions = [version for routine in routines if (version := routine.version_on())]
    sources = {version.source_type for version in versions} - {"statute"}
    today = timezone.localdate()
    until = max(asked.until or today + HALF_A_YEAR, today)
    return {
        "name": asked.name,
        "purpose": "\n\n".join(text for text in (asked.why, asked.limits) if text),
        "routines": routines,
        "purpose_slider": PURPOSE,
        "rules_slider": next(position for position, bending in BENDING.items() if sources <= bending),
        "means_slider": _means(asked),
        "deciding_slider": DECIDING,
        "sight_slider": SIGHT,
        "cents_per_deviation": asked.cents_per_deviation,
        "cents_per_month": asked.cents_per_month,
        "valid_from": today,
        "valid_until": until,
        "evaluate_on": today + (until - today) / 2,
    }


def _means(asked: SpaceRequest) -> int:
    if asked.cents_per_month:
        return 2
    return 1 if asked.cents_per_deviation else 0


def _holders(asked: SpaceRequest) -> list[User]:
    """Who proposed it, as long as they still work in the team."""
    return [asked.author] if asked.team_id in asked.author.standing.works_in else []


def _event(asked: SpaceRequest, action: AskAction, by: User, before: str, remark: str = "") -> Event:
    verb = f"space_request.{action}"
    return Event.record(actor=by, verb=verb, target=asked, before=before, after=asked.state, remark=remark)


def _tell_managers(asked: SpaceRequest, event: Event) -> None:
    managers = [person for person in telling.people_in(asked.team, Role.MANAGER) if person.pk != asked.author_id]
    Notice.queue(event=event, recipients=managers, url=asked.get_absolute_url())


def _tell_author(asked: SpaceRequest, event: Event) -> None:
    Notice.queue(event=event, recipients=[asked.author], url=asked.get_absolute_url())
