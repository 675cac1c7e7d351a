"""Pages of the figures: a part of them, one on its own, and the key figures for the first screen."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from learning.forms.figures import ExactFilter, FiguresFilter, ToldFilter
from learning.models import CubeState
from learning.permissions import answer
from learning.rules.publishing import Json
from learning.rules.selecting import Selection
from learning.services import composing, preparing, presenting, reading, summarising
from learning.services.presenting import Figure, Words
from learning.workflow import Action
from organisation.files import KINDS
from organisation.filtering import saves_views
from organisation.kernel.access import Refused
from organisation.models import Team, User
from organisation.pages import Request, show

PATIENCE = 5  # how often a page asks again for a chart, each time after twice as long


def form_for(user: User, data: QueryDict) -> FiguresFilter:
    """The choices in an address, as this person gets them. Raises `Refused` for who reads no figures."""
    return _form(data, reading.teams_of(user))


@require_safe
@saves_views(
    "learning:dashboard",
    _("Learning from deviations"),
    form_for,
    opens=lambda user: answer(user, Action.READ_FIGURES),
    more=("part",),
)
def dashboard(request: Request) -> HttpResponse:
    """A part of the figures of the chosen period, domain and team."""
    mine = teams_read(request)
    form = filter_of(request, mine)
    part = request.GET.get("part", composing.OVERVIEW)
    part = part if part in composing.PARTS else composing.OVERVIEW
    context: dict[str, Any] = {
        "form": form, "state": CubeState.now(), "query": query_of(request), "part": part, "exact": mine is not None,
        "parts": [(name, label, query_of(request, part=name)) for name, (label, _n) in composing.PARTS.items()],
        "may_read_runs": answer(request.user, Action.READ_RUNS), "kinds": KINDS,
    }  # fmt: skip
    if not form.is_valid():
        context["untold"] = isinstance(form, ToldFilter) and not form.told
        return show(
            request, "learning/dashboard.html", context, part="figures", status=200 if context["untold"] else 422
        )
    selection = form.selection(mine)
    published, words, figures = figures_of(selection, composing.of_part(part))
    presenting.with_drawings(figures.values())
    context |= {
        "published": published,
        "figures": figures,
        "key_figures": summarising.key_figures(published, words, composing.listed(selection, kind="made")),
        "patient": True,
    }
    return show(request, "learning/dashboard.html", context, part="figures")


@require_safe
def figure(request: Request, name: str) -> HttpResponse:
    """One figure of the page, asked again until its chart is drawn."""
    found = figure_of(request, name)
    presenting.with_drawings([found])
    asked = request.GET.get("asked", "1")
    times = int(asked) if asked.isdecimal() and len(asked) == 1 else PATIENCE
    again = {"wait": 2 ** (times + 1), "asked": times + 1, "patient": times < PATIENCE}
    context = {"figure": found, "query": query_of(request), "exact": teams_read(request) is not None}
    return show(request, "learning/figure.html", context | again)


@require_safe
def block_figures(request: Request) -> HttpResponse:
    """The key figures, for the first screen."""
    mine = teams_read(request)
    selection = preparing.opening_selection(mine)
    if selection is None:
        return show(request, "learning/block_figures.html", {"published": {"empty": True}, "exact": False})
    published = reading.figures(selection)
    words = presenting.words_for(published)
    context = {
        "published": published, "exact": selection.exact,
        "key_figures": summarising.key_figures(published, words, composing.listed(selection, kind="made")),
    }  # fmt: skip
    return show(request, "learning/block_figures.html", context)


def asked_again(request: Request, figures: Iterable[Figure]) -> dict[str, int]:
    """When a page asks again for charts that are being drawn: each time after twice as long, and not for ever."""
    asked = request.GET.get("asked", "0")
    times = int(asked) if asked.isdecimal() and len(asked) == 1 else PATIENCE
    waits = times < PATIENCE and any(figure.pending for figure in figures)
    return {"again": 2 ** (times + 1), "asked": times + 1} if waits else {}


def teams_read(request: Request) -> tuple[str, ...] | None:
    """The teams whose figures this person reads; for who reads none the page does not exist."""
    try:
        return reading.teams_of(request.user)
    except Refused as refused:
        raise Http404 from refused


def filter_of(request: Request, mine: tuple[str, ...] | None) -> FiguresFilter:
    """The choices in the address."""
    return _form(request.GET, mine)


def _form(data: QueryDict, mine: tuple[str, ...] | None) -> FiguresFilter:
    if mine is None:
        return ToldFilter(data, teams=Team.objects.all(), told=reading.told_quarters())
    return ExactFilter(data, teams=Team.objects.filter(pk__in=mine))


def query_of(request: Request, **other: str) -> str:
    """The choices in the address, to give on; those of other things stay behind."""
    names = ("period", "first", "last", "domain", "team", "part")
    query = {name: request.GET[name] for name in names if request.GET.get(name)} | other
    return urlencode(query)


def figures_of(selection: Selection, names: tuple[str, ...]) -> tuple[Json, Words, dict[str, Figure]]:
    """These figures of a selection, with what was published and the words for it."""
    published = reading.figures(selection)
    words = presenting.words_for(published)
    return published, words, composing.figures(names, published, words, selection)


def figure_of(request: Request, name: str) -> Figure:
    """One figure; without one, or without a choice that can be made, there is no such page."""
    mine = teams_read(request)
    form = filter_of(request, mine)
    if name not in composing.of_part(composing.ALL) or not form.is_valid():
        raise Http404
    return figures_of(form.selection(mine), (name,))[2][name]
