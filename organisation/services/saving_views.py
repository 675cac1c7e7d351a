"""Keeping views: saving the filters of a page under a name, sharing them, removing them and putting them back.

Whose eyes they are for is written in the logbook; that somebody keeps a view for themselves is nobody's business.
"""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation import permissions
from organisation.filtering import FilteredPage, Kept
from organisation.kernel.access import Refused
from organisation.models import Audience, Event, Notice, SavedView, Team, User
from organisation.models.saved_views import SavedViewQuerySet
from organisation.permissions import Action

MOST = 20  # views of one person at one page
TAKEN = _("You have a view with this name at this page already. Choose another name.")
REPLACE = _("You have a view with this name at this page already. Choose another name, or replace it.")
NOTHING = _("Nothing is filtered here yet. Choose filters first, then keep them.")
TOO_MANY = _("You have twenty views at this page already. Remove one first.")
TOO_LATE = _("This view was removed too long ago.")


class Taken(Refused):
    """The name is that of another view of theirs, which may be replaced; the text is fit to show."""


@transaction.atomic
def save_view(
    *, by: User, page: FilteredPage, data: QueryDict, name: str, is_opening: bool = False, replace: bool = False
) -> tuple[SavedView, list[str]]:
    """Keep the filters of an address, on request in place of those of the view of that name. Also: what stayed out.

    Raises `Refused` without filters and for text that may never be kept, `Taken` for a name in use.
    """
    kept = page.kept(data, by)
    if not kept.query and not kept.words:
        raise Refused(NOTHING)
    mine = _of(by)
    mine.gone().delete()
    if before := mine.staying().filter(page=page.key, name__iexact=name).first():
        if not replace:
            raise Taken(REPLACE)
        return _replace(before, kept, by=by, is_opening=is_opening), kept.left_out
    if mine.staying().filter(page=page.key).count() >= MOST:
        raise Refused(TOO_MANY)
    view = SavedView(owner=by, page=page.key, name=name, query=kept.query, words=kept.words, is_opening=is_opening)
    _write(view)
    return view, kept.left_out


@transaction.atomic
def change_view(
    *, by: User, view: SavedView, name: str, audience: str, team: Team | None, is_opening: bool
) -> SavedView:
    """Another name, another audience, or another place: its owner only. Raises `Refused` when that may not be."""
    view = _of(by).staying().get(pk=view.pk)
    permissions.require(by, Action.CHANGE_VIEW, view)
    before = (view.audience, view.team_id)
    view.name, view.audience, view.team, view.is_opening = name, audience, team, is_opening
    if view.is_shared:
        permissions.require(by, Action.SHARE_VIEW, view)
    _write(view)
    if before != (view.audience, view.team_id):
        _tell(view, by)
    return view


@transaction.atomic
def remove_view(*, by: User, view: SavedView) -> SavedView:
    """Take it away, from others too; for a day it can be put back."""
    view = _of(by).get(pk=view.pk)
    permissions.require(by, Action.CHANGE_VIEW, view)
    if view.removed_at is None:
        view.removed_at, view.is_opening = timezone.now(), False
        view.save(update_fields=["removed_at", "is_opening"])
        if view.is_shared:
            Event.record(actor=by, verb="view.unshared", target=view)
    return view


@transaction.atomic
def unshare_view(*, by: User, view: SavedView) -> SavedView:
    """Take an unwelcome view away from everybody but its owner, who is told."""
    User.objects.select_for_update(of=("self",)).get(pk=view.owner_id)
    view = SavedView.objects.shared().select_related("owner").get(pk=view.pk)
    permissions.require(by, Action.UNSHARE_VIEW, view)
    view.audience, view.team = Audience.OWNER, None
    view.save(update_fields=["audience", "team"])
    event = Event.record(actor=by, verb="view.unshared", target=view)
    Notice.queue(event=event, recipients=[view.owner], url=reverse("organisation:view-list"))
    return view


@transaction.atomic
def put_back(*, by: User, view: SavedView) -> SavedView:
    """Undo that. Raises `Refused` when it is too late, or when its name was given to another."""
    view = _of(by).get(pk=view.pk)
    permissions.require(by, Action.CHANGE_VIEW, view)
    if view.removed_at is None:
        return view
    if not _of(by).to_put_back().filter(pk=view.pk).exists():
        raise Refused(TOO_LATE)
    view.removed_at = None
    if view.is_shared and not permissions.may(by, Action.SHARE_VIEW, view):
        view.audience, view.team = Audience.OWNER, None
    _write(view)
    if view.is_shared:
        _tell(view, by)
    return view


def _replace(view: SavedView, kept: Kept, *, by: User, is_opening: bool) -> SavedView:
    """Other filters under the same name, for the same eyes."""
    view.query, view.words, view.saved_at = kept.query, kept.words, timezone.now()
    view.is_opening = view.is_opening or is_opening
    if view.is_shared:
        permissions.require(by, Action.SHARE_VIEW, view)
    _write(view)
    return view


def _of(owner: User) -> SavedViewQuerySet:
    """The views of this person, nobody changing them at the same time."""
    User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    return SavedView.objects.filter(owner=owner)


def _write(view: SavedView) -> None:
    """Store it as the only one of its name, and as the only one that the page opens with."""
    if view.is_opening:
        others = SavedView.objects.filter(owner=view.owner, page=view.page, is_opening=True).exclude(pk=view.pk)
        others.update(is_opening=False)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault


def _tell(view: SavedView, by: User) -> None:
    if view.is_shared:
        after = view.team.name if view.team else view.audience
        Event.record(actor=by, verb="view.shared", target=view, after=after)
    else:
        Event.record(actor=by, verb="view.unshared", target=view)
