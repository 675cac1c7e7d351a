"""Pages of the trust pulse: opening it, answering both questions, and what came out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.forms.blocks import PulseForm, PulseOpenForm
from accountability.models import Pulse
from accountability.models.pulses import QUESTIONS
from accountability.permissions import blocks as permissions
from accountability.services import pulsing
from accountability.workflow.blocks import PulseAction
from organisation.kernel.access import Refused
from organisation.pages import Request, show


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a trust pulse for this half-year."""
    if not permissions.answer_with_pulse(request.user, PulseAction.OPEN):
        raise Http404
    form = PulseOpenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "questions": QUESTIONS.values()}
    if request.method != "POST":
        return show(request, "accountability/blocks/pulse_new.html", context)
    if not form.is_valid():
        return show(request, "accountability/blocks/pulse_new.html", context, status=422)
    try:
        made = pulsing.open_pulse(by=request.user, closes_on=form.cleaned_data["closes_on"])
    except Refused as refused:
        return show(request, "accountability/blocks/pulse_new.html", context | {"refusal": refused.reason}, status=409)
    messages.success(request, _("The trust pulse is open. Everybody who may answer is told."))
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: Request, pk: UUID) -> HttpResponse:
    """Both questions, or what came out."""
    found = _one(request, pk)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        pulsing.answer(pulse=found, by=request.user, values=form.values)
    except Refused as refused:
        return _page(request, found, form, refusal=refused.reason, status=409)
    messages.success(request, _("Thank you. Your answer is among the others; nobody can see which one is yours."))
    return redirect(found)


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    """Count it before its last day."""
    found = _one(request, pk)
    try:
        pulsing.close(pulse=found, by=request.user)
    except Refused as refused:
        return _page(request, found, PulseForm(), refusal=refused.reason, status=409)
    messages.success(request, _("The trust pulse is closed."))
    return redirect(found)


def _page(request: Request, found: Pulse, form: PulseForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    invitation = pulsing.invitation_of(found, request.user)
    context = {
        "pulse": found,
        "form": form,
        "may_answer": permissions.answer_with_pulse(request.user, PulseAction.ANSWER, invitation),
        "may_close": found.state == "open" and permissions.answer_with_pulse(request.user, PulseAction.CLOSE),
    }
    return show(request, "accountability/blocks/pulse.html", context | extra, status=status)


def _one(request: Request, pk: UUID) -> Pulse:
    found: Pulse = get_object_or_404(Pulse.objects.visible_to(request.user), pk=pk)
    return found
