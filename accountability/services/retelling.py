"""Stories in an account: chosen from those told for learning questions, and released by a second person."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.models import Edition, EditionStory
from accountability.permissions import editions as permissions
from accountability.workflow.editions import EditionAction, next_state
from learning.models import Link
from organisation.checking import doubt_of
from organisation.kernel.access import Refused
from organisation.models import Event, User


@transaction.atomic
def choose(*, edition: Edition, link: Link, by: User) -> EditionStory:
    """Choose a story that a colleague told. It is in no account until it is released."""
    edition = _open(edition, EditionAction.CHOOSE)
    permissions.require(by, EditionAction.CHOOSE, edition)
    if not link.story:
        raise Refused(_("This story has not been told."))
    story, created = EditionStory.objects.get_or_create(
        edition=edition, link=link, defaults={"text": link.story, "chosen_by": by}
    )
    if created:
        Event.record(actor=by, verb="edition.choose", target=edition)
    return story


@transaction.atomic
def retell(*, story: EditionStory, text: str, by: User) -> EditionStory:
    """Other words for outside. What was released has to be released again."""
    edition = _open(story.edition, EditionAction.CHOOSE)
    permissions.require(by, EditionAction.CHOOSE, edition)
    story = EditionStory.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if text.strip() == story.text:
        return story
    story.text, story.chosen_by, story.released_by, story.released_at = text.strip(), by, None, None
    story.save()
    Event.record(actor=by, verb="edition.retell", target=edition)
    return story


@transaction.atomic
def release(*, story: EditionStory, by: User, ticks: Iterable[str] = ()) -> EditionStory:
    """A second person has read it: nobody can be recognised in it.

    What the check for personal data finds has to be ticked; what blocks cannot be.
    """
    edition = _open(story.edition, EditionAction.RELEASE)
    story = EditionStory.objects.select_for_update(of=("self",)).get(pk=story.pk)
    permissions.require(by, EditionAction.RELEASE, story)
    doubt = doubt_of("story", story.text, ticks)
    if doubt and not doubt.stays:
        raise Refused(doubt.sentence)
    story.released_by, story.released_at = by, timezone.now()
    story.save()
    Event.record(actor=by, verb="edition.release", target=edition)
    return story


@transaction.atomic
def take_out(*, story: EditionStory, by: User) -> None:
    """Leave a story out after all: its chooser, or the second person who does not release it."""
    edition = _open(story.edition, EditionAction.CHOOSE)
    permissions.require(by, EditionAction.READ, edition)
    story.delete()
    Event.record(actor=by, verb="edition.take_out", target=edition)


def _open(edition: Edition, action: EditionAction) -> Edition:
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    next_state(edition.state, action)
    return edition
