"""Trying a space on the past: asking for it, watching it go, and reading what came of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from deviations import permissions, replayed
from deviations.forms.simulating import SimulateForm
from deviations.models import DiscretionarySpace, Simulation
from deviations.services import simulating
from deviations.workflow import SpaceState
from organisation.pages import Request, show

from .writing import see

PAGE = "deviations/simulate.html"


@require_http_methods(["GET", "POST"])
def simulate(request: Request, pk: UUID) -> HttpResponse:
    """What this space would have covered; how far back and beside which other space stand in the address."""
    space = _of_manager(request, pk)
    if request.method == "POST":
        form = SimulateForm(request.POST, space=space)
        if not form.is_valid():
            return show(request, PAGE, {"space": space, "form": form}, status=422)
        return see(simulating.ask(space=space, by=request.user, **form.cleaned_data).get_absolute_url())
    asked = SimulateForm(_query(request, space), space=space).asked
    form = SimulateForm(initial={**asked, "against": asked["against"] and asked["against"].pk}, space=space)
    context = {"space": space, "form": form, **_found(request, space, asked)}
    return show(request, PAGE, context, part="state" if _polls(request) else "")


def _query(request: Request, space: DiscretionarySpace) -> dict[str, Any]:
    """What the address asks; without anything: a draft beside the space that it renews, or the one in use now."""
    if "months" in request.GET:
        return request.GET.dict()
    present = space.renews_id
    if space.state == SpaceState.DRAFT and present is None:
        alike = DiscretionarySpace.objects.in_force().filter(team_id=space.team_id, routines__in=space.routines.all())
        present = alike.exclude(pk=space.pk).order_by("-valid_until").values_list("pk", flat=True).first()
    return {"months": 12, "against": present or ""}


def _found(request: Request, space: DiscretionarySpace, asked: dict[str, Any]) -> dict[str, Any]:
    """The run that goes on, and the last one that was done."""
    same = Simulation.objects.asked(space=space, **asked).select_related("space", "against")
    done = same.filter(state=Simulation.State.DONE).first()
    last = same.first()
    going_on = same.going_on().first()
    return {
        "going_on": going_on,
        "failed": last is not None and last != done and going_on is None,
        "shown": replayed.shown(done, request.user) if done else None,
    }


def _polls(request: Request) -> bool:
    return bool(request.htmx) and request.htmx.target == "state"


def _of_manager(request: Request, pk: UUID) -> DiscretionarySpace:
    """The space, if this person may give it; for its holders this page does not exist."""
    rows = DiscretionarySpace.objects.visible_to(request.user).select_related("team", "granted_by")
    space = get_object_or_404(rows, pk=pk)
    if not permissions.answer_about_simulating(request.user, space):
        raise Http404
    return space
