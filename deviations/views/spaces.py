"""Pages of discretionary space: what there is, giving it, and stopping it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.paging import Page
from deviations import permissions, room
from deviations.forms.answering import ReasonsForm
from deviations.forms.spaces import ChangeHoldersForm
from deviations.models import Deviation, DiscretionarySpace
from deviations.rules.sliders import SLIDERS
from deviations.services import granting, renewing
from deviations.workflow import SPACE_MOVES, SpaceAction, SpaceState
from organisation.kernel import moves
from organisation.kernel.access import NOT_YOUR_ROLE, Refused
from organisation.models import Role
from organisation.pages import Request, show

from .writing import see

USES = 10
BESIDE_ITS_STATE = (SpaceAction.HOLDERS, SpaceAction.RENEW, SpaceAction.EVALUATE)


@require_GET
def space_list(request: Request) -> HttpResponse:
    """The spaces somebody holds, or gave as a manager."""
    page = Page(
        DiscretionarySpace.objects.visible_to(request.user).order_by("state", "valid_until", "pk"), _page(request)
    )
    found = room.rooms(DiscretionarySpace.objects.filter(pk__in=[space.pk for space in page.rows]))
    may = {"may_give": request.user.has_role(Role.MANAGER), "may_ask": request.user.has_role(Role.CASEWORKER)}
    return show(request, "deviations/spaces.html", {"page": page, "rooms": found, **may})


@require_GET
def space(request: Request, pk: UUID) -> HttpResponse:
    """One space."""
    return space_page(request, of_person(request, pk))


@require_POST
def grant(request: Request, pk: UUID) -> HttpResponse:
    """Put a draft into force."""
    return _move(request, pk, granting.grant_space, _("The space is granted. Its holders are told."))


@require_POST
def holders(request: Request, pk: UUID) -> HttpResponse:
    """Change who may use it."""
    found = of_person(request, pk)
    form = ChangeHoldersForm(request.POST, space=found, by=request.user)
    if not form.is_valid():
        return space_page(request, found, status=422, holders_form=form)
    return _move(request, pk, granting.set_holders, _("Who holds this space is changed."), **form.holders)


@require_POST
def suspend(request: Request, pk: UUID) -> HttpResponse:
    """Stop it for now."""
    return _with_reasons(request, pk, "suspend", granting.suspend, _("The space is suspended."))


@require_POST
def resume(request: Request, pk: UUID) -> HttpResponse:
    """Let it be used again."""
    return _with_reasons(request, pk, "resume", granting.resume, _("The space can be used again."))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """End it for good."""
    return _with_reasons(request, pk, "withdraw", granting.withdraw_space, _("The space is withdrawn."))


def _with_reasons(request: Request, pk: UUID, box: str, service: Callable[..., Any], done: str) -> HttpResponse:
    form = ReasonsForm(request.POST, box=box)
    if not form.is_valid():
        return space_page(request, of_person(request, pk), status=422, **{f"{box}_form": form})
    return _move(request, pk, service, done, **form.cleaned_data)


def _move(request: Request, pk: UUID, service: Callable[..., Any], done: str, **words: Any) -> HttpResponse:
    found = of_person(request, pk)
    try:
        service(space=found, by=request.user, **words)
    except Refused as refusal:
        return space_page(request, found, status=409, refusal=refusal.reason)
    messages.success(request, done)
    return see(found.get_absolute_url())


def space_page(request: Request, found: DiscretionarySpace, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a space, after reading or after a refusal."""
    uses = Deviation.objects.visible_to(request.user).filter(space=found).for_rows().order_by("-decided_at")
    stored, by = room.stored(found), request.user
    visible, following = DiscretionarySpace.objects.visible_to(by), renewing.successor(found)
    possible = {*moves.possible(SPACE_MOVES, found.state_today), *BESIDE_ITS_STATE}
    answers = {
        action.value: permissions.answer_with_space(by, action, found) for action in possible - {SpaceAction.EXPIRE}
    }
    context = {
        "space": found,
        "room": room.room(found),
        "follows": found.renews_id and visible.filter(pk=found.renews_id).first(),
        "successor": following and visible.filter(pk=following.pk).first(),
        "evaluations": found.evaluations.select_related("by"),
        "stored": stored,
        "sliders": [(s.label, s.positions.get(getattr(found, f"{name}_slider"))) for name, s in SLIDERS.items()],
        "sentence": room.of_stored(found),
        "uses": uses[:USES],
        "may": {name: answer for name, answer in answers.items() if answer.reason is not NOT_YOUR_ROLE},
        "holders_form": ChangeHoldersForm(space=found, by=by),
        "suspend_form": ReasonsForm(box="suspend"),
        "withdraw_form": ReasonsForm(box="withdraw", optional=found.state == SpaceState.DRAFT),
    }
    return show(request, "deviations/space.html", context | more, status=status)


def of_person(request: Request, pk: UUID) -> DiscretionarySpace:
    """The space, if this person may see it."""
    rows = DiscretionarySpace.objects.visible_to(request.user).select_related("team", "granted_by")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request) -> str | None:
    return request.GET.get("page")
