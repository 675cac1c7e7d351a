"""The queue of a manager, and answering on one screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.paging import Page
from deviations import permissions
from deviations.forms.answering import AnswerForm
from deviations.models import Deviation
from deviations.models.deviations import Urgency
from deviations.services import deciding
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay, Role, User
from organisation.pages import Request, show

from .reading import facts, of_person
from .writing import see

COMPARABLE = 5
# What was imported has no moment of answering; databases differ in where they put that.
ANSWERED_HERE_FIRST = F("decided_at").desc(nulls_last=True)
APART = 25


@require_GET
def queue(request: Request) -> HttpResponse:
    """What awaits the answer of this manager, by deadline; what was already done apart."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    waiting = waiting_for(request.user)
    page = Page(waiting.exclude(urgency=Urgency.ALREADY_DONE), request.GET.get("page"))
    done = waiting.filter(urgency=Urgency.ALREADY_DONE)[:APART]
    return show(request, "deviations/queue.html", {"page": page, "already_done": done})


def decide(request: Request, pk: UUID) -> HttpResponse:
    """Answer a request, with its record beside the form; then on to the next."""
    deviation = of_person(request, pk)
    if request.method != "POST":
        if not request.user.has_role(Role.MANAGER):
            raise Http404
        may = permissions.answer(request.user, Action.AGREE, deviation)
        form = AnswerForm(initial={"version": deviation.version})
        return _page(request, deviation, form, refusal=may.reason, status=200 if may else 409)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, deviation, form, status=422)
    try:
        _answer(deviation, request.user, form.cleaned_data)
    except Refused as refusal:
        return _page(request, deviation, form, refusal=refusal.reason, status=409)
    messages.success(request, _("Your answer to %(number)s is sent to the author.") % {"number": deviation.number})
    following = waiting_for(request.user).first()
    return see(reverse("deviations:decide", args=[following.pk]) if following else reverse("deviations:queue"))


def waiting_for(user: User) -> Any:
    """The queue, the nearest deadline first."""
    return Deviation.objects.awaiting_answer_of(user).for_pages().order_by("due_at", "pk")


def _answer(deviation: Deviation, by: User, said: dict[str, Any]) -> None:
    action, version = Action(said["action"]), said["version"]
    if action == Action.RETURN:
        deciding.return_with_question(deviation=deviation, by=by, question=said["question"], version=version)
    else:
        words = {name: said[name] for name in ("reasons", "conditions", "alternative")}
        deciding.decide(deviation=deviation, action=action, by=by, version=version, **words)


def _page(request: Request, deviation: Deviation, form: AnswerForm, *, status: int, refusal: Any = "") -> HttpResponse:
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE)
    form.mark_needed()
    alike = Deviation.objects.visible_to(request.user).filter(routine=deviation.routine).exclude(answer="")
    context = {
        "form": form,
        "refusal": refusal,
        "alike": alike.exclude(pk=deviation.pk).order_by(ANSWERED_HERE_FIRST, "-created_at")[:COMPARABLE],
        "left": waiting_for(request.user).exclude(pk=deviation.pk).count(),
    }
    return show(request, "deviations/decide.html", facts(request, deviation) | context, status=status)
