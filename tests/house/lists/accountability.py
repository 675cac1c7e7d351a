"""Pages with rows of giving account."""

from django.utils import translation

from accountability.models import BuildingBlock, Comparison, Evidence, Scan, Verification
from accountability.services import setting_beside
from learning.services import drawing, presenting
from organisation.models import AccessEvent, AccessWay, Event
from tests.accountability import builders as blocks
from tests.factories import MembershipFactory, TeamFactory, UserFactory
from tests.house.world import World

from .access import LISTS as ACCESS
from .editions import LISTS as EDITIONS
from .register import LISTS as REGISTER
from .retention import LISTS as RETENTION
from .reviews import LISTS as REVIEWS
from .rows import Rows

ANSWERS = ("agreed", "refused")


def places(world: World, count: int) -> None:
    """A half-year in which this many neighbourhoods stand out, and the total."""
    there = Comparison.objects.count()
    values = [[["whole", "*", answer], 500] for answer in ANSWERS]
    values += [[["neighbourhood", f"hood-{n}", answer], 100] for n in range(count) for answer in ANSWERS]
    expected = [[["neighbourhood", f"hood-{n}"], 95] for n in range(count)]
    figures = {
        "k": 10, "dimensions": ["neighbourhood"], "names": {f"hood-{n}": f"Hood {n}" for n in range(count)},
        "values": values, "small": [], "expected": expected, "usual": 50,
    }  # fmt: skip
    made = Comparison.objects.create(year=2020 + there, half=1, figures=figures, digest="0" * 64)
    with translation.override("nl"):
        presenting.with_drawings(setting_beside.figures(made, Comparison.objects.newest(), None))
    drawing.draw_all()


def own_blocks(world: World, count: int) -> None:
    """Blocks of a municipality that has many."""
    there = BuildingBlock.objects.count()
    for number in range(there, there + count):
        words = {"label_nl": f"Blok {number}", "label_en": f"Block {number}", "question": "Q?", "asks": "A."}
        BuildingBlock.objects.create(code=f"own-{number}", order=number, **words)


def scanned_teams(world: World, count: int) -> None:
    """Teams that closed a self-scan, and pulses of the past."""
    blocks.blocks()
    for _number in range(count):
        team = TeamFactory()
        blocks.closed_scan(world.people, team=team)
        MembershipFactory(user=world.people.policy, team=team)


def world_scan(world: World) -> Scan:
    """An open self-scan."""
    return blocks.scan(world.people)


def own_scans(world: World, count: int) -> None:
    """Half-years in which the team said something of itself."""
    there = Scan.objects.count()
    for number in range(there, there + count):
        blocks.closed_scan(world.people, year=2000 + number, half=1)


def teams_to_begin(world: World, count: int) -> None:
    """Teams that the manager leads and that did not begin."""
    for _number in range(count):
        MembershipFactory(user=world.people.manager, team=TeamFactory(), role="manager")


def lines(world: World, count: int) -> None:
    """Deeds and openings in the case, by as many colleagues."""
    for _number in range(count):
        colleague = UserFactory()
        Event.record(actor=colleague, verb="case.held", target=world.case)
        AccessEvent.record(actor=colleague, targets=[world.case], way=AccessWay.PAGE)


def lines_of_manager(world: World, count: int) -> None:
    """Deeds of the manager."""
    for _number in range(count):
        Event.record(actor=world.people.manager, verb="case.held", target=world.case)


def evidence(world: World, count: int) -> None:
    """Evidence about the case, each asked for by another."""
    for _number in range(count):
        Evidence.objects.create(case=world.case, reason="Klacht", requested_by=UserFactory())


def verifications(world: World, count: int) -> None:
    """Verifications of the logbook, each asked for by another."""
    for _number in range(count):
        Verification.objects.create(requested_by=UserFactory())


LISTS: dict[str, Rows] = {
    "accountability:log": Rows("privacy", lines),
    "accountability:file-log": Rows("privacy", lines, args=lambda world: {"pk": world.case.pk}),
    "accountability:person-log": Rows("privacy", lines_of_manager, args=lambda world: {"pk": world.people.manager.pk}),
    "accountability:file-evidence": Rows("privacy", evidence, args=lambda world: {"pk": world.case.pk}),
    "accountability:seal": Rows("admin", verifications),
    "accountability:equality": Rows("policy", places),
    "accountability:block-equality": Rows("policy", places),
    **EDITIONS,
    **RETENTION,
    **ACCESS,
    "accountability:block-list": Rows("policy", scanned_teams),
    "accountability:scan": Rows("caseworker", own_blocks, args=lambda world: {"pk": world_scan(world).pk}),
    "accountability:team-scans": Rows("manager", own_scans, args=lambda world: {"pk": world.people.income.pk}),
    "accountability:block-due": Rows("manager", teams_to_begin),
    **REVIEWS,
    **REGISTER,
}
