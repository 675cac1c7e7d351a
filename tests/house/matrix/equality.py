"""Who gets in at the pages of equal treatment and of the building blocks."""

from datetime import timedelta

from django.utils import timezone

from accountability.services import comparing
from organisation.kernel.periods import Period
from tests.accountability import builders as blocks
from tests.house.world import World
from tests.learning import builders

from .entries import Entry


def half(world: World) -> dict:
    """A half-year that was compared."""
    newest = comparing.newest_due()
    town = builders.town(teams=[world.people.income, world.people.youth])
    for team in (0, 1):
        for answer in ("agreed", "refused"):
            builders.add(town, 15, team=team, answer=answer, period=int(Period(newest.year, newest.first.month)))
    comparing.freeze_due()
    return {"half": str(newest)}


def again(world: World) -> dict:
    """Why it is counted again."""
    return half(world) | {"note": "A register came in."}


def of_team(world: World) -> dict:
    """Team Inkomen, which closed a self-scan."""
    blocks.closed_scan(world.people, year=2020, half=1)
    return {"pk": world.people.income.pk}


def of_team_without(world: World) -> dict:
    """Team Inkomen, in a half-year without a self-scan."""
    return {"pk": world.people.income.pk}


def of_scan(world: World) -> dict:
    """An open self-scan of team Inkomen, all filled in."""
    return {"pk": blocks.scan(world.people, filled=7).pk}


def of_answer(world: World) -> dict:
    """A block of an open self-scan that nobody filled in."""
    return {"pk": blocks.scan(world.people).pk, "code": "trust"}


def score(world: World) -> dict:
    """How far, and from what that shows."""
    return {"score": "4", "evidence": "We talked about it.", "seen": "0"}


def of_block(world: World) -> dict:
    """One of the seven."""
    blocks.blocks()
    return {"code": "trust"}


def of_pulse(world: World) -> dict:
    """An open trust pulse."""
    return {"pk": blocks.pulse(world.people).pk}


def block(world: World) -> dict:
    """A whole building block."""
    words = {"label_nl": "Nabij", "label_en": "Near", "question": "Q?", "asks": "A."}
    return words | {"code": "nearness", "order": "8", "valid_from": "2026-01-01"}


def in_a_week(world: World) -> dict:
    """A day to close."""
    return {"closes_on": (timezone.localdate() + timedelta(days=7)).isoformat()}


KEEPERS, READERS = "policy admin", "policy reporter controller"
EQUALITY = "managers policy reporter controller"
ENTRIES: dict[str, Entry] = {
    "accountability:equality": Entry(get=EQUALITY),
    "accountability:block-equality": Entry(get=EQUALITY),
    "accountability:equality-file": Entry(get=EQUALITY, args=lambda world: {"kind": "csv"}, query=half),
    "accountability:equality-figure": Entry(
        get="policy reporter controller", args=lambda world: {"name": "team"}, query=half
    ),
    "accountability:equality-again": Entry(post="policy", data=again),
    "accountability:block-list": Entry(get="everybody"),
    "accountability:block-due": Entry(get="everybody"),
    "accountability:building-block-new": Entry(get=KEEPERS, post=KEEPERS, data=block),
    "accountability:building-block-edit": Entry(get=KEEPERS, post=KEEPERS, args=of_block, data=block),
    "accountability:team-scans": Entry(get=f"team manager {READERS}", args=of_team),
    "accountability:scan-start": Entry(post="manager", refused="team", args=of_team_without, data=lambda world: {}),
    "accountability:scan": Entry(get="team manager", args=of_scan),
    "accountability:scan-answer": Entry(get="team manager", post="team manager", args=of_answer, data=score),
    "accountability:scan-close": Entry(post="manager", refused="team", args=of_scan, data=lambda world: {}),
    "accountability:pulse-new": Entry(get="policy", post="policy", data=in_a_week),
    "accountability:pulse": Entry(
        get="everybody",
        post="caseworkers managers",
        refused="policy reporter privacy controller admin",
        args=of_pulse,
        data=lambda world: {"question_1": "4", "question_2": "3"},
    ),
    "accountability:pulse-close": Entry(
        post="policy",
        refused="caseworkers managers reporter privacy controller admin",
        args=of_pulse,
        data=lambda world: {},
    ),
}
