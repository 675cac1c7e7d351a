"""Trying a space on the past: asking for it, reading what happened month by month, and keeping what came of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations import permissions
from deviations.models import DiscretionarySpace, Simulation
from deviations.rules.replaying import Replay
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period
from organisation.models import Errand, Event, Membership, Notice, Role, User

from . import assessing, recalling

TASK = "deviations.tasks.simulate"
KEPT = 2  # of the same question: the last one and the one before
OTHER_TEAM = _("The other space belongs to another team.")


@transaction.atomic
def ask(*, space: DiscretionarySpace, months: int, against: DiscretionarySpace | None, by: User) -> Simulation:
    """Have this space tried on the last months, or join the one that is going on. Whoever asks is told."""
    space = DiscretionarySpace.objects.select_for_update(of=("self",)).select_related("team").get(pk=space.pk)
    permissions.require_simulating(by, space)
    if against and against.team_id != space.team_id:
        raise Refused(OTHER_TEAM)
    same = Simulation.objects.asked(space=space, months=months, against=against)
    if running := same.going_on().first():
        return running
    simulation = Simulation.objects.create(space=space, against=against, months=months, requested_by=by)
    Event.record(actor=by, verb="space.try_out", target=space)
    Errand.put(task=TASK, subject=simulation.pk)
    return simulation


def run(*, simulation_id: UUID, step: Callable[[], object] = lambda: None) -> None:
    """Do the replay that was asked for; a second time it changes nothing, and broken off it begins anew."""
    rows = Simulation.objects.select_related("space", "against", "requested_by")
    simulation = rows.filter(pk=simulation_id, state__in=("queued", "running")).first()
    if simulation is None:
        return
    if not permissions.answer_about_simulating(simulation.requested_by, simulation.space):
        _note(simulation, state=Simulation.State.FAILED, finished_at=timezone.now())
        return
    _finish(simulation, _replayed(simulation, step))


def replay_of(space: DiscretionarySpace, *, first: Period, last: Period) -> Replay:
    """This space as if it had been in force in these months, and nothing was used of it yet."""
    facts = assessing.space_facts(space, space.granted_by, first.first_day)
    return Replay(facts, first=first.first_day, last=last.last_day, holders=_holders(space), giver=space.granted_by_id)


def _replayed(simulation: Simulation, step: Callable[[], object]) -> dict[str, Any]:
    """Month by month; between two months it says how far it is."""
    last = Period.of_date(timezone.localdate())
    first = last + (1 - simulation.months)
    spaces = _spaces(simulation)
    replays = {name: replay_of(space, first=first, last=last) for name, space in spaces.items()}
    months, team_id = [int(period) for period in first.upto(last)], simulation.space.team_id
    versions = {f"{name}_version": space.version for name, space in spaces.items()}
    total = recalling.made_by(team_id, months).count()
    _note(simulation, state=Simulation.State.RUNNING, rows_total=total, rows_done=0, **versions)
    done = 0
    for period in months:
        for row in recalling.past(team_id=team_id, period=period):
            for replay in replays.values():
                replay.ask(row)
            done += 1
        _note(simulation, rows_done=done)
        step()
    told = {name: replay.tally.as_data() | {"lasts": replay.lasts} for name, replay in replays.items()}
    return {"first": months[0], "last": months[-1], **told}


def _spaces(simulation: Simulation) -> dict[str, DiscretionarySpace]:
    """As they stand now, ready to be asked."""
    asked = {"space": simulation.space_id, "against": simulation.against_id}
    rows = DiscretionarySpace.objects.select_related("granted_by").prefetch_related(
        "routines", "policy_domains", "budgets"
    )
    found = rows.in_bulk([pk for pk in asked.values() if pk])
    return {name: found[pk] for name, pk in asked.items() if pk}


def _holders(space: DiscretionarySpace) -> frozenset[UUID] | None:
    """Who holds it. The whole team: everybody who works there or did. None when nobody is named yet."""
    named = set(space.user_grants.values_list("user_id", flat=True))
    if not space.group_grants.exists():
        return frozenset(named) or None
    team = Membership.objects.filter(team=space.team_id, role=Role.CASEWORKER)
    return frozenset(named | set(team.values_list("user_id", flat=True)))


def _note(simulation: Simulation, **fields: Any) -> None:
    """Write down how far it is, where others see it at once."""
    Simulation.objects.filter(pk=simulation.pk).update(heard_at=timezone.now(), **fields)


@transaction.atomic
def _finish(simulation: Simulation, result: dict[str, Any]) -> None:
    """Keep the result, tell who asked for it, and let go of what is older than the one before."""
    still = Simulation.objects.filter(pk=simulation.pk, state=Simulation.State.RUNNING)
    if not still.update(state=Simulation.State.DONE, result=result, finished_at=timezone.now()):
        return
    same = Simulation.objects.asked(space=simulation.space, months=simulation.months, against=simulation.against)
    older = same.filter(state__in=("done", "failed")).values_list("pk", flat=True)[KEPT:]
    Simulation.objects.filter(pk__in=list(older)).delete()
    event = Event.record(actor=None, verb="space.tried_out", target=simulation.space)
    Notice.queue(event=event, recipients=[simulation.requested_by], url=simulation.get_absolute_url())
