"""The queue of a manager, and answering on one screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models.routines import title_in_query
from cases.paging import Page
from deviations import acting_first, permissions
from deviations.forms.answering import BOARD, AnswerForm
from deviations.models import Deviation, Generalisation, SpaceRequest
from deviations.models.deviations import Urgency
from deviations.rules.answering import acting_as
from deviations.rules.weighing import ADVICE, Advice, Weight
from deviations.services import deciding, hearing, objecting, turning_to
from deviations.services.distinguishing import NotDistinguished
from deviations.services.finding_precedents import Subject
from deviations.workflow import Action
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay, Draft, Role, User
from organisation.pages import Request, show

from .precedents import beside
from .reading import facts, of_person
from .writing import see

MOST = 5
ALIKE = 2  # requests about one routine
APART = 25


@require_GET
def queue(request: Request) -> HttpResponse:
    """What awaits the answer of this manager, by deadline; what was already done apart."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    waiting = waiting_for(request.user)
    page = Page(waiting.exclude(urgency=Urgency.ALREADY_DONE), request.GET.get("page"))
    uses = objecting.to_look_at(request.user).for_pages().prefetch_related("decisions")[:APART]
    done = list(waiting.filter(urgency=Urgency.ALREADY_DONE)[:APART])
    hearing.mark_lacking([*page.rows, *done])
    late = Deviation.objects.not_looked_back_on(request.user).for_pages().order_by("-decided_at", "pk")
    unfinished = Generalisation.objects.filter(by=request.user, answers__result="").distinct()[:MOST]
    context = {
        "page": page,
        "already_done": done,
        "done_first": acting_first.past_year(request.user.standing.leads),
        "uses": uses,
        "not_looked_back": late[:APART],
        "alike": alike_in(waiting),
        "unfinished": unfinished,
        "proposals": SpaceRequest.objects.awaiting_answer_of(request.user).for_pages()[:APART],
    }
    return show(request, "deviations/queue.html", context)


def decide(request: Request, pk: UUID) -> HttpResponse:
    """Answer a request, with its record beside the form; then on to the next."""
    deviation = of_person(request, pk)
    key = f"deviations:decide:{deviation.pk}"
    form = bound_or_drafted(request, AnswerForm, key, board=_needs_board(deviation))
    if request.method != "POST":
        if not request.user.has_role(Role.MANAGER):
            raise Http404
        may = permissions.answer(request.user, Action.AGREE, deviation)
        form.initial["version"] = deviation.version  # of what stands beside the form, whatever was kept
        return _page(request, deviation, form, refusal=may.reason, status=200 if may else 409)
    if not form.is_valid():
        return _page(request, deviation, form, status=422)
    try:
        _answer(deviation, request.user, form.cleaned_data)
    except NotDistinguished as missing:
        form.add_error("differs", str(missing.reason))
        return _page(request, deviation, form, status=422)
    except Refused as refusal:
        return _page(request, deviation, form, refusal=refusal.reason, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("Your answer to %(number)s is sent to the author.") % {"number": deviation.number})
    following = waiting_for(request.user).first()
    return see(reverse("deviations:decide", args=[following.pk]) if following else reverse("deviations:queue"))


def waiting_for(user: User) -> Any:
    """The queue, the nearest deadline first."""
    return Deviation.objects.awaiting_answer_of(user).for_pages().order_by("due_at", "pk")


def alike_in(waiting: Any) -> list[dict[str, Any]]:
    """The routines that several requests are about, most requests first."""
    about = {"code": F("routine__code"), "title": title_in_query("routine__")}
    groups = waiting.order_by().values(**about).annotate(count=Count("pk"))
    return list(groups.filter(count__gte=ALIKE).order_by("-count", "code")[:MOST])


def _needs_board(deviation: Deviation) -> bool:
    return Advice.BOARD in ADVICE[Weight(deviation.weight)]


def _answer(deviation: Deviation, by: User, said: dict[str, Any]) -> None:
    action, version = Action(said["action"]), said["version"]
    if action == Action.RETURN:
        deciding.return_with_question(deviation=deviation, by=by, question=said["question"], version=version)
    else:
        words = {name: said[name] for name in ("reasons", "conditions", "alternative", "differs", *BOARD)}
        deciding.decide(deviation=deviation, action=action, by=by, version=version, **words)


def _page(request: Request, deviation: Deviation, form: AnswerForm, *, status: int, refusal: Any = "") -> HttpResponse:
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE)
    form.mark_needed()
    capacity = acting_as(request.user.standing, deviation.team_id, deviation.passed_on)
    context = {
        "form": form,
        "refusal": refusal,
        "capacity": capacity,
        "stood_in_for": turning_to.stood_in_for(deviation, request.user, capacity),
        "precedents": beside(request.user, Subject.of(deviation)),
        "left": waiting_for(request.user).exclude(pk=deviation.pk).count(),
    }
    return show(request, "deviations/decide.html", facts(request, deviation) | context, status=status)
