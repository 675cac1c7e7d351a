"""Sharing a case, and ending that."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from cases import permissions
from cases.forms.casefile import ShareForm
from cases.models import CaseGroupPermission, CaseUserPermission
from cases.services.sharing import end_share, share_case
from cases.workflow import Action
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .reading import after, case_of, case_page, see


def share(request: Request, pk: UUID) -> HttpResponse:
    """Share the case with a colleague or a team."""
    case = case_of(request, pk)
    key = f"cases:share:{case.pk}"
    form = bound_or_drafted(request, ShareForm, key, case=case)
    may = permissions.answer(request.user, Action.SHARE, case)
    context: dict[str, Any] = {"case": case, "form": form, "may": may}
    if request.method != "POST":
        return show(request, "cases/share.html", context)
    if not form.is_valid():
        return show(request, "cases/share.html", context, status=422)
    told = form.cleaned_data
    try:
        share_case(
            case=case,
            by=request.user,
            to=told["to"],
            work=told["work"] == "work",
            reason=told["reason"],
            until=told["last_day"] + timedelta(days=1),
        )
    except Refused as refusal:
        return show(request, "cases/share.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(f"{case.get_absolute_url()}#sharing")


@require_POST
def end_person(request: Request, pk: UUID, share: int) -> HttpResponse:
    """Stop sharing with a colleague."""
    return _end(request, pk, CaseUserPermission, share)


@require_POST
def end_team(request: Request, pk: UUID, share: int) -> HttpResponse:
    """Stop sharing with a team."""
    return _end(request, pk, CaseGroupPermission, share)


def _end(request: Request, pk: UUID, model: Any, share: int) -> HttpResponse:
    case = case_of(request, pk)
    found = get_object_or_404(model.shares.filter(content_object=case), pk=share)
    try:
        end_share(share=found, by=request.user)
    except Refused as refusal:
        return case_page(request, case, part="sharing", status=409, refusal=refusal.reason)
    return after(request, case, "sharing")
