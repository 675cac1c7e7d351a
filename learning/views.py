"""Pages of learning: the figures, one figure as a part or as CSV, and the runs that make them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.kernel.access import Refused
from organisation.kernel.spreadsheet import csv_rows
from organisation.models import Team
from organisation.pages import Request, show

from .forms import FiguresFilter
from .models import CubeState, RollupRun
from .permissions import answer
from .services import preparing, presenting, reading, rolling_up, summarising
from .services.presenting import Figure
from .workflow import Action

ROWS = 25
PATIENCE = 5  # how often a page asks again for a chart, each time after twice as long


@require_safe
def dashboard(request: Request) -> HttpResponse:
    """The figures of the chosen months, domain and team."""
    mine = _teams(request)
    form = _filter(request, mine)
    context: dict[str, Any] = {"form": form, "state": CubeState.now(), "query": request.GET.urlencode()}
    if not form.is_valid():
        return show(request, "learning/dashboard.html", context, part="figures", status=422)
    published = reading.figures(form.selection(mine))
    words = presenting.words_for(published)
    figures = presenting.figures(published, words)
    presenting.with_drawings(figures.values())
    context |= {
        "published": published,
        "figures": figures,
        "shown": {name: words.shown(published[name]) for name in ("made", "uses")},
        "key_figures": summarising.key_figures(published, words),
        "patient": True,
        "may_read_runs": answer(request.user, Action.READ_RUNS),
    }
    return show(request, "learning/dashboard.html", context, part="figures")


@require_safe
def figure(request: Request, name: str) -> HttpResponse:
    """One figure of the page, asked again until its chart is drawn."""
    found = _figure(request, name)
    presenting.with_drawings([found])
    query = request.GET.copy()
    asked = query.pop("asked", ["1"])[-1]
    times = int(asked) if asked.isdecimal() and len(asked) == 1 else PATIENCE
    again = {"wait": 2 ** (times + 1), "asked": times + 1, "patient": times < PATIENCE}
    return show(request, "learning/figure.html", {"figure": found, "query": query.urlencode(), **again})


@require_safe
def figure_csv(request: Request, name: str) -> StreamingHttpResponse:
    """The numbers of one figure for a spreadsheet; what is hidden is empty, with the reason behind it."""
    found = _figure(request, name)
    rows: list[list[Any]] = [[*found.heads, _("Why a number is missing")]]
    for label, cells in found.rows:
        why = " ".join(dict.fromkeys(cell.why for cell in cells if cell.why))
        rows.append([label, *(cell.value for cell in cells), why])
    response = StreamingHttpResponse(csv_rows(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def block_figures(request: Request) -> HttpResponse:
    """The key figures, for the first screen."""
    mine = _teams(request)
    selection = preparing.opening_selection(mine)
    published = reading.figures(selection)
    words = presenting.words_for(published)
    context = {"published": published, "key_figures": summarising.key_figures(published, words)}
    return show(request, "learning/block_figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rollup_list(request: Request) -> HttpResponse:
    """The runs, newest first, with how far they are; and the button that asks for one."""
    if not answer(request.user, Action.READ_RUNS):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            rolling_up.request(by=request.user)
        except Refused as refused:
            refusal = str(refused.reason)
        else:
            return redirect("learning:rollup-list")
    runs = RollupRun.objects.visible_to(request.user).select_related("requested_by")
    page = Paginator(runs, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "going_on": RollupRun.objects.filter(kind=RollupRun.Kind.FULL).going_on().first(),
        "state": CubeState.now(),
        "may": answer(request.user, Action.ROLL_UP),
        "refusal": refusal,
    }
    return show(request, "learning/rollups.html", context, part="runs", status=409 if refusal else 200)


def _teams(request: Request) -> tuple[str, ...] | None:
    """The teams whose figures this person reads; for who reads none the page does not exist."""
    try:
        return reading.teams_of(request.user)
    except Refused as refused:
        raise Http404 from refused


def _filter(request: Request, mine: tuple[str, ...] | None) -> FiguresFilter:
    teams = Team.objects.all() if mine is None else Team.objects.filter(pk__in=mine)
    return FiguresFilter(request.GET, teams=teams, whole=mine is None)


def _figure(request: Request, name: str) -> Figure:
    mine = _teams(request)
    form = _filter(request, mine)
    if not form.is_valid():
        raise Http404
    published = reading.figures(form.selection(mine))
    found = presenting.figures(published, presenting.words_for(published)).get(name)
    if found is None:
        raise Http404
    return found
