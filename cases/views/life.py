"""The steps in the life of a case: on hold, closed, reopened, handed over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import permissions
from cases.forms.casefile import HandOverForm, ReasonForm
from cases.forms.keeping import CloseForm
from cases.models import Case
from cases.services import closing, handing_over, holding
from cases.services.keeping import proposed_class
from cases.workflow import Action
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .reading import case_of, case_page, see


def hold(request: Request, pk: UUID) -> HttpResponse:
    """Put the case on hold."""
    context = {"title": _("Put the case on hold"), "intro": _("Say what you are waiting for.")}
    return step(request, case_of(request, pk), Action.HOLD, ReasonForm, holding.hold, context)


@require_POST
def resume(request: Request, pk: UUID) -> HttpResponse:
    """Take the case up again: one click."""
    case = case_of(request, pk)
    try:
        holding.resume(case=case, by=request.user)
    except Refused as refusal:
        return case_page(request, case, status=409, refusal=refusal.reason)
    return see(case.get_absolute_url())


def close(request: Request, pk: UUID) -> HttpResponse:
    """Close the case; the page warns of agreements that are still open."""
    case = case_of(request, pk)
    context = {
        "title": _("Close the case"),
        "intro": _("Say what came of the question. You can reopen the case later."),
        "open_agreements": list(case.agreements.filter(done_on=None)),
    }
    proposed = proposed_class(case.policy_domain)
    return step(request, case, Action.CLOSE, CloseForm, closing.close, context, of=case, proposed=proposed)


def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Open the case again."""
    context = {
        "title": _("Reopen the case"),
        "intro": _("Say why the case is opened again. The result so far stays in the history."),
    }
    return step(request, case_of(request, pk), Action.REOPEN, ReasonForm, closing.reopen, context)


def hand_over(request: Request, pk: UUID) -> HttpResponse:
    """Hand the case over. Who leads the team can do so for somebody who left, without seeing what it is about."""
    behind = Case.objects.left_behind(request.user).select_related("handler")
    hidden = behind.filter(pk=pk).first()
    visible = Case.objects.visible_to(request.user).select_related("handler", "team")
    case = visible.filter(pk=pk).first() or hidden or get_object_or_404(visible, pk=pk)
    context = {
        "title": _("Hand the case over"),
        "intro": _("The new handler gets a notice. If you choose another team, that team takes the case over."),
        "after_url": reverse("cases:left-behind") if hidden else reverse("cases:list"),
        "hide_case": hidden is not None,
    }
    return step(request, case, Action.HAND_OVER, HandOverForm, handing_over.hand_over, context, of=case)


def step(
    request: Request,
    case: Case,
    action: Action,
    form_class: type[forms.Form],
    service: Callable[..., Any],
    context: dict[str, Any],
    **form_args: Any,
) -> HttpResponse:
    """A page with one small form and one service behind it."""
    key = f"cases:{action.value}:{case.pk}"
    form = bound_or_drafted(request, form_class, key, **form_args)
    context |= {"case": case, "form": form, "may": permissions.answer(request.user, action, case)}
    if request.method != "POST":
        return show(request, "cases/step.html", context)
    if not form.is_valid():
        return show(request, "cases/step.html", context, status=422)
    try:
        service(case=case, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, "cases/step.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    visible = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return see(case.get_absolute_url() if visible else context.get("after_url", reverse("cases:list")))
