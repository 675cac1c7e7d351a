"""Evidence from the logbook: asked for about a file or a colleague, followed while it is made, and downloaded."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accountability.forms.evidence import EvidenceForm
from accountability.models import Evidence
from accountability.permissions import logbook as permissions
from accountability.services import gathering_evidence
from accountability.services.covering_evidence import period
from accountability.workflow.logbook import Action
from cases.models import Case
from organisation.kernel.access import Refused
from organisation.models import User
from organisation.pages import Request, posted, show

NEW, ONE = "accountability/evidence_new.html", "accountability/evidence.html"
MOST = 10  # earlier files shown


@require_http_methods(["GET", "HEAD", "POST"])
def about_file(request: Request, pk: UUID) -> HttpResponse:
    """Ask for evidence about one case."""
    _only(request)
    case = get_object_or_404(Case, pk=pk)
    return _ask(request, case, {"case": case})


@require_http_methods(["GET", "HEAD", "POST"])
def about_person(request: Request, pk: UUID) -> HttpResponse:
    """Ask for evidence about what one colleague opened and did."""
    _only(request)
    person = get_object_or_404(User, pk=pk)
    return _ask(request, person, {"person": person})


@require_safe
def evidence(request: Request, pk: UUID) -> HttpResponse:
    """How far it is; and when it is there, the file."""
    found = _one(request, pk)
    stalled = not found.is_over and not Evidence.objects.going_on().filter(pk=pk).exists()
    context = {"evidence": found, "period": period(found), "stalled": stalled}
    return show(request, ONE, context, part="state")


@require_safe
def download(request: Request, pk: UUID) -> HttpResponseBase:
    """The file, for whoever may at this moment. Taking it along is a line itself."""
    found = _one(request, pk)
    if found.state != Evidence.State.DONE:
        raise Http404
    try:
        content = gathering_evidence.take_along(evidence=found, by=request.user)
    except (Refused, FileNotFoundError) as fault:
        raise Http404 from fault
    return FileResponse(content, as_attachment=True, filename=found.download_name, content_type="application/zip")


def _ask(request: Request, about: Case | User, which: dict[str, Any]) -> HttpResponse:
    form = EvidenceForm(posted(request))
    earlier = Evidence.objects.visible_to(request.user).filter(**which).select_related("requested_by")[:MOST]
    context = {"form": form, "about": about, "earlier": earlier, **which}
    if request.method != "POST":
        return show(request, NEW, context)
    if not form.is_valid():
        return show(request, NEW, context, status=422)
    return redirect(gathering_evidence.ask(about=about, by=request.user, **form.cleaned_data))


def _one(request: Request, pk: UUID) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related("case", "person", "requested_by")
    return get_object_or_404(rows, pk=pk)


def _only(request: Request) -> None:
    if not permissions.answer(request.user, Action.MAKE_EVIDENCE):
        raise Http404
