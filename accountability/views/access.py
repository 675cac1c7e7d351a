"""Requests for access: everything about one case in one file, for whom it is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.access import AccessForm, NumberForm
from accountability.models import AccessRequest
from accountability.services import answering_access
from accountability.workflow.retention import RetentionAction
from cases.models import Case
from organisation.kernel.access import Refused
from organisation.models import AccessBasis, AccessEvent, AccessWay
from organisation.pages import PAGE, Request, show

from .retention import gate


@require_safe
def request_list(request: Request) -> HttpResponse:
    """Which requests there are, and the way to a new one by the number of the case."""
    gate(request, RetentionAction.ANSWER_ACCESS)
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid() and form.case:
        return redirect("accountability:access-request-new", pk=form.case.pk)
    rows = AccessRequest.objects.visible_to(request.user).for_rows()
    context = {"form": form, "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    return show(request, "accountability/access_requests.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: Request, pk: UUID) -> HttpResponse:
    """Who asked, when and under which reference; what is in the case is not shown here."""
    gate(request, RetentionAction.ANSWER_ACCESS)
    case = get_object_or_404(Case.objects.all(), pk=pk)
    form = AccessForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"case": case, "form": form, "refusal": answering_access.why_not(case)}
    context["earlier"] = AccessRequest.objects.visible_to(request.user).filter(case=case).for_rows()
    if request.method != "POST":
        AccessEvent.record(actor=request.user, targets=[case], way=AccessWay.LOG, basis=AccessBasis.ROLE)
        return show(request, "accountability/access_new.html", context)
    if not form.is_valid():
        return show(request, "accountability/access_new.html", context, status=422)
    try:
        made = answering_access.begin(case=case, by=request.user, **form.cleaned_data)
    except Refused as refused:
        context["refusal"] = refused.reason
        return show(request, "accountability/access_new.html", context, status=409)
    return redirect(made)


@require_safe
def answer(request: Request, pk: UUID) -> HttpResponse:
    """How far it is, and what can be downloaded until when."""
    return _page(request, _one(request, pk))


@require_POST
def make_again(request: Request, pk: UUID) -> HttpResponse:
    """Once more."""
    found = _one(request, pk)
    try:
        answering_access.make_again(request=found, by=request.user)
    except Refused as refused:
        return _page(request, found, refusal=refused.reason, status=409)
    messages.success(request, _("The files are being made again."))
    return redirect(found)


@require_safe
def download(request: Request, pk: UUID, kind: str) -> HttpResponse | FileResponse:
    """The file itself. Taking it along is written down, and asked anew each time."""
    found = _one(request, pk)
    if kind not in answering_access.KINDS or kind == "zip" and not found.attachments:
        raise Http404
    try:
        content = answering_access.hand_over(request=found, by=request.user, kind=kind)
    except Refused as refused:
        return _page(request, found, refusal=refused.reason, status=409)
    told = f"inzage-{found.case.number}.{kind}"
    return FileResponse(content, as_attachment=True, filename=told, content_type="application/octet-stream")


def _page(request: Request, found: AccessRequest, status: int = 200, refusal: Any = "") -> HttpResponse:
    in_hand = not found.ready_at and answering_access.is_in_hand(found)
    context = {
        "asked": found,
        "until": found.ready_at + answering_access.KEPT if found.ready_at else None,
        "in_hand": in_hand,
        "refusal": refusal,
    }
    return show(request, "accountability/access_request.html", context, part="state", status=status)


def _one(request: Request, pk: UUID) -> AccessRequest:
    gate(request, RetentionAction.ANSWER_ACCESS)
    found: AccessRequest = get_object_or_404(AccessRequest.objects.visible_to(request.user).for_rows(), pk=pk)
    return found
