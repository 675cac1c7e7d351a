"""Pages with rows of accounts to management, board and council."""

from accountability.models import Edition, EditionStory
from tests.accountability import edition_builders
from tests.house.world import World

from .rows import Rows


def editions(world: World, count: int) -> None:
    """Published accounts, with and without a newer edition."""
    for _number in range(count):
        edition_builders.edition(world.people.reporter, state="published")


def stories(world: World, count: int) -> dict:
    """An account with that many stories."""
    edition = Edition.objects.filter(state="draft").first() or edition_builders.edition(world.people.reporter)
    for _number in range(count):
        link = edition_builders.told(world.people, world.agreed)
        EditionStory.objects.create(edition=edition, link=link, text="x", chosen_by=world.people.policy)
    return {"pk": edition.pk}


LISTS: dict[str, Rows] = {
    "accountability:edition-list": Rows("reporter", editions),
    "accountability:block-editions": Rows("reporter", editions),
    "accountability:edition-stories": Rows("reporter", stories, args=lambda world: stories(world, 0)),
}
