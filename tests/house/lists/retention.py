"""Pages with rows of what is kept, held and destroyed."""

from django.utils import timezone

from accountability.models import Certificate, DestructionLine, DestructionList
from accountability.services import listing_destruction
from cases.models import RetentionClass, RetentionHold
from tests.accountability.destruction import due_cases
from tests.factories import CaseFactory
from tests.house.world import World

from .rows import Rows


def due(world: World, count: int) -> None:
    """Cases of one class that are due."""
    due_cases(world.people, count)


def classes(world: World, count: int) -> None:
    """Classes, each with a closed case."""
    there = RetentionClass.objects.count()
    for number in range(there, there + count):
        kept = RetentionClass.objects.create(code=f"c.{number}", label_nl="A", label_en="A", keep="P5Y", source="L")
        CaseFactory(
            team=world.people.income, handler=world.people.caseworker, state="closed", result="reached",
            closed_at=timezone.now(), retention_class=kept, destroy_on=timezone.localdate(),
        )  # fmt: skip


def holds(world: World, count: int) -> None:
    """Cases that are held."""
    for _number in range(count):
        case = CaseFactory(team=world.people.income, handler=world.people.caseworker)
        RetentionHold.objects.create(case=case, kind="other", reason="R", placed_by=world.people.privacy)


def lines(world: World, count: int) -> None:
    """More lines on the same list."""
    due_cases(world.people, count)
    made = DestructionList.objects.order_by("made_at").first()
    if made is None:
        listing_destruction.make(by=world.people.privacy)
        return
    more = listing_destruction.make(by=world.people.privacy)
    DestructionLine.objects.filter(destruction=more).update(destruction=made)


def of_list(world: World) -> dict:
    """The first list."""
    if not DestructionList.objects.exists():
        due_cases(world.people)
        listing_destruction.make(by=world.people.privacy)
    return {"pk": DestructionList.objects.earliest("made_at").pk}


def certificates(world: World, count: int) -> None:
    """Certificates."""
    for number in range(count):
        Certificate.objects.create(number=f"VL-{number}", made_at=timezone.now(), cases=1, content={}, digest="0" * 64)


LISTS: dict[str, Rows] = {
    "accountability:retention": Rows("privacy", classes),
    "accountability:retention-case-list": Rows("privacy", due),
    "accountability:hold-list": Rows("privacy", holds),
    "accountability:retention-class-list": Rows("privacy", classes),
    "accountability:destruction-list": Rows("privacy", lines, args=of_list),
    "accountability:certificate-list": Rows("privacy", certificates),
}
