"""Bringing signals, and signs that something feels wrong, into a learning question."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deviations.models import Unease
from deviations.workflow import UneaseState
from learning import permissions
from learning.forms.bringing_in import BelongsForm
from learning.models import LearningQuestion, Signal, SignLink
from learning.services import linking
from learning.workflow import SignalAction
from organisation.kernel.access import Refused
from organisation.pages import Request, show

SHOWN = 5


@require_POST
def link_signal(request: Request, pk: UUID) -> HttpResponse:
    """Make a signal part of a question that goes on."""
    from .noticing import signal_page

    if not permissions.answer_with_signal(request.user, SignalAction.READ):
        raise Http404
    found = get_object_or_404(Signal.objects.visible_to(request.user).for_pages(), pk=pk)
    may = permissions.answer_with_signal(request.user, SignalAction.LINK, found)
    if not may:
        return signal_page(request, found, status=409, refusal=may.reason)
    form = BelongsForm(request.POST, routine=found.routine)
    if not form.is_valid():
        return signal_page(request, found, status=422, belongs=form)
    question = form.cleaned_data["question"]
    return _take_in(
        request, question, lambda: linking.take_in(question=question, signal=found, by=request.user),
        lambda reason: signal_page(request, found, status=409, refusal=reason),
    )  # fmt: skip


@require_POST
def link_sign(request: Request, pk: UUID) -> HttpResponse:
    """Make it part of a question that this feels wrong."""
    _learns(request)
    found = get_object_or_404(Unease.objects.visible_to(request.user), pk=pk)
    form = BelongsForm(request.POST)
    if not form.is_valid():
        return _block(request, found, status=422, form=form)
    question = form.cleaned_data["question"]
    return _take_in(
        request, question, lambda: linking.take_in_sign(question=question, unease=found, by=request.user),
        lambda reason: _block(request, found, status=409, refusal=reason),
    )  # fmt: skip


@require_safe
def questions_of_sign(request: Request, pk: UUID) -> HttpResponse:
    """The questions that a sign led to, for its page; and for who learns: bringing it into one."""
    return _block(request, get_object_or_404(Unease.objects.visible_to(request.user), pk=pk))


@require_safe
def passed_on(request: Request) -> HttpResponse:
    """Signs that were passed on to learning and that no question is about yet."""
    _learns(request)
    rows = Unease.objects.visible_to(request.user).filter(state=UneaseState.PASSED_ON, question_links=None)
    return show(request, "learning/block_passed_on.html", {"rows": rows.order_by("at")[:SHOWN], "total": rows.count()})


@require_safe
def late(request: Request) -> HttpResponse:
    """What is late in learning: for everybody, since everybody waits for it."""
    reads = permissions.answer_with_signal(request.user, SignalAction.READ)
    context = {
        "questions": LearningQuestion.objects.visible_to(request.user).overdue().count(),
        "signals": Signal.objects.overdue().count(),
        "reads_signals": reads,
    }
    return show(request, "learning/late.html", context)


def _take_in(
    request: Request,
    question: LearningQuestion,
    service: Callable[[], object],
    refused: Callable[[object], HttpResponse],
) -> HttpResponse:
    try:
        service()
    except Refused as refusal:
        return refused(refusal.reason)
    messages.success(request, _("It is part of this learning question now."))
    return redirect(question)


def _block(request: Request, found: Unease, *, status: int = 200, **extra: object) -> HttpResponse:
    links = SignLink.objects.filter(unease=found).select_related("question")
    context = {"unease": found, "links": links, "learns": permissions.learns(request.user), "form": BelongsForm()}
    return show(request, "learning/block_sign.html", context | extra, status=status)


def _learns(request: Request) -> None:
    if not permissions.learns(request.user):
        raise Http404
