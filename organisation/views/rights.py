"""What administrators do with the rights of a person: roles, teams, links, leaving and returning."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.forms import JoinForm, RemarkForm, RolesForm, WhoseForm
from organisation.kernel.access import Refused
from organisation.models import Membership, User
from organisation.pages import Request, for_administrators
from organisation.services import inviting, joining, leaving, managing_people

from .people import person_page


def _somebody(request: Request, pk: UUID) -> User:
    somebody: User = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    return somebody


def _done(request: Request, somebody: User, act: Callable[..., Any], done: str, **words: Any) -> HttpResponse:
    """Do it and go back to the person, or show there why not."""
    try:
        act(by=request.user, **words)
    except Refused as refusal:
        return person_page(request, somebody, refusal=refusal, status=409)
    messages.success(request, done)
    return HttpResponseRedirect(somebody.get_absolute_url(), status=303)


@require_POST
@for_administrators
def roles(request: Request, pk: UUID) -> HttpResponse:
    """Municipality-wide roles on or off."""
    somebody = _somebody(request, pk)
    form = RolesForm(request.POST)
    if not form.is_valid():
        return person_page(request, somebody, roles_form=form, status=422)
    done = _("The roles have been saved. They count from the next page on.")
    return _done(request, somebody, managing_people.set_roles, done, person=somebody, **form.cleaned_data)


@require_POST
@for_administrators
def whose(request: Request, pk: UUID) -> HttpResponse:
    """Which other account belongs to the same person."""
    somebody = _somebody(request, pk)
    form = WhoseForm(request.POST, somebody=somebody)
    if not form.is_valid():
        return person_page(request, somebody, whose_form=form, status=422)
    done = _("The changes have been saved.")
    return _done(request, somebody, managing_people.say_whose, done, person=somebody, **form.cleaned_data)


@require_POST
@for_administrators
def join(request: Request, pk: UUID) -> HttpResponse:
    """Put somebody in a team."""
    somebody = _somebody(request, pk)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return person_page(request, somebody, join_form=form, status=422)
    done = _("The person has been added to the team.")
    return _done(request, somebody, joining.add_membership, done, person=somebody, **form.cleaned_data)


@require_POST
@for_administrators
def membership_end(request: Request, pk: UUID) -> HttpResponse:
    """End a place in a team, today."""
    seen = User.objects.visible_to(request.user)
    membership = get_object_or_404(Membership.objects.filter(user__in=seen).select_related("user"), pk=pk)
    done = _("The person has left the team.")
    return _done(request, membership.user, joining.end_membership, done, membership=membership)


@require_POST
@for_administrators
def link(request: Request, pk: UUID) -> HttpResponse:
    """Mail a link to set a password; or show it once, where mail does not arrive."""
    somebody = _somebody(request, pk)
    if "show" not in request.POST:
        done = _("A link to set a password is on its way.")
        return _done(request, somebody, inviting.send_link, done, person=somebody)
    try:
        address = inviting.show_link(by=request.user, person=somebody)
    except Refused as refusal:
        return person_page(request, somebody, refusal=refusal, status=409)
    return person_page(request, somebody, link=address)


@require_POST
@for_administrators
def unlock(request: Request, pk: UUID) -> HttpResponse:
    """Let somebody try to sign in again."""
    somebody = _somebody(request, pk)
    done = _("The person can try to sign in again.")
    return _done(request, somebody, managing_people.unlock, done, person=somebody)


@require_POST
@for_administrators
def leave(request: Request, pk: UUID) -> HttpResponse:
    """All access ends at once."""
    somebody = _somebody(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return person_page(request, somebody, leave_form=form, status=422)
    done = _("The person has left. All access has ended.")
    return _done(request, somebody, leaving.deactivate, done, person=somebody, **form.cleaned_data)


@require_POST
@for_administrators
def come_back(request: Request, pk: UUID) -> HttpResponse:
    """Let somebody return, without the rights of before."""
    somebody = _somebody(request, pk)
    done = _("The person is back, without teams or roles. Send a link to set a password.")
    return _done(request, somebody, leaving.reactivate, done, person=somebody)
