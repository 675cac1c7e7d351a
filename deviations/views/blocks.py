"""Parts that other pages show: what needs me, my room, the queue, the room I gave, and hits of a search."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from deviations import room
from deviations.models import Deviation, DiscretionarySpace, Message, SpaceRequest
from deviations.services import hearing, objecting
from deviations.workflow import SpaceState, State
from organisation.models import AccessEvent, AccessWay, Role
from organisation.pages import Request, show

from .answering import waiting_for

SHOWN = 8
SHORTEST = 2


@require_GET
def needs_me(request: Request) -> HttpResponse:
    """Questions to answer, drafts to finish, and deviations to look back on."""
    drafts = Deviation.objects.filter(author=request.user, state=State.DRAFT).for_pages()
    asked = Message.objects.filter(kind=Message.Kind.QUESTION).values("deviation")
    context = {
        "questions": drafts.filter(pk__in=asked)[:SHOWN],
        "proposals": SpaceRequest.objects.returned_to(request.user)[:SHOWN],
        "late_proposals": SpaceRequest.objects.late_for(request.user)[:SHOWN],
        "late": Deviation.objects.late_for(request.user).for_pages().order_by("due_at")[:SHOWN],
        "drafts": drafts.exclude(pk__in=asked)[:SHOWN],
        "look_back": Deviation.objects.to_look_back_on(request.user).for_pages().order_by("decided_at")[:SHOWN],
    }
    return show(request, "deviations/block_needs_me.html", context)


@require_GET
def my_room(request: Request) -> HttpResponse:
    """The spaces I can use now: what is left, until when."""
    spaces = DiscretionarySpace.objects.held_by(request.user).in_force()[:SHOWN]
    found = room.rooms(DiscretionarySpace.objects.filter(pk__in=[space.pk for space in spaces]))
    context = {"rooms": found, "may_ask": request.user.has_role(Role.CASEWORKER)}
    return show(request, "deviations/block_my_room.html", context)


@require_GET
def queue(request: Request) -> HttpResponse:
    """What awaits my answer, the nearest deadline first."""
    waiting = list(waiting_for(request.user)[: SHOWN + 1])
    hearing.mark_lacking(waiting[:SHOWN])
    uses = objecting.to_look_at(request.user).for_pages().prefetch_related("decisions")[:SHOWN]
    proposals = SpaceRequest.objects.awaiting_answer_of(request.user).for_pages()[:SHOWN]
    context = {"waiting": waiting[:SHOWN], "has_more": len(waiting) > SHOWN, "uses": uses, "proposals": proposals}
    return show(request, "deviations/block_queue.html", context)


@require_GET
def room_given(request: Request) -> HttpResponse:
    """The spaces of the teams I lead, what stands out first."""
    given = DiscretionarySpace.objects.filter(
        team__in=request.user.standing.leads, state__in=(SpaceState.ACTIVE, SpaceState.SUSPENDED)
    )
    found = sorted(room.rooms(given[: SHOWN * 5]), key=lambda each: len(each.flags), reverse=True)
    return show(request, "deviations/block_room_given.html", {"rooms": found[:SHOWN], "has_more": len(found) > SHOWN})


@require_GET
def found(request: Request) -> HttpResponse:
    """Deviations with this text; each hit is logged."""
    text = request.GET.get("q", "").strip()[:100]
    hits = []
    if len(text) >= SHORTEST:
        rows = Deviation.objects.visible_to(request.user).search(text).for_rows()
        hits = list(rows[: SHOWN + 1])
        AccessEvent.record(actor=request.user, targets=hits[:SHOWN], way=AccessWay.SEARCH)
    context = {"q": text, "rows": hits[:SHOWN], "has_more": len(hits) > SHOWN, "too_short": len(text) < SHORTEST}
    return show(request, "deviations/block_found.html", context)
