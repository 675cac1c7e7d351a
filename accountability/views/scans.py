"""Pages of the self-scan of a team: beginning it, filling it in block by block, closing it, and its trend."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.blocks import SCORES, ScanAnswerForm
from accountability.models import BuildingBlock, Scan, ScanAnswer
from accountability.permissions import blocks as permissions
from accountability.services import scanning, showing_blocks
from accountability.workflow.blocks import ScanAction
from organisation.comparing import set_against, took_over
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft, Team
from organisation.pages import Request, show


@require_safe
def team(request: Request, pk: UUID) -> HttpResponse:
    """What a team said of itself over the half-years."""
    found = get_object_or_404(Team, pk=pk)
    return _team_page(request, found)


@require_POST
def start(request: Request, pk: UUID) -> HttpResponse:
    """Begin the self-scan of this half-year."""
    found = get_object_or_404(Team.objects.open().filter(pk__in=request.user.standing.teams), pk=pk)
    try:
        made = scanning.start(team=found, by=request.user)
    except Refused as refused:
        return _team_page(request, found, refusal=refused.reason, status=409)
    messages.success(request, _("The self-scan is open. Your colleagues are told."))
    return redirect(made)


@require_safe
def scan(request: Request, pk: UUID) -> HttpResponse:
    """One self-scan with all its blocks."""
    return _page(request, _one(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Fill in one block, and go on with the next that is open."""
    found = _one(request, pk)
    block: Any = get_object_or_404(BuildingBlock.objects.valid(), code=code)
    may = permissions.answer_with_scan(request.user, ScanAction.WRITE, found)
    if not may or found.state != "open":
        return _page(request, found, refusal=may.reason or _("This self-scan is closed."), status=409)
    there, key = found.answers.filter(block=block).first(), f"scan:{found.pk}:{block.code}"
    form = bound_or_drafted(request, ScanAnswerForm, key, initial=ScanAnswerForm.of(there))
    context: dict[str, Any] = {"scan": found, "about": block, "form": form}
    if request.method != "POST":
        return show(request, "accountability/blocks/answer.html", context)
    if took_over(form, ScanAnswerForm(initial=ScanAnswerForm.of(there)), _("A colleague filled this in meanwhile.")):
        return show(request, "accountability/blocks/answer.html", context, status=409)
    if not form.is_valid():
        return show(request, "accountability/blocks/answer.html", context, status=422)
    try:
        _write(found, block, request, form.cleaned_data)
    except ChangedMeanwhile as overtaken:
        now = ScanAnswerForm(initial=ScanAnswerForm.of(overtaken.now))
        set_against(form, now, overtaken.reason, seen=overtaken.now.version if overtaken.now else 0)
        return show(request, "accountability/blocks/answer.html", context, status=409)
    except Refused as refused:
        return _page(request, found, refusal=refused.reason, status=409)
    Draft.discard(request.user, key)
    return _go_on(request, found)


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    """It is finished."""
    found = _one(request, pk)
    try:
        scanning.close(scan=found, by=request.user)
    except Refused as refused:
        return _page(request, found, refusal=refused.reason, status=409)
    messages.success(request, _("The self-scan is closed."))
    return redirect(found)


def _write(found: Scan, block: BuildingBlock, request: Request, typed: dict[str, Any]) -> ScanAnswer:
    return scanning.write(
        scan=found, block=block, by=request.user, score=typed["score"], evidence=typed["evidence"],
        seen=typed["seen"] or 0,
    )  # fmt: skip


def _go_on(request: Request, found: Scan) -> HttpResponse:
    messages.success(request, _("It is saved."))
    left = found.open_blocks
    if left:
        return redirect("accountability:scan-answer", pk=found.pk, code=left[0].code)
    return redirect(found)


def _page(request: Request, found: Scan, *, status: int = 200, **extra: Any) -> HttpResponse:
    answers = {each.block_id: each for each in found.answers.select_related("block", "written_by")}
    valid: dict[Any, Any] = {block.pk: block for block in BuildingBlock.objects.valid()}
    every = {**valid, **{pk: each.block for pk, each in answers.items()}} if found.state == "open" else {
        pk: each.block for pk, each in answers.items()
    }  # fmt: skip
    rows = sorted(every.values(), key=lambda block: (block.order, block.code))
    context = {
        "scan": found,
        "rows": [{"block": block, "answer": answers.get(block.pk)} for block in rows],
        "left": len(valid.keys() - answers.keys()),
        "scores": SCORES,
        "may_write": found.state == "open" and permissions.answer_with_scan(request.user, ScanAction.WRITE, found),
        "may_close": permissions.answer_with_scan(request.user, ScanAction.CLOSE, found),
    }
    return show(request, "accountability/blocks/scan.html", context | extra, status=status)


def _team_page(request: Request, found: Team, *, status: int = 200, **extra: Any) -> HttpResponse:
    scans = list(Scan.objects.visible_to(request.user).filter(team=found).select_related("team"))
    if not scans and found.pk not in request.user.standing.teams:
        raise Http404
    closed = [each for each in scans if each.state == "closed"]
    now = scanning.this_half()
    context = {
        "team": found,
        "scans": scans,
        "lines": showing_blocks.trend(found, closed),
        "halves": [str(each.period.label) for each in sorted(closed, key=lambda each: each.period)],
        "this_half": now,
        "has_this_half": any(each.period == now for each in scans),
        "may_start": permissions.answer_with_scan(request.user, ScanAction.START, found),
    }
    return show(request, "accountability/blocks/team.html", context | extra, status=status)


def _one(request: Request, pk: UUID) -> Scan:
    found: Scan = get_object_or_404(Scan.objects.visible_to(request.user).select_related("team"), pk=pk)
    return found
