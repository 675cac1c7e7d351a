"""Released figures and learning reports for machines: what the pages show, made by the same code."""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.models import FigureRelease, LearningReport
from learning.rules.selecting import Selection
from learning.services import composing, reading, tabling
from learning.services.presenting import Figure, Shown
from organisation.api import (
    ADDRESS,
    FLAG,
    KEY,
    MOMENT,
    NUMBER,
    TEXT,
    TEXTS,
    WHOLE,
    Endpoint,
    Field,
    Shape,
    each,
    or_null,
    within,
)
from organisation.kernel.periods import Quarter
from organisation.pages import Request

from .figures import figures_of, teams_read

CELL = Shape("Cell", {
    "value": Field("The number; null when it is hidden or there is none.", lambda c: c.value, or_null(NUMBER), 45),
    "hidden": Field("Whether there is a number that is not told.", lambda c: _is_hidden(c), FLAG, False),
    "reason": Field("Why it is not told.", lambda c: c.why, TEXT, ""),
    "at_least": Field(
        "The part of a hidden sum that is told.", lambda c: c.least if _is_hidden(c) else None, or_null(NUMBER)
    ),
    "text": Field("As it stands on the page.", lambda c: c.text, TEXT, "45"),
})  # fmt: skip
ROW = Shape("Row", {
    "name": Field("What the row is about.", lambda row: str(row[0]), TEXT, "Parkeervergunning"),
    "cells": each("A figure for each column.", CELL, lambda row: row[1]),
}, (CELL,))  # fmt: skip
FIGURE = Shape("Figure", {
    "name": Field("What it is called in addresses.", lambda f: f.name, TEXT, "kinds"),
    "title": Field("What it is about.", lambda f: f.title, TEXT, "Gemaakt, overwogen en geblokkeerd"),
    "note": Field("How to read it.", lambda f: f.note, TEXT, ""),
    "missing": Field("Why there is no such figure; then there are no rows.", lambda f: f.missing, TEXT, ""),
    "columns": Field("The names of the cells of a row.", lambda f: [str(h) for h in f.heads[1:]], TEXTS, ["Aantal"]),
    "rows": each("The rows.", ROW, lambda f: f.rows),
}, (ROW,))  # fmt: skip


class Released(NamedTuple):
    """A figure of a release."""

    release: FigureRelease
    figure: Figure


def _is_hidden(cell: Shown) -> bool:
    return cell.value is None and bool(cell.why)


def _addresses(release: FigureRelease) -> list[str]:
    return [reverse("learning:api-figure", args=[release.about, name]) for name in composing.MAKERS]


RELEASE = Shape("Release", {
    "period": Field("The quarter.", lambda r: str(r.about), TEXT, "2026-Q3"),
    "edition": Field("A correction is a next edition.", lambda r: r.edition, WHOLE, 1),
    "made_at": Field("When it was counted and made safe.", lambda r: r.made_at, MOMENT, "2026-10-15T03:00:00Z"),
    "fewest_households": Field("A figure about fewer is hidden.", lambda r: r.k, WHOLE, 10),
    "left_out": Field("What could not be told at all: teams, everything, or nothing.", lambda r: r.left_out, TEXT, ""),
    "share_shown": Field("Which part of the figures is shown.", lambda r: r.share_shown, NUMBER, 0.85),
    "digest": Field("Of the figures; the same digest, the same figures.", lambda r: r.digest, TEXT, "9f86d0…"),
    "figures": Field(
        "Where its figures are.", _addresses, {"type": "array", "items": ADDRESS},
        ["/api/v1/releases/2026-Q3/figures/kinds/"],
    ),
})  # fmt: skip
RELEASED = Shape("ReleasedFigure", {
    "release": within("The release it is of.", RELEASE, lambda found: found.release),
    "figure": within("The figure.", FIGURE, lambda found: found.figure),
}, (RELEASE, FIGURE))  # fmt: skip
SUMMARY = {
    "id": Field("Its key.", lambda r: r.pk, KEY, "01890a5d-ac96-774b-bcce-b302099a8057"),
    "url": Field("Where it is.", lambda r: reverse("learning:api-report", args=[r.pk]), ADDRESS, "/api/v1/reports/…/"),
    "period": Field("The quarter.", lambda r: str(Quarter(r.year, r.quarter)), TEXT, "2026-Q3"),
    "edition": Field("A correction is a next edition.", lambda r: r.edition, WHOLE, 1),
    "state": Field("draft or published.", lambda r: r.state, TEXT, "published"),
    "as_of": Field("When its figures were frozen.", lambda r: r.cut_off, MOMENT, "2026-10-15T03:00:00Z"),
    "published_at": Field(
        "When it was published.", lambda r: r.published_at, or_null(MOMENT), "2026-10-20T09:00:00Z"
    ),
    "digest": Field("Of its figures.", lambda r: r.digest, TEXT, "9f86d0…"),
    "note": Field("What changed since the edition before.", lambda r: r.note, TEXT, ""),
}  # fmt: skip
LISTED = Shape("ReportSummary", SUMMARY)
REPORT = Shape("Report", {
    **SUMMARY,
    "bottlenecks": Field("Bottlenecks.", lambda r: r.bottlenecks, TEXT, "…"),
    "lessons": Field("What was learnt.", lambda r: r.lessons, TEXT, "…"),
    "done": Field("What was done with it.", lambda r: r.done, TEXT, "…"),
    "stories": Field("Stories that a second person released.", tabling.stories, TEXTS, ["…"]),
    "figures": each("Its figures.", FIGURE, tabling.figures),
    "about": Field("How the figures were made.", tabling.about, TEXT, "Cijfers van 15 oktober 2026, …"),
}, (FIGURE,))  # fmt: skip


def releases(request: Request) -> Any:
    """The newest release of each quarter, the last quarter first; to who reads no releases there are none."""
    if teams_read(request) is not None:
        raise Http404
    return FigureRelease.objects.visible_to(request.user).newest().order_by("-year", "-quarter")


def release(request: Request, period: str) -> FigureRelease:
    """The newest release of a quarter."""
    quarter = next((each for each in reading.told_quarters() if str(each) == period), None)
    if quarter is None:
        raise Http404
    found: FigureRelease = get_object_or_404(releases(request), year=quarter.year, quarter=quarter.number)
    return found


def figure(request: Request, period: str, name: str) -> Released:
    """One figure, as the page of figures shows it for this quarter."""
    found = release(request, period)
    if name not in composing.MAKERS:
        raise Http404
    selection = Selection(first=int(found.about.first), last=int(found.about.last))
    return Released(found, figures_of(selection, (name,))[2][name])


def reports(request: Request) -> Any:
    """The learning reports this person may read."""
    return LearningReport.objects.visible_to(request.user).defer("figures")


def report(request: Request, pk: UUID) -> LearningReport:
    """One of them."""
    found: LearningReport = get_object_or_404(LearningReport.objects.visible_to(request.user), pk=pk)
    return found


ENDPOINTS = (
    Endpoint("api/v1/releases/", "api-release-list", "Releases of figures", RELEASE, releases, many=True),
    Endpoint("api/v1/releases/<slug:period>/", "api-release", "A release, such as 2026-Q3", RELEASE, release),
    Endpoint("api/v1/releases/<slug:period>/figures/<slug:name>/", "api-figure", "One figure", RELEASED, figure),
    Endpoint("api/v1/reports/", "api-report-list", "Learning reports", LISTED, reports, many=True),
    Endpoint("api/v1/reports/<uuid:pk>/", "api-report", "A learning report, with its figures", REPORT, report),
)
