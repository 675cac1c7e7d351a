"""Pages with rows of cases."""

from django.utils import timezone

from cases.models import Agreement, CaseUserPermission, JournalEntry, RoutineUse
from organisation.models import Event
from tests.factories import CaseFactory, RoutineFactory, UserFactory
from tests.house.world import World

from .rows import Rows


def cases(world: World, count: int) -> None:
    """Cases of the caseworker, with an agreement each."""
    for _number in range(count):
        case = CaseFactory(team=world.people.income, handler=world.people.caseworker)
        agreement(world, case)


def agreement(world: World, case) -> Agreement:
    return Agreement.objects.create(
        case=case, what="Call", due_on=timezone.localdate(), made_by=world.people.caseworker
    )


def inside_the_case(world: World, count: int) -> None:
    """A case full of everything."""
    for _number in range(count):
        author = UserFactory()
        entry = JournalEntry.objects.create(case=world.case, text="Called.", author=author)
        JournalEntry.objects.create(case=world.case, text="By mail.", author=author, corrects=entry)
        agreement(world, world.case)
        routine = RoutineFactory()
        RoutineUse.objects.create(
            case=world.case, routine=routine, routine_version=routine.version_on(), team=world.case.team, period=202611
        )
        CaseUserPermission.objects.create(
            permission=world.share.permission, user=author, content_object=world.case, reason="x", given_by=author
        )
        Event.record(actor=author, verb="case.shared", target=world.case, after="x")


def left_behind(world: World, count: int) -> None:
    """Cases of somebody who left."""
    gone = UserFactory(is_active=False, left_at=timezone.now())
    for _number in range(count):
        CaseFactory(team=world.people.income, handler=gone)


LISTS: dict[str, Rows] = {
    "cases:list": Rows("colleague", cases),
    "cases:block-mine": Rows("caseworker", cases),
    "cases:left-behind": Rows("manager", left_behind),
    "cases:case": Rows("caseworker", inside_the_case, args=lambda world: {"pk": world.case.pk}),
    "cases:routine-list": Rows("policy", lambda world, count: RoutineFactory.create_batch(count)),
}
