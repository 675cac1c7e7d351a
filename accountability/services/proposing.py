"""Proposing lines for the public register in the background: drawn by chance from what can be told safely."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accountability.models import Proposing, RegisterLine
from accountability.permissions import register as permissions
from accountability.rules.classes import Told
from accountability.workflow.register import LineAction
from deviations.models import Deviation
from organisation.models import Counter, Errand, Event, Notice, PolicyDomain, User

from . import classing

TASK = "accountability.tasks.propose_lines"
LETTER = "P"


@transaction.atomic
def ask(*, year: int, domain: PolicyDomain | None, most: int, by: User, background: bool = True) -> Proposing:
    """Have lines proposed about a year, or join the proposing that is going on."""
    permissions.require(by, LineAction.PROPOSE)
    if running := Proposing.objects.going_on().filter(year=year, domain=domain).first():
        return running
    asked = Proposing.objects.create(year=year, domain=domain, most=most, requested_by=by)
    if background:
        Errand.put(task=TASK, subject=asked.pk)
    return asked


def run(*, proposing_id: UUID, step: Callable[[], None] = lambda: None) -> None:
    """Do what was asked for; a second time it changes nothing."""
    rows = Proposing.objects.select_related("requested_by", "domain")
    asked = rows.filter(pk=proposing_id, state__in=(Proposing.State.QUEUED, Proposing.State.RUNNING)).first()
    if asked is None:
        return
    if not permissions.answer(asked.requested_by, LineAction.PROPOSE):
        _note(asked, state=Proposing.State.FAILED, finished_at=timezone.now())
        return
    _note(asked, state=Proposing.State.RUNNING, percent=10)
    people = classing.population(asked.year)
    _note(asked, percent=50)
    step()
    classes = people.classes(classing.may_tell(asked.year))
    _note(asked, percent=80)
    step()
    _finish(asked, people, classes)


@transaction.atomic
def _finish(asked: Proposing, people: classing.Population, classes: list[Told | None]) -> None:
    still = Proposing.objects.filter(pk=asked.pk, state=Proposing.State.RUNNING)
    if not still.update(state=Proposing.State.DONE, percent=100, finished_at=timezone.now()):
        return
    wanted, domain = [], str(asked.domain_id) if asked.domain_id else ""
    told = classing.households_told()
    withheld = 0
    for key, facts, found in zip(people.keys, people.rows, classes, strict=True):
        if domain and facts.domain != domain or facts.household in told:
            continue
        if found is None:
            withheld += 1
        else:
            wanted.append((key, found, facts.household))
    made = _draw(asked, wanted)
    _note(asked, made=made, withheld=withheld)


def _draw(asked: Proposing, wanted: list[tuple[UUID, Told, str]]) -> int:
    """By chance, so that nobody picks; one of each household. How many were made."""
    dice = random.Random(f"{asked.year} {asked.domain_id} {RegisterLine.objects.count()}")  # noqa: S311  a draw, no secret
    dice.shuffle(wanted)
    once: dict[str, tuple[UUID, Told]] = {}
    for key, told, household in wanted:
        once.setdefault(household, (key, told))
    chosen = list(once.values())[: asked.most]
    authors = Deviation.objects.select_related("author").in_bulk([key for key, _told in chosen])
    for (key, told), number in zip(chosen, Counter.reserve(LETTER, len(chosen)) if chosen else (), strict=True):
        line = RegisterLine(number=number, deviation=authors[key], proposed_by=asked.requested_by)
        line.told = told
        line.save()
        _tell(asked, line, authors[key].author)
    return len(chosen)


def _tell(asked: Proposing, line: RegisterLine, author: User | None) -> None:
    event = Event.record(actor=asked.requested_by, verb="register.propose", target=line)
    if author:
        Notice.queue(event=event, recipients=[author], url=line.get_absolute_url())


def _note(asked: Proposing, **fields: Any) -> None:
    """Write down how far it is, where others see it at once."""
    Proposing.objects.filter(pk=asked.pk).update(heard_at=timezone.now(), **fields)
