"""Parts that other pages show: my cases on the first screen, and hits of a search."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Agreement, Case
from cases.workflow import State
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request, show

SHOWN = 8
AHEAD = timedelta(days=14)
SHORTEST = 2


@require_GET
def mine(request: Request) -> HttpResponse:
    """My open cases, and agreements in them that are due."""
    visible = Case.objects.visible_to(request.user).filter(handler=request.user).exclude(state=State.CLOSED)
    cases = list(visible.select_related("policy_domain").order_by("-opened_at", "-id")[: SHOWN + 1])
    due = Agreement.objects.filter(
        case__in=visible.values("pk"), done_on=None, due_on__lte=timezone.localdate() + AHEAD
    )
    context = {
        "cases": cases[:SHOWN],
        "has_more": len(cases) > SHOWN,
        "agreements": due.select_related("case").order_by("due_on", "pk")[:SHOWN],
    }
    return show(request, "cases/block_mine.html", context)


@require_GET
def found(request: Request) -> HttpResponse:
    """Cases whose number, outside number or subject holds the text; each hit is logged."""
    text = request.GET.get("q", "").strip()[:100]
    cases = []
    if len(text) >= SHORTEST:
        hits = Case.objects.visible_to(request.user).search(text).select_related("handler", "team")
        cases = list(hits.order_by("-opened_at", "-id")[: SHOWN + 1])
        AccessEvent.record(actor=request.user, targets=cases[:SHOWN], way=AccessWay.SEARCH)
    context = {"q": text, "cases": cases[:SHOWN], "has_more": len(cases) > SHOWN, "too_short": len(text) < SHORTEST}
    return show(request, "cases/block_found.html", context)
