"""The page of the runs that make the figures."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from learning.models import CubeState, RollupRun
from learning.permissions import answer
from learning.services import rolling_up
from learning.workflow import Action
from organisation.kernel.access import Refused
from organisation.pages import PAGE, Request, show


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
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "going_on": RollupRun.objects.filter(kind=RollupRun.Kind.FULL).going_on().first(),
        "state": CubeState.now(),
        "may": answer(request.user, Action.ROLL_UP),
        "refusal": refusal,
    }
    return show(request, "learning/rollups.html", context, part="runs", status=409 if refusal else 200)
