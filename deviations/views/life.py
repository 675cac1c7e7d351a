"""The author's own steps after sending in: taking back, withdrawing, looking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deviations import permissions
from deviations.forms.answering import EvaluationForm, ReasonsForm
from deviations.models import Deviation
from deviations.services import evaluating, withdrawing
from deviations.workflow import MOVES, Action
from organisation.drafting import bound_or_drafted
from organisation.kernel import moves
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay, Draft
from organisation.pages import Request, show

from .reading import deviation_page, facts, of_person
from .writing import see

PAGE = "deviations/evaluate.html"


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Make it a draft again."""
    return _pull(request, of_person(request, pk), withdrawing.take_back, _("It is a draft again."))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """End it, with a reason if one was given."""
    deviation = of_person(request, pk)
    form = ReasonsForm(request.POST, box="withdraw")
    if not form.is_valid():
        return deviation_page(request, deviation, status=422, withdraw_form=form)
    return _pull(request, deviation, withdrawing.withdraw, _("It is withdrawn."), **form.cleaned_data)


def evaluate(request: Request, pk: UUID) -> HttpResponse:
    """Did it help?"""
    deviation = of_person(request, pk)
    key = f"deviations:evaluate:{deviation.pk}"
    form = bound_or_drafted(request, EvaluationForm, key, deviation=deviation)
    if request.method != "POST":
        if not permissions.answer(request.user, Action.EVALUATE, deviation):
            raise Http404
        if Action.EVALUATE not in moves.possible(MOVES, deviation.state):
            return see(deviation.get_absolute_url())
        AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE)
        return show(request, PAGE, facts(request, deviation) | {"form": form})
    context = facts(request, deviation) | {"form": form}
    if not form.is_valid():
        return show(request, PAGE, context, status=422)
    try:
        evaluating.evaluate(deviation=deviation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, PAGE, context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("Thank you: the next colleague learns from this."))
    return see(deviation.get_absolute_url())


def _pull(request: Request, deviation: Deviation, service: Callable[..., Any], done: str, **words: str) -> HttpResponse:
    try:
        service(deviation=deviation, by=request.user, **words)
    except Refused as refusal:
        return deviation_page(request, deviation, status=409, refusal=refusal.reason)
    messages.success(request, done)
    return see(deviation.get_absolute_url())
