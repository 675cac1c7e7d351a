"""Pages with rows of access requests."""

from accountability.models import AccessRequest
from tests.factories import CaseFactory
from tests.house.world import World

from .rows import Rows


def requests(world: World, count: int) -> None:
    """Requests, each about a case of its own."""
    for number in range(count):
        case = CaseFactory(team=world.people.income, handler=world.people.caseworker)
        AccessRequest.objects.create(case=case, reference=f"INZ-{number}", made_by=world.people.privacy)


def requests_of_case(world: World, count: int) -> None:
    """Requests about one case."""
    there = AccessRequest.objects.filter(case=world.case).count()
    for number in range(there, there + count):
        AccessRequest.objects.create(case=world.case, reference=f"INZ-{number}", made_by=world.people.privacy)


LISTS: dict[str, Rows] = {
    "accountability:access-request-list": Rows("privacy", requests),
    "accountability:access-request-new": Rows("privacy", requests_of_case, args=lambda world: {"pk": world.case.pk}),
}
