"""Opening a case, its page, and changing its facts."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases import permissions
from cases.forms.casefile import EditCaseForm, OpenCaseForm
from cases.forms.journal import ApplyForm
from cases.services.applying import apply_routine
from cases.services.editing import OVERTAKEN, edit_case
from cases.services.opening import open_case
from cases.workflow import Action
from organisation.comparing import set_against, took_over
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft, Role
from organisation.pages import Request, show

from .reading import after, case_of, case_page, see

NEW = "cases:new"


@require_GET
def case(request: Request, pk: UUID) -> HttpResponse:
    """One case."""
    return case_page(request, case_of(request, pk))


def new(request: Request) -> HttpResponse:
    """A new case; who does no casework does not find this page."""
    if not request.user.has_role(Role.CASEWORKER):
        raise Http404
    form = bound_or_drafted(request, OpenCaseForm, NEW, user=request.user)
    context: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return show(request, "cases/new.html", context)
    if not form.is_valid():
        return show(request, "cases/new.html", context, status=422)
    try:
        made = open_case(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, "cases/new.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, NEW)
    return see(made.get_absolute_url())


def edit(request: Request, pk: UUID) -> HttpResponse:
    """Change the facts. Who comes second is shown both texts, and keeps what they typed."""
    case = case_of(request, pk)
    key = f"cases:edit:{case.pk}"
    restrict = bool(permissions.answer(request.user, Action.RESTRICT, case))
    form = bound_or_drafted(request, EditCaseForm, key, case=case, may_restrict=restrict)
    may = permissions.answer(request.user, Action.EDIT, case)
    context: dict[str, Any] = {"case": case, "form": form, "may": may}
    if request.method != "POST":
        return show(request, "cases/edit.html", context)
    now = partial(EditCaseForm, may_restrict=restrict)
    if took_over(form, now(case=case), OVERTAKEN):
        return show(request, "cases/edit.html", context, status=409)
    if not form.is_valid():
        return show(request, "cases/edit.html", context, status=422)
    try:
        edit_case(case=case, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile as refusal:
        set_against(form, now(case=refusal.now), refusal.reason, version=refusal.now.version)
        return show(request, "cases/edit.html", context, status=409)
    except Refused as refusal:
        return show(request, "cases/edit.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    # Who shut themselves out by this change (only named colleagues) goes to the list.
    still = type(case).objects.visible_to(request.user).filter(pk=case.pk).exists()
    return see(case.get_absolute_url() if still else reverse("cases:list"))


@require_POST
def apply(request: Request, pk: UUID) -> HttpResponse:
    """Note one more routine that is applied in this case."""
    case = case_of(request, pk)
    form = ApplyForm(request.POST, case=case)
    if not form.is_valid():
        return case_page(request, case, part="routines", status=422, apply_form=form)
    try:
        apply_routine(case=case, by=request.user, routine=form.cleaned_data["routine"])
    except Refused as refusal:
        return case_page(request, case, part="routines", status=409, refusal=refusal.reason)
    return after(request, case, "routines")
