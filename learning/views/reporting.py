"""Pages of learning reports: the editions, one edition, its files, and making it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import permissions
from learning.forms.reporting import MakeForm, NarrativeForm
from learning.models import LearningReport, Link, ReportRun, ReportStory
from learning.services import making_reports, presenting, reporting, tabling
from learning.workflow import ReportAction, ReportState
from organisation.drafting import bound_or_drafted
from organisation.files import KINDS, download
from organisation.kernel.access import Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .figures import asked_again

OFFERED = 20  # stories to choose from


@require_safe
def report_list(request: Request) -> HttpResponse:
    """The editions, newest first."""
    reports = LearningReport.objects.visible_to(request.user).defer("figures")
    context = {
        "reports": reports,
        "may_make": permissions.answer_with_report(request.user, ReportAction.MAKE),
        "runs": ReportRun.objects.visible_to(request.user).going_on(),
    }
    return show(request, "learning/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask for a new edition."""
    _makers_only(request)
    form = MakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = making_reports.request(quarter=form.chosen, by=request.user, note=form.cleaned_data["note"])
        except Refused as refused:
            return show(request, "learning/report_new.html", {"form": form, "refusal": refused.reason}, status=409)
        return redirect(run)
    return show(request, "learning/report_new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_safe
def report_run(request: Request, pk: UUID) -> HttpResponse:
    """How far the making of an edition is, and what came of it."""
    _makers_only(request)
    run = get_object_or_404(ReportRun.objects.select_related("report", "requested_by"), pk=pk)
    return show(request, "learning/report_run.html", {"run": run}, part="state")


@require_safe
def report(request: Request, pk: UUID) -> HttpResponse:
    """One edition."""
    return _page(request, _one(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, pk: UUID) -> HttpResponse:
    """Write the story of an edition."""
    _makers_only(request)
    found = _one(request, pk)
    key = f"report:{pk}"
    initial = {name: getattr(found, name) for name in ("bottlenecks", "lessons", "done")}
    form = bound_or_drafted(request, NarrativeForm, key, initial=initial)
    context = {"form": form, "report": found}
    if request.method == "POST" and form.is_valid():
        try:
            reporting.write(report=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            return show(request, "learning/report_write.html", context | {"refusal": refused.reason}, status=409)
        Draft.discard(request.user, key)
        return redirect(found)
    return show(request, "learning/report_write.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def publish(request: Request, pk: UUID) -> HttpResponse:
    """Show it to everybody."""
    found = _one(request, pk)
    return _act(request, found, lambda: reporting.publish(report=found, by=request.user), _("It is published."))


@require_POST
def choose(request: Request, pk: UUID, link: UUID) -> HttpResponse:
    """Choose a story."""
    found = _one(request, pk)
    _makers_only(request)
    told = get_object_or_404(Link.objects.exclude(story=""), pk=link)
    done = _("It is chosen. A second person releases it.")
    return _act(request, found, lambda: reporting.choose(report=found, by=request.user, link=told), done)


@require_POST
def release(request: Request, pk: UUID) -> HttpResponse:
    """Release a story, as the second person."""
    story = _story(request, pk)
    return _act(request, story.report, lambda: reporting.release(story=story, by=request.user), _("It is released."))


@require_POST
def take_out(request: Request, pk: UUID) -> HttpResponse:
    """Leave a story out."""
    story = _story(request, pk)
    return _act(request, story.report, lambda: reporting.take_out(story=story, by=request.user), _("It is taken out."))


@require_safe
def report_file(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """The tables for a spreadsheet."""
    found = _one(request, pk)
    return download(tabling.sheets(found), name=_file_name(found), kind=kind)


@require_safe
def report_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The whole edition on paper."""
    found = _one(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(found)}.pdf"'}
    return HttpResponse(tabling.pdf(found), content_type="application/pdf", headers=headers)


def _file_name(found: LearningReport) -> str:
    return f"leerrapport-{found.year}-Q{found.quarter}-{found.edition}"


def _page(request: Request, found: LearningReport, **extra: Any) -> HttpResponse:
    makes = bool(permissions.answer_with_report(request.user, ReportAction.WRITE)) and found.state == ReportState.DRAFT
    offered = Link.objects.exclude(story="").exclude(pk__in=found.stories.filter(link__isnull=False).values("link"))
    drawn = tabling.figures(found)
    presenting.with_drawings(drawn)
    context = {
        "report": found,
        "run": ReportRun.objects.visible_to(request.user).filter(report=found).first(),
        "figures": drawn,
        "about": tabling.about(found),
        "stories": tabling.stories(found),
        "waiting": found.stories.filter(released_by__isnull=True).select_related("chosen_by") if makes else (),
        "offered": offered.order_by("-told_at")[:OFFERED] if makes else (),
        "makes": makes,
        "kinds": KINDS,
        **asked_again(request, drawn),
    }
    status = extra.pop("status", 200)
    return show(request, "learning/report.html", context | extra, part="figures", status=status)


def _act(request: Request, found: LearningReport, service: Callable[[], object], done: str) -> HttpResponse:
    try:
        service()
    except Refused as refused:
        return _page(request, _one(request, found.pk), refusal=refused.reason, status=409)
    messages.success(request, done)
    return redirect(found)


def _one(request: Request, pk: UUID) -> LearningReport:
    found: LearningReport = get_object_or_404(LearningReport.objects.visible_to(request.user), pk=pk)
    return found


def _story(request: Request, pk: UUID) -> ReportStory:
    _makers_only(request)
    return get_object_or_404(ReportStory.objects.select_related("report"), pk=pk)


def _makers_only(request: Request) -> None:
    if not permissions.answer_with_report(request.user, ReportAction.MAKE):
        raise Http404
