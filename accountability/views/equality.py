"""Pages of how comparable requests were answered: pictures, the same as a file, and counting again."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accountability.forms.equality import AgainForm, HalfFilter
from accountability.models import Comparison
from accountability.permissions import equality as permissions
from accountability.services import comparing, setting_beside
from accountability.services.setting_beside import Compared
from accountability.workflow.equality import Action
from learning.permissions import learns
from learning.services import presenting
from organisation import files
from organisation.kernel.access import Refused
from organisation.kernel.sheets import Sheet
from organisation.models import Team
from organisation.pages import Request, show

PATIENCE = 5  # how often a page asks again for a picture, each time after twice as long


@require_safe
def equality(request: Request) -> HttpResponse:
    """How requests that are alike were answered in a half-year that is over."""
    return _page(request)


@require_safe
def block(request: Request) -> HttpResponse:
    """The newest half-year in a few words, for the first screen."""
    form = _form(request)
    context: dict[str, Any] = {"chosen": form.chosen}
    if form.chosen:
        context["standing_out"] = setting_beside.standing_out(form.chosen)
    return show(request, "accountability/equality/block.html", context)


@require_safe
def figure(request: Request, name: str) -> HttpResponse:
    """One picture, asked again until it is drawn."""
    form = _form(request)
    found = next((each for each in _figures(request, form) if each.name == name), None)
    if found is None:
        raise Http404
    presenting.with_drawings([found])
    asked = request.GET.get("asked", "1")
    times = int(asked) if asked.isdecimal() and len(asked) == 1 else PATIENCE
    context = {
        "figure": found,
        "query": _query(form),
        "asks": learns(request.user),
        "wait": 2 ** (times + 1),
        "asked": times + 1,
        "patient": times < PATIENCE,
    }
    return show(request, "accountability/equality/figure.html", context)


@require_safe
def download(request: Request, kind: str) -> HttpResponse:
    """The numbers of a half-year for a spreadsheet."""
    form = _form(request)
    if form.chosen is None:
        raise Http404
    rows = setting_beside.table(form.chosen, _figures(request, form))
    return files.download([Sheet(str(form.chosen), rows)], name=f"gelijke-behandeling-{form.chosen.period}", kind=kind)


@require_POST
def count_again(request: Request) -> HttpResponse:
    """A next edition of a half-year."""
    if not permissions.answer(request.user, Action.COUNT_AGAIN):
        raise Http404
    chosen, again = _form(request, request.POST).chosen, AgainForm(request.POST)
    if chosen is None:
        raise Http404
    if not again.is_valid():
        return _page(request, again=again, status=422)
    try:
        comparing.count_again(half=chosen.period, by=request.user, note=again.cleaned_data["note"])
    except Refused as refused:
        return _page(request, again=again, refusal=refused.reason, status=409)
    messages.success(request, _("The half-year is counted again."))
    return redirect(f"{reverse('accountability:equality')}?{urlencode({'half': str(chosen.period)})}")


def _page(request: Request, *, status: int = 200, again: AgainForm | None = None, **extra: Any) -> HttpResponse:
    form = _form(request, request.POST if request.method == "POST" else request.GET)
    found = _figures(request, form)
    presenting.with_drawings(found)
    context = {
        "form": form,
        "chosen": form.chosen,
        "query": _query(form),
        "figures": found,
        "whole": bool(permissions.answer(request.user, Action.READ_ALL)),
        "asks": learns(request.user),
        "again": again or AgainForm(),
        "may_count_again": permissions.answer(request.user, Action.COUNT_AGAIN),
        "kinds": files.KINDS,
        "about": setting_beside.about(form.chosen) if form.chosen else "",
        "patient": True,
    }
    return show(request, "accountability/equality/page.html", context | extra, status=status)


def _form(request: Request, data: Any = None) -> HalfFilter:
    if not permissions.answer(request.user, Action.READ):
        raise Http404
    made = Comparison.objects.visible_to(request.user).newest()[: setting_beside.HALVES_SHOWN]
    return HalfFilter(data or request.GET, list(made))


def _figures(request: Request, form: HalfFilter) -> list[Compared]:
    if form.chosen is None:
        return []
    own = None
    if not permissions.answer(request.user, Action.READ_ALL):
        teams = Team.objects.filter(pk__in=request.user.standing.leads)
        own = [(str(team.pk), team.name) for team in teams]
    return setting_beside.figures(form.chosen, form.made.values(), own)


def _query(form: HalfFilter) -> str:
    return urlencode({"half": str(form.chosen.period)}) if form.chosen else ""
