"""Rounds of reviews: the list with what concerns me, drawing a round, following it, closing it, and its report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.reviewing import DrawForm
from accountability.models import Review, ReviewRound
from accountability.permissions import reviewing as permissions
from accountability.services import closing_rounds, drawing_reviews, printing_rounds, telling_reviews
from accountability.workflow.reviewing import ReviewState, RoundAction, RoundState
from cases.paging import Page
from organisation.files import KINDS, download
from organisation.kernel.access import Refused
from organisation.kernel.sheets import Sheet
from organisation.pages import Request, show

SHOWN = 25


@require_safe
def review_list(request: Request) -> HttpResponse:
    """What I must review, what was said of mine, and the rounds."""
    beside = ("deviation__routine", "round")
    rounds = telling_reviews.with_progress(ReviewRound.objects.visible_to(request.user))
    context = {
        "asked": Review.objects.asked_of(request.user).select_related(*beside)[:SHOWN],
        "about": Review.objects.about(request.user).select_related(*beside)[:SHOWN],
        "page": Page(rounds, request.GET.get("page")),
        "may_draw": permissions.answer_with_round(request.user, RoundAction.DRAW),
    }
    return show(request, "accountability/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_round_new(request: Request) -> HttpResponse:
    """Draw a round."""
    if not permissions.answer_with_round(request.user, RoundAction.DRAW):
        raise Http404
    form = DrawForm(request.POST if request.method == "POST" else request.GET or None)
    if request.method != "POST":
        return _draw_page(request, form)
    if not form.is_valid():
        return _draw_page(request, form, status=422)
    try:
        made = drawing_reviews.draw_round(by=request.user, until=form.cleaned_data["until"])
    except Refused as refusal:
        return _draw_page(request, form, status=409, refusal=refusal.reason)
    messages.success(request, _("The round is drawn. The reviewers have been told."))
    return HttpResponse(status=303, headers={"Location": made.get_absolute_url()})


@require_safe
def review_round(request: Request, pk: UUID) -> HttpResponse:
    """One round: while it runs how far it is, and afterwards its report."""
    return _page(request, _one(request, pk))


@require_POST
def review_round_close(request: Request, pk: UUID) -> HttpResponse:
    """Close it."""
    found = _one(request, pk)
    try:
        closing_rounds.close(made=found, by=request.user)
    except Refused as refusal:
        return _page(request, found, status=409, refusal=refusal.reason)
    messages.success(request, _("The round is closed. This is its report."))
    return HttpResponse(status=303, headers={"Location": found.get_absolute_url()})


@require_safe
def review_round_file(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """The report for a spreadsheet."""
    found = _closed(request, pk)
    rows = Sheet(_("Round of reviews %(number)s") % {"number": found.number}, printing_rounds.rows(found))
    return download([rows], name=_file_name(found), kind=kind)


@require_safe
def review_round_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The report on paper."""
    found = _closed(request, pk)
    made = printing_rounds.document(found)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(found)}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _draw_page(request: Request, form: DrawForm, *, status: int = 200, refusal: Any = "") -> HttpResponse:
    until = form.cleaned_data.get("until") if form.is_bound and form.is_valid() else form.fields["until"].initial
    preview = drawing_reviews.preview(until) if until else None
    context = {
        "form": form,
        "refusal": refusal,
        "preview": preview,
        "rows": [row[:-1] for row in printing_rounds.frame_rows(preview["strata"])] if preview else [],
    }
    return show(request, "accountability/review_round_new.html", context, status=status)


def _page(request: Request, found: ReviewRound, *, status: int = 200, **more: Any) -> HttpResponse:
    follows = permissions.answer_with_round(request.user, RoundAction.FOLLOW)
    controls = permissions.answer_with_round(request.user, RoundAction.CLOSE)
    running = found.state == RoundState.RUNNING
    # Of each team only its own; internal control follows all of them.
    rows = Review.objects.visible_to(request.user).filter(round=found).for_pages() if follows else Review.objects.none()
    context = {
        "round": found,
        "reviews": Page(rows.order_by("place"), request.GET.get("page")),
        "drawn": found.reviews.count(),
        "answered": found.reviews.exclude(state=ReviewState.ASKED).count(),
        "may_close": controls if running else None,
        "controls": bool(controls),
        "repeated": drawing_reviews.repeat(found) if controls else None,
        "strata": printing_rounds.strata(found) if follows else [],
        **({} if running else _report(found)),
    }
    return show(request, "accountability/review_round.html", context | more, status=status)


def _report(found: ReviewRound) -> dict[str, Any]:
    report, heads = found.report or {}, printing_rounds.team_heads()
    teams = printing_rounds.in_words(printing_rounds.team_rows(report))
    return {
        "report": report,
        "figures": printing_rounds.key_figures(report),
        "shares": printing_rounds.shares(report),
        "team_heads": heads,
        "team_rows": [list(zip(heads, row, strict=True)) for row in teams],
        "sights": printing_rounds.sight_rows(found),
        "method": printing_rounds.method(found),
        "kinds": KINDS,
    }


def _one(request: Request, pk: UUID) -> ReviewRound:
    found: ReviewRound = get_object_or_404(ReviewRound.objects.visible_to(request.user), pk=pk)
    return found


def _closed(request: Request, pk: UUID) -> ReviewRound:
    """A round that runs has no report yet."""
    rows = ReviewRound.objects.visible_to(request.user).filter(state=RoundState.CLOSED)
    found: ReviewRound = get_object_or_404(rows, pk=pk)
    return found


def _file_name(found: ReviewRound) -> str:
    return f"toetsronde-{found.number}"
