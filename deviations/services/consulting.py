"""Asking advice about a deviation, giving it, and saying what was done with it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.services.reaching import fresh_key, sent_before
from deviations import permissions
from deviations.models import Consultation, Deviation, Opinion
from deviations.rules.advising import THREE_OF_THE_TEAM, YES, Kind, View
from deviations.workflow import ASKABLE, AdviceAction, AdviceState, State, next_advice_state
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice, Role, User

from . import assessing, freezing, telling
from .recording import held, require_case

NO_QUESTION = _("Write the question that you want advice on.")
NOT_YOURSELF = _("You cannot ask yourself. Choose a colleague.")
HAS_LEFT = _("This colleague no longer works here. Choose another.")
ASKED_ALREADY = _("You asked this already, and there is no answer yet. Withdraw that question first.")
TOO_SMALL = _("Three colleagues have to agree, and this team does not have that many besides you. Ask one by name.")
GAVE_IT = _("You gave your advice already.")
NO_LONGER = _("This is no longer asked: there is an answer, or the author withdrew it.")
SAY_MORE = _("Say in words what you mean, so that your colleague can do something with it.")
NO_ADVICE = _("There is no advice yet.")
WHY_NOT = _("Write why you did not follow this advice.")
NO_SOURCE = _("Write when this advice was received, and under which reference it is kept.")


@transaction.atomic
def ask(
    *,
    deviation: Deviation,
    by: User,
    kind: str,
    question: str,
    asked: User | None = None,
    story: str = "",
    anonymous: bool = False,
    key: UUID | None = None,
) -> Consultation:
    """Ask a colleague by name, or (`kind` team) all caseworkers of the team without names. Tells who is asked.

    What they see is the deviation as it is now. `key` comes with the form, so that sending it twice asks once.
    """
    deviation = _to_ask_about(deviation, AdviceAction.ASK, by)
    if made := sent_before(Consultation, key, deviation=deviation, author=by, question=question):
        return made
    if not question.strip():
        raise Refused(NO_QUESTION)
    people = _whom(deviation, by, kind, asked)
    of_team = kind == Kind.TEAM
    consultation = _begun(
        deviation,
        by,
        key=key,
        kind=kind,
        question=question,
        asked=None if of_team else asked,
        team=deviation.team if of_team else None,
        story=story,
        anonymous=anonymous or of_team,
    )
    verb = "deviation.put_to_colleagues" if consultation.anonymous else "deviation.ask_advice"
    _log(consultation, verb, by, people, after=str(consultation.asked or consultation.team))
    return consultation


@transaction.atomic
def receive(
    *, deviation: Deviation, by: User, view: str, text: str, received_on: date, reference: str, key: UUID | None = None
) -> Consultation:
    """Enter legal advice that was given elsewhere, with its date and reference."""
    deviation = _to_ask_about(deviation, AdviceAction.RECEIVE, by)
    if made := sent_before(Consultation, key, deviation=deviation, author=by):
        return made
    if not reference.strip() or received_on > timezone.localdate():
        raise Refused(NO_SOURCE)
    _require_words(view, text)
    consultation = _begun(deviation, by, key=key, kind=Kind.LEGAL, state=AdviceState.ANSWERED, ended_at=timezone.now())
    Opinion.objects.create(
        consultation=consultation, author=by, view=view, text=text, received_on=received_on, reference=reference
    )
    url = deviation.get_absolute_url()
    _log(consultation, "deviation.receive_advice", by, _waiting_managers(deviation), url=url, after=view)
    return consultation


@transaction.atomic
def answer(*, consultation: Consultation, by: User, view: str, text: str = "") -> Opinion:
    """Give an opinion, once. Of a team the question ends when three agree, or everybody has answered."""
    consultation = _held(consultation)
    permissions.require_with_advice(by, AdviceAction.ANSWER, consultation)
    if consultation.opinions.filter(by=by).exists():
        raise Refused(GAVE_IT)
    answered = _next(consultation, AdviceAction.ANSWER)
    if consultation.deviation.state not in ASKABLE:
        raise WrongState(NO_LONGER)
    _require_words(view, text)
    opinion = Opinion.objects.create(
        consultation=consultation,
        author=consultation.author,
        by=by,
        view=view,
        text=text,
        in_team=consultation.deviation.team_id in by.standing.works_in,
    )
    people = [consultation.author]
    if _is_complete(consultation):
        consultation.state, consultation.ended_at = answered, timezone.now()
        consultation.save()
        people += _waiting_managers(consultation.deviation)
    _log(consultation, "deviation.advise", by, people, url=consultation.deviation.get_absolute_url(), after=view)
    return opinion


@transaction.atomic
def withdraw(*, consultation: Consultation, by: User) -> Consultation:
    """Stop asking; whoever was asked by name hears it. What was said already stays in the conversation."""
    consultation = _held(consultation)
    permissions.require_with_advice(by, AdviceAction.WITHDRAW, consultation)
    consultation.state = _next(consultation, AdviceAction.WITHDRAW)
    consultation.ended_at = timezone.now()
    consultation.save()
    verb = "deviation.stop_asking_colleagues" if consultation.anonymous else "deviation.stop_asking"
    # They see the deviation no longer, so this leads them to their own work.
    _log(consultation, verb, by, [consultation.asked] if consultation.asked else [], url=reverse("work"))
    return consultation


@transaction.atomic
def settle(*, consultation: Consultation, by: User, followed: bool, why: str = "") -> Consultation:
    """Say whether the advice was followed, and why; those who gave it hear it."""
    consultation = _held(consultation)
    permissions.require_with_advice(by, AdviceAction.SETTLE, consultation)
    settled = _next(consultation, AdviceAction.SETTLE)
    if not consultation.opinions.exists():
        raise Refused(NO_ADVICE)
    if not followed and not why.strip():
        raise Refused(WHY_NOT)
    consultation.state = settled
    consultation.followed, consultation.followed_why = followed, why
    consultation.followed_at = timezone.now()
    consultation.ended_at = consultation.ended_at or consultation.followed_at
    consultation.save()
    given = consultation.opinions.select_related("by")
    verb = "deviation.weigh_advice_of_colleagues" if consultation.anonymous else "deviation.weigh_advice"
    _log(consultation, verb, by, [opinion.by for opinion in given if opinion.by])
    return consultation


def team_besides(deviation: Deviation, author: User) -> list[User]:
    """The caseworkers of the team whom the author can ask."""
    return [person for person in telling.people_in(deviation.team, Role.CASEWORKER) if person.pk != author.pk]


def _to_ask_about(deviation: Deviation, action: AdviceAction, by: User) -> Deviation:
    deviation = held(deviation)
    permissions.require_with_advice(by, action, deviation)
    require_case(deviation, by)
    return deviation


def _whom(deviation: Deviation, by: User, kind: str, asked: User | None) -> list[User]:
    """Who hears that something is asked. Raises `Refused` when they cannot be asked."""
    open_now = deviation.consultations.filter(state=AdviceState.ASKED)
    if kind == Kind.TEAM:
        if open_now.filter(team=deviation.team_id).exists():
            raise Refused(ASKED_ALREADY)
        people = team_besides(deviation, by)
        if len(people) < THREE_OF_THE_TEAM:
            raise Refused(TOO_SMALL)
        return people
    if asked is None or asked.pk == by.pk:
        raise Refused(NOT_YOURSELF)
    if not asked.is_active:
        raise Refused(HAS_LEFT)
    if open_now.filter(asked=asked).exists():
        raise Refused(ASKED_ALREADY)
    return [asked]


def _begun(deviation: Deviation, by: User, *, key: UUID | None, **fields: Any) -> Consultation:
    frozen = freezing.record(deviation)
    consultation = Consultation(
        **fresh_key(Consultation, key),
        deviation=deviation,
        author=by,
        snapshot=frozen,
        digest=freezing.digest(frozen),
        **fields,
    )
    consultation.save(force_insert=True)
    return consultation


def _held(consultation: Consultation) -> Consultation:
    """The row as it is now, locked until the transaction ends."""
    rows = Consultation.objects.select_related("deviation__team", "author", "asked", "team")
    return rows.select_for_update(of=("self",)).get(pk=consultation.pk)


def _next(consultation: Consultation, action: AdviceAction) -> AdviceState:
    if action in (AdviceAction.ANSWER, AdviceAction.WITHDRAW) and consultation.state != AdviceState.ASKED:
        raise WrongState(NO_LONGER)
    return next_advice_state(consultation.state, action)


def _require_words(view: str, text: str) -> None:
    if view in (View.AGREES_IF, View.DISAGREES) and not text.strip():
        raise Refused(SAY_MORE)


def _is_complete(consultation: Consultation) -> bool:
    if consultation.kind != Kind.TEAM:
        return True
    opinions = list(consultation.opinions.values_list("by", "view"))
    if sum(view in YES for _by, view in opinions) >= THREE_OF_THE_TEAM:
        return True
    asked = {person.pk for person in team_besides(consultation.deviation, consultation.author)}
    return asked <= {by for by, _view in opinions}


def _waiting_managers(deviation: Deviation) -> list[User]:
    """Those who wait for this advice before they can answer."""
    return telling.managers_of(deviation) if deviation.state == State.AWAITING else []


def _log(
    consultation: Consultation, verb: str, by: User, people: list[User], *, url: str = "", after: str = ""
) -> None:
    """One line in the story of the deviation, and a notice for these people."""
    event = Event.record(actor=by, verb=verb, target=consultation.deviation, after=after)
    assessing.stand_again(consultation.deviation)
    Notice.queue(event=event, recipients=people, url=url or consultation.get_absolute_url())
