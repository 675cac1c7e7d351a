"""Who gets in at the pages of accounts to management, board and council."""

from accountability.models import Edition, EditionStory
from accountability.rules.audiences import NEEDED
from tests.accountability import edition_builders as builders
from tests.house.world import World

from .entries import Entry

CHECKERS = "policy reporter"


def of_draft(world: World) -> dict:
    """An account in preparation, begun by the reporter."""
    return {"pk": builders.edition(world.people.reporter).pk}


def of_frozen(world: World) -> dict:
    """One with frozen figures and all its texts, of a reporter who left."""
    made = builders.edition(builders.earlier_reporter(), state="frozen", parts=NEEDED)
    return {"pk": made.pk}


def of_choice(world: World) -> dict:
    """An account, and a story that could be in it."""
    return of_draft(world) | {"link": builders.told(world.people, world.agreed).pk}


def of_story(world: World) -> dict:
    """A story in an account, chosen by somebody else than who looks."""
    edition = Edition.objects.get(**of_draft(world))
    chosen = EditionStory.objects.create(
        edition=edition, link=builders.told(world.people, world.agreed), text="x", chosen_by=builders.earlier_reporter()
    )
    return {"pk": chosen.pk}


ENTRIES: dict[str, Entry] = {
    "accountability:edition-list": Entry(get="everybody"),
    "accountability:block-editions": Entry(get=CHECKERS),
    "accountability:edition-new": Entry(get="reporter", post="reporter"),
    "accountability:edition": Entry(get=CHECKERS, args=of_draft),
    "accountability:edition-file": Entry(get=CHECKERS, args=lambda world: of_draft(world) | {"kind": "csv"}),
    "accountability:edition-write": Entry(get="reporter", post="reporter", args=of_draft),
    "accountability:edition-preview": Entry(post="reporter", args=of_draft),
    "accountability:edition-freeze": Entry(post="reporter", refused="policy", args=of_draft),
    "accountability:edition-give-back": Entry(post=CHECKERS, args=of_frozen, data=lambda world: {"reason": "Why?"}),
    "accountability:edition-publish": Entry(post=CHECKERS, args=of_frozen, data=lambda world: {}),
    "accountability:edition-stories": Entry(get=CHECKERS, args=of_draft),
    "accountability:edition-choose": Entry(post="reporter", args=of_choice),
    "accountability:edition-story": Entry(get="reporter", post="reporter", args=of_story),
    "accountability:edition-release": Entry(post=CHECKERS, args=of_story),
    "accountability:edition-take-out": Entry(post=CHECKERS, args=of_story),
}
