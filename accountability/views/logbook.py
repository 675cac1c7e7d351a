"""Reading the logbook: what was done, what was opened, who looked at a file, and what one colleague opened and did."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accountability.forms.logbook import DeedFilter, OpeningFilter
from accountability.permissions import logbook as permissions
from accountability.permissions import retention as of_retention
from accountability.services import reading_log, taking_log_along
from accountability.services.belonging import case_with
from accountability.workflow.logbook import Action
from accountability.workflow.retention import RetentionAction
from cases.models import Case
from cases.paging import Page
from organisation.files import FORMATS, download
from organisation.filtering import saves_views
from organisation.kernel.sheets import Sheet
from organisation.kernel.spreadsheet import csv_rows
from organisation.models import AccessBasis, AccessEvent, AccessWay, User
from organisation.pages import Request, show

OPENED = "opened"
KINDS = (*((kind, kind.upper()) for kind in FORMATS), ("jsonl", _("processing log")))


@require_safe
@saves_views(
    "accountability:log",
    _("Logbook"),
    lambda user, data: _form(data),
    opens=lambda user: permissions.answer(user, Action.READ),
    more=("book",),
    words=("who", "about"),
)
def log(request: Request) -> HttpResponse:
    """The lines, filtered by what stands in the address."""
    _only(request, Action.READ)
    form = _filter(request)
    context = {
        "form": form,
        "page": _page(form.apply(), request),
        "book": _book(request),
        "file": case_with(form.cleaned_data.get("about", "")),
        "may_export": permissions.answer(request.user, Action.EXPORT),
        "kinds": KINDS,
        "what_fits": taking_log_along.what_fits(),
    }
    return show(request, "accountability/log.html", context, part="rows")


@require_safe
def export(request: Request, kind: str) -> HttpResponseBase:
    """The lines of the page as a file; taking them along is a line itself."""
    _only(request, Action.EXPORT)
    if kind not in dict(KINDS):
        raise Http404
    form, opened = _filter(request), _book(request) == OPENED
    lines: Any = form.apply()
    taking_log_along.note_export(by=request.user, asked=form.asked, kind=kind, lines=lines)
    rows = taking_log_along.openings(lines) if opened else taking_log_along.deeds(lines)
    name = f"logboek-{timezone.localdate().isoformat()}"
    if kind in taking_log_along.WHOLE:
        return download([Sheet(str(_("Logbook")), taking_log_along.in_one_sheet(rows))], name=name, kind=kind)
    text = taking_log_along.processing(lines) if kind == "jsonl" else csv_rows(rows)
    media_type = "application/jsonl; charset=utf-8" if kind == "jsonl" else FORMATS[kind].media_type
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingHttpResponse(text, content_type=media_type, headers=headers)


@require_safe
def block(request: Request) -> HttpResponse:
    """On the first screen: ask who looked at a file."""
    _only(request, Action.READ)
    return show(request, "accountability/log_block.html", {}, part="block")


@require_safe
def find_file(request: Request) -> HttpResponse:
    """Ask by number; a file that is there is shown at once."""
    _only(request, Action.READ)
    number = request.GET.get("number", "").strip()[:100]
    case = case_with(number) if number else None
    if case:
        return redirect("accountability:file-log", pk=case.pk)
    return show(request, "accountability/find_file.html", {"number": number})


@require_safe
def file_log(request: Request, pk: UUID) -> HttpResponse:
    """Who looked at this file, when and why, also found by a deviation in it. Reading that is a line itself."""
    case = get_object_or_404(Case.objects.filter(Q(pk=pk) | Q(deviations=pk)).distinct())
    if not permissions.answer(request.user, Action.READ_FILE, case):
        raise Http404
    if case.pk != pk:
        return redirect("accountability:file-log", pk=case.pk)
    AccessEvent.record(actor=request.user, targets=[case], way=AccessWay.LOG, basis=_basis(request, case))
    lines = reading_log.openings_of_case(case.pk)
    context = {
        "case": case,
        "people": reading_log.who_looked(lines),
        "page": _page(lines, request),
        "reads_all": bool(permissions.answer(request.user, Action.READ)),
        "may_prove": permissions.answer(request.user, Action.MAKE_EVIDENCE),
        "answers_access": of_retention.answer(request.user, RetentionAction.ANSWER_ACCESS),
        "sees_case": Case.objects.visible_to(request.user).filter(pk=case.pk).exists(),
    }
    return show(request, "accountability/file_log.html", context, part="rows")


@require_safe
def person_log(request: Request, pk: UUID) -> HttpResponse:
    """What one colleague opened, and what they did. Reading that is a line itself."""
    _only(request, Action.READ_PERSON)
    person = get_object_or_404(User, pk=pk)
    AccessEvent.record(actor=request.user, targets=[person], way=AccessWay.LOG, basis=AccessBasis.ROLE)
    opened = _book(request) == OPENED
    lines: Any = reading_log.openings_by(person) if opened else reading_log.deeds_of(person)
    context = {
        "person": person,
        "page": _page(lines, request),
        "book": _book(request),
        "may_prove": permissions.answer(request.user, Action.MAKE_EVIDENCE),
    }
    return show(request, "accountability/person_log.html", context, part="rows")


def _page(lines: Any, request: Request) -> Page:
    page = Page(lines, request.GET.get("page"))
    page.rows = list(reading_log.without_words(page.rows))
    return page


def _basis(request: Request, case: Any) -> AccessBasis:
    return AccessBasis.HANDLER if case.handler_id == request.user.pk else AccessBasis.ROLE


def _only(request: Request, action: Action) -> None:
    if not permissions.answer(request.user, action):
        raise Http404


def _book(request: Request) -> str:
    return OPENED if request.GET.get("book") == OPENED else ""


def _filter(request: Request) -> DeedFilter | OpeningFilter:
    return _form(request.GET)


def _form(data: QueryDict) -> DeedFilter | OpeningFilter:
    return OpeningFilter(data) if data.get("book") == OPENED else DeedFilter(data)
