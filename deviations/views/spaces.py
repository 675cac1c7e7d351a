"""Pages of discretionary space: what there is, giving it, and stopping it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.paging import Page
from deviations import permissions, room
from deviations.forms.answering import ReasonsForm
from deviations.forms.spaces import ChangeHoldersForm, SpaceForm
from deviations.models import Deviation, DiscretionarySpace
from deviations.rules.sliders import SLIDERS
from deviations.services import granting
from deviations.workflow import SPACE_MOVES, SpaceAction, SpaceState
from organisation.kernel import moves
from organisation.kernel.access import NOT_YOUR_ROLE, Refused
from organisation.models import Role
from organisation.pages import Request, show

from .writing import see

WRITE = "deviations/space_write.html"
USES = 10


@require_GET
def space_list(request: Request) -> HttpResponse:
    """The spaces somebody holds, or gave as a manager."""
    page = Page(
        DiscretionarySpace.objects.visible_to(request.user).order_by("state", "valid_until", "pk"), _page(request)
    )
    found = room.rooms(DiscretionarySpace.objects.filter(pk__in=[space.pk for space in page.rows]))
    may_give = request.user.has_role(Role.MANAGER)
    return show(request, "deviations/spaces.html", {"page": page, "rooms": found, "may_give": may_give})


@require_GET
def space(request: Request, pk: UUID) -> HttpResponse:
    """One space."""
    return _space_page(request, _of_person(request, pk))


def new(request: Request) -> HttpResponse:
    """A new space, for a team this person leads."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    return _write(request, DiscretionarySpace(granted_by=request.user))


def edit(request: Request, pk: UUID) -> HttpResponse:
    """A draft of a space."""
    drafted = _of_person(request, pk)
    if request.method != "POST":
        if drafted.team_id not in request.user.standing.leads:
            raise Http404
        if drafted.state != SpaceState.DRAFT:
            return see(drafted.get_absolute_url())
    return _write(request, drafted)


@require_POST
def in_words(request: Request) -> HttpResponse:
    """The space that is being written, in one sentence; nothing is saved."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    form = SpaceForm(request.POST, instance=DiscretionarySpace(granted_by=request.user), by=request.user)
    form.is_valid()
    return show(request, WRITE, _writing(form.instance, form), part="in_words")


@require_POST
def grant(request: Request, pk: UUID) -> HttpResponse:
    """Put a draft into force."""
    return _move(request, pk, granting.grant_space, _("The space is granted. Its holders are told."))


@require_POST
def holders(request: Request, pk: UUID) -> HttpResponse:
    """Change who may use it."""
    found = _of_person(request, pk)
    form = ChangeHoldersForm(request.POST, space=found, by=request.user)
    if not form.is_valid():
        return _space_page(request, found, status=422, holders_form=form)
    return _move(request, pk, granting.set_holders, _("Who holds this space is changed."), **form.holders)


@require_POST
def suspend(request: Request, pk: UUID) -> HttpResponse:
    """Stop it for now."""
    return _with_reasons(request, pk, granting.suspend, _("The space is suspended."))


@require_POST
def resume(request: Request, pk: UUID) -> HttpResponse:
    """Let it be used again."""
    return _with_reasons(request, pk, granting.resume, _("The space can be used again."))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """End it for good."""
    return _with_reasons(request, pk, granting.withdraw_space, _("The space is withdrawn."))


def _with_reasons(request: Request, pk: UUID, service: Callable[..., Any], done: str) -> HttpResponse:
    form = ReasonsForm(request.POST)
    if not form.is_valid():
        return _space_page(request, _of_person(request, pk), status=422, reasons_form=form)
    return _move(request, pk, service, done, **form.cleaned_data)


def _move(request: Request, pk: UUID, service: Callable[..., Any], done: str, **words: Any) -> HttpResponse:
    found = _of_person(request, pk)
    try:
        service(space=found, by=request.user, **words)
    except Refused as refusal:
        return _space_page(request, found, status=409, refusal=refusal.reason)
    messages.success(request, done)
    return see(found.get_absolute_url())


def _write(request: Request, drafted: DiscretionarySpace) -> HttpResponse:
    if request.method != "POST":
        return show(request, WRITE, _writing(drafted, SpaceForm(instance=drafted, by=request.user)))
    form = SpaceForm(request.POST, instance=drafted, by=request.user)
    if not form.is_valid():
        return show(request, WRITE, _writing(drafted, form), status=422)
    try:
        saved = _keep(request, drafted, form)
    except Refused as refusal:
        return show(request, WRITE, _writing(drafted, form) | {"refusal": refusal.reason}, status=409)
    if request.POST.get("action", "grant") == "grant":
        return _move(request, saved.pk, granting.grant_space, _("The space is granted. Its holders are told."))
    messages.success(request, _("Draft %(number)s is saved.") % {"number": saved.number})
    return see(reverse("deviations:space-edit", args=[saved.pk]))


def _keep(request: Request, drafted: DiscretionarySpace, form: SpaceForm) -> DiscretionarySpace:
    fields, by = form.written(), request.user
    if drafted._state.adding:
        return granting.draft_space(team=form.cleaned_data["team"], by=by, fields=fields, **form.holders)
    version = form.cleaned_data["version"]
    return granting.save_space(space=drafted, by=by, fields=fields, version=version, **form.holders)


def _writing(drafted: DiscretionarySpace, form: SpaceForm) -> dict[str, Any]:
    typed = getattr(form, "cleaned_data", {}) if form.is_bound else _stored(drafted)
    sentence = room.in_words(
        drafted,
        people=typed.get("people", ()),
        whole_team=bool(typed.get("whole_team")),
        reach=[*typed.get("routines", ()), *typed.get("policy_domains", ())],
    )
    return {"space": drafted, "is_new": drafted._state.adding, "form": form, "sentence": sentence}


def _stored(drafted: DiscretionarySpace) -> dict[str, Any]:
    if drafted._state.adding:
        return {}
    return {
        "people": [row.user for row in drafted.user_grants.select_related("user")],
        "whole_team": drafted.group_grants.exists(),
        "routines": drafted.routines.all(),
        "policy_domains": drafted.policy_domains.all(),
    }


def _space_page(request: Request, found: DiscretionarySpace, *, status: int = 200, **more: Any) -> HttpResponse:
    uses = Deviation.objects.visible_to(request.user).filter(space=found).for_pages().order_by("-decided_at")
    stored, by = _stored(found), request.user
    possible = {*moves.possible(SPACE_MOVES, found.state_today), SpaceAction.HOLDERS}
    answers = {
        action.value: permissions.answer_with_space(by, action, found) for action in possible - {SpaceAction.EXPIRE}
    }
    context = {
        "space": found,
        "room": room.room(found, uses=found.deviations.count()),
        "stored": stored,
        "sliders": [(s.label, s.positions.get(getattr(found, f"{name}_slider"))) for name, s in SLIDERS.items()],
        "sentence": room.in_words(
            found,
            people=stored["people"],
            whole_team=stored["whole_team"],
            reach=[*stored["routines"], *stored["policy_domains"]],
        ),
        "uses": uses[:USES],
        "may": {name: answer for name, answer in answers.items() if answer.reason is not NOT_YOUR_ROLE},
        "holders_form": ChangeHoldersForm(space=found, by=by),
    }
    return show(request, "deviations/space.html", context | more, status=status)


def _of_person(request: Request, pk: UUID) -> DiscretionarySpace:
    rows = DiscretionarySpace.objects.visible_to(request.user).select_related("team", "granted_by")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request) -> str | None:
    return request.GET.get("page")
