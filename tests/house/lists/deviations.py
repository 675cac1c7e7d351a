"""Pages with rows of deviations."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from deviations.models import RegisterImport, SpaceBudget, SpaceUserPermission
from tests.factories import CaseFactory, CauseFactory, DeviationFactory, GroundFactory, RoutineFactory, SpaceFactory
from tests.house.world import World, period_of_today

from .rows import Rows


def submitted(world: World, count: int, case=None, **fields) -> None:
    """Requests of the caseworker, about a routine each, that await the manager unless told otherwise."""
    for _number in range(count):
        about = case or CaseFactory(team=world.people.income, handler=world.people.caseworker, before_manager=True)
        facts = {"state": "awaiting", "submitted_at": timezone.now(), "due_at": timezone.now(), **fields}
        DeviationFactory(case=about, period=period_of_today(), **facts)


def in_one_case(world: World, count: int) -> None:
    """Requests in the same case."""
    submitted(world, count, case=world.case)


def to_look_back_on(world: World, count: int) -> None:
    """Deviations that were agreed weeks ago, and drafts."""
    then = timezone.now() - timedelta(days=60)
    answered = {"state": "agreed", "answer": "agreed", "decided_at": then, "decided_by": world.people.manager}
    submitted(world, count, submitted_at=then, **answered)
    for _number in range(count):
        DeviationFactory(case=CaseFactory(team=world.people.income, handler=world.people.caseworker))


def spaces(world: World, count: int) -> None:
    """Spaces of the team, each with a routine, money, and the caseworker as holder."""
    permission = Permission.objects.get(codename="use_space", content_type__app_label="deviations")
    for _number in range(count):
        space = SpaceFactory(team=world.people.income, granted_by=world.people.manager, cents_per_period=100_000)
        space.routines.add(RoutineFactory())
        SpaceBudget.objects.create(space=space, limit_cents=100_000, spent_cents=50_000)
        SpaceUserPermission.objects.create(permission=permission, user=world.people.caseworker, content_object=space)


def terms(world: World, count: int) -> None:
    """Grounds and causes."""
    GroundFactory.create_batch(count)
    CauseFactory.create_batch(count)


def registers(world: World, count: int) -> None:
    """Registers that were brought in."""
    for _number in range(count):
        made = RegisterImport.objects.count()
        RegisterImport.objects.create(
            file_name="register.csv", digest=f"{made:064d}", state="done", requested_by=world.people.policy
        )


LISTS: dict[str, Rows] = {
    "deviations:list": Rows("colleague", submitted),
    "deviations:queue": Rows("manager", submitted),
    "deviations:of-case": Rows("colleague", in_one_case, args=lambda world: {"pk": world.case.pk}),
    "deviations:space-list": Rows("manager", spaces),
    "deviations:ground-list": Rows("policy", terms),
    "deviations:import-list": Rows("policy", registers),
    "deviations:block-needs-me": Rows("caseworker", to_look_back_on),
    "deviations:block-my-room": Rows("caseworker", spaces),
    "deviations:block-queue": Rows("manager", submitted),
    "deviations:block-room-given": Rows("manager", spaces),
}
