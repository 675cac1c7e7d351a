"""Proposals for a space: a caseworker asks, both talk about it, and a manager answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.paging import Page
from deviations.forms.asking import AskAnswerForm, AskForm, ReplyForm
from deviations.models import Deviation, SpaceRequest
from deviations.permissions import proposals
from deviations.services import asking, settling
from deviations.workflow import SpaceState
from deviations.workflow.proposals import ASK_MOVES, AskAction
from organisation.drafting import bound_or_drafted, drafted, kept
from organisation.kernel import moves
from organisation.kernel.access import NOT_YOUR_ROLE, Refused
from organisation.models import Draft, Role
from organisation.pages import Request, show

from .writing import see

NEW, PAGE, REPLY = "deviations/ask.html", "deviations/asked.html", "deviations/ask_reply.html"
GRANTS = (AskAction.GRANT, AskAction.GRANT_DIFFERENTLY)


@require_GET
def request_list(request: Request) -> HttpResponse:
    """What I proposed, and what was proposed to me as a manager."""
    rows = SpaceRequest.objects.visible_to(request.user).for_pages()
    context = {
        "page": Page(rows.order_by("-asked_at", "-id"), request.GET.get("page")),
        "may_ask": request.user.has_role(Role.CASEWORKER),
    }
    return show(request, "deviations/asked_list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A new proposal, empty or begun from a deviation."""
    if not request.user.has_role(Role.CASEWORKER):
        raise Http404
    deviation = _deviation(request)
    key = f"deviations:space-request:{deviation.pk if deviation else 'new'}"
    form = bound_or_drafted(request, AskForm, key, by=request.user, initial=_begun_from(deviation))
    context: dict[str, Any] = {"form": form, "key": key, "deviation": deviation}
    if request.method != "POST":
        return show(request, NEW, context)
    if not form.is_valid():
        return show(request, NEW, context, status=422)
    typed = form.cleaned_data
    try:
        asked = asking.ask(
            team=typed["team"], by=request.user, fields=form.written(), deviation=deviation, pk=typed["key"]
        )
    except Refused as refusal:
        return show(request, NEW, context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("Your proposal %(number)s is sent to the manager.") % {"number": asked.number})
    return see(asked.get_absolute_url())


@require_GET
def request_page(request: Request, pk: UUID) -> HttpResponse:
    """One proposal, with its conversation."""
    return _page(request, _of_person(request, pk))


@require_http_methods(["GET", "POST"])
def reply(request: Request, pk: UUID) -> HttpResponse:
    """Answer the question, and change the proposal where that is needed."""
    asked = _of_person(request, pk)
    if not proposals.answer(request.user, AskAction.REPLY, asked):
        raise Http404
    if request.method != "POST" and AskAction.REPLY not in moves.possible(ASK_MOVES, asked.state):
        return see(asked.get_absolute_url())
    key = f"deviations:space-request:{asked.pk}"
    form = bound_or_drafted(request, ReplyForm, key, by=request.user, asked=asked)
    context = {"asked": asked, "form": form, "key": key, "messages_about": _messages(asked)}
    if request.method != "POST":
        return show(request, REPLY, context)
    if not form.is_valid():
        return show(request, REPLY, context, status=422)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        asking.reply(asked=asked, by=request.user, text=text, fields=form.written(), version=version)
    except Refused as refusal:
        return show(request, REPLY, context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(asked.get_absolute_url())


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """End an own proposal."""
    asked = _of_person(request, pk)
    try:
        asking.withdraw(asked=asked, by=request.user)
    except Refused as refusal:
        return _page(request, asked, status=409, refusal=refusal.reason)
    messages.success(request, _("It is withdrawn."))
    return see(asked.get_absolute_url())


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Give the room (the draft of it opens), return it with a question, or decline."""
    asked = _of_person(request, pk)
    form = AskAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, status=422, form=form)
    try:
        onward = _answered(request, asked, form.cleaned_data)
    except Refused as refusal:
        return _page(request, asked, status=409, form=form, refusal=refusal.reason)
    Draft.discard(request.user, _answer_key(asked))
    return see(onward)


def _answered(request: Request, asked: SpaceRequest, said: dict[str, Any]) -> str:
    """Do what was answered; where to go then."""
    by, version, action = request.user, said["version"], AskAction(said["action"])
    if action == AskAction.GRANT:
        space = asking.draft_from(asked=asked, by=by, version=version)
        messages.info(
            request, _("This is the draft of what was proposed. Change what has to be different, and give it.")
        )
        return reverse("deviations:space-edit", args=[space.pk])
    if action == AskAction.RETURN:
        asking.return_with_question(asked=asked, by=by, question=said["question"], version=version)
    else:
        words = {name: said[name] for name in ("reasons", "alternative")}
        asking.decline(asked=asked, by=by, version=version, **words)
    messages.success(request, _("Your answer to %(number)s is sent to the author.") % {"number": asked.number})
    return asked.get_absolute_url()


def _page(request: Request, asked: SpaceRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    possible = set(moves.possible(ASK_MOVES, asked.state))
    answers = {action.value: proposals.answer(request.user, action, asked) for action in possible}
    may = {name: found for name, found in answers.items() if found.reason is not NOT_YOUR_ROLE}
    granted = asked.space is not None and asked.space.state != SpaceState.DRAFT
    seen = Deviation.objects.visible_to(request.user).filter(pk=asked.deviation_id or asked.pk).first()
    context = {
        "asked": asked,
        "seen_deviation": seen,
        "may": may,
        "messages_about": _messages(asked),
        "past": asking.past_of(asked) if may.get(AskAction.GRANT.value) else None,
        "differences": settling.differences_of(asked, asked.space) if granted and asked.space else (),
    }
    key = _answer_key(asked)
    if "form" in more:
        kept(more["form"], key)
    else:
        more["form"] = drafted(request, AskAnswerForm(), key)
        more["form"].initial["version"] = asked.version  # of what stands beside the form, whatever was kept
    return show(request, PAGE, context | more, status=status)


def _answer_key(asked: SpaceRequest) -> str:
    return f"deviations:ask-answer:{asked.pk}"


def _messages(asked: SpaceRequest) -> Any:
    return asked.messages.select_related("by")


def _of_person(request: Request, pk: UUID) -> SpaceRequest:
    return get_object_or_404(SpaceRequest.objects.visible_to(request.user).for_pages(), pk=pk)


def _deviation(request: Request) -> Deviation | None:
    """The own deviation this begins from, as the address names it."""
    try:
        key = UUID(request.GET.get("deviation", ""))
    except ValueError:
        return None
    own = Deviation.objects.visible_to(request.user).filter(author=request.user)
    return get_object_or_404(own.select_related("routine", "team"), pk=key)


def _begun_from(deviation: Deviation | None) -> dict[str, Any]:
    """What the deviation already says."""
    if deviation is None or deviation.routine is None:
        return {}
    return {
        "name": str(deviation.routine.title)[:120],
        "routines": [deviation.routine.pk],
        "team": deviation.team_id,
        "cents_per_deviation": deviation.amount_cents or None,
    }
