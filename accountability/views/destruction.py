"""Destruction lists: made, looked through, approved by a second person, followed; and their certificates."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.retention import MakeForm, ReasonForm
from accountability.models import Certificate, DestructionList
from accountability.permissions import retention as permissions
from accountability.services import certifying, listing_destruction
from accountability.workflow.retention import MOVES, LineState, ListState, RetentionAction
from organisation.kernel.access import Refused
from organisation.kernel.moves import possible
from organisation.pages import PAGE, Request, show

from .retention import form_page, gate

STEPS: dict[str, Callable[..., DestructionList]] = {
    "submit": listing_destruction.submit,
    "approve": listing_destruction.approve,
    "withdraw": listing_destruction.withdraw,
    "resume": listing_destruction.resume,
}
LINES = 50


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request) -> HttpResponse:
    """A new list of what is due."""
    gate(request, RetentionAction.MAKE)
    form = MakeForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "due": listing_destruction.due_cases().count()}
    if request.method != "POST":
        return show(request, "accountability/destruction_new.html", context)
    if not form.is_valid():
        return show(request, "accountability/destruction_new.html", context, status=422)
    try:
        made = listing_destruction.make(by=request.user, up_to=form.cleaned_data["up_to"])
    except Refused as refusal:
        context["refusal"] = refusal.reason
        return show(request, "accountability/destruction_new.html", context, status=409)
    return redirect(made)


@require_safe
def destruction_list(request: Request, pk: UUID) -> HttpResponse:
    """What stands on it, how far it is, and what can be done."""
    return _page(request, _one(request, pk))


@require_POST
def step(request: Request, pk: UUID, action: str) -> HttpResponse:
    """One step in its life."""
    found = _one(request, pk)
    if action not in STEPS:
        raise Http404
    return _act(request, found, lambda: STEPS[action](destruction=found, by=request.user))


@require_POST
def give_back(request: Request, pk: UUID) -> HttpResponse:
    """Back to who made it, with what should be looked at."""
    found = _one(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, back_form=form, status=422)
    why = form.cleaned_data["why"]
    return _act(request, found, lambda: listing_destruction.give_back(destruction=found, by=request.user, why=why))


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: Request, pk: UUID, line: UUID) -> HttpResponse:
    """Leave one line out, and say why."""
    found = _one(request, pk)
    row = get_object_or_404(found.lines.select_related("destruction"), pk=line)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    title = _("Take %(case)s off the list") % {"case": row.label}
    back = f"{found.get_absolute_url()}#lines"
    context = {"title": title, "form": form, "back": back, "intro": row.why, "submit": _("Take off")}

    def save() -> None:
        listing_destruction.take_off(line=row, by=request.user, why=form.cleaned_data["why"])

    return form_page(request, context, save, _("The line has been taken off."))


@require_safe
def certificate_list(request: Request) -> HttpResponse:
    """All certificates; they are kept for ever."""
    gate(request, RetentionAction.READ)
    rows = Certificate.objects.visible_to(request.user).defer("content")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return show(request, "accountability/certificates.html", {"page": page})


@require_safe
def certificate(request: Request, pk: UUID) -> HttpResponse:
    """What was destroyed, by whom and why."""
    found = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    page = Paginator(found.content["lines"], LINES).get_page(request.GET.get("page"))
    whole = certifying.digest(found.content) == found.digest
    return show(request, "accountability/certificate.html", {"certificate": found, "page": page, "whole": whole})


@require_safe
def certificate_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The certificate on paper."""
    found = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    name = {"Content-Disposition": f'attachment; filename="vernietiging-{found.number}.pdf"'}
    return HttpResponse(certifying.pdf(found), content_type="application/pdf", headers=name)


def _act(request: Request, found: DestructionList, service: Callable[[], object]) -> HttpResponse:
    try:
        service()
    except Refused as refused:
        return _page(request, _one(request, found.pk), refusal=refused.reason, status=409)
    messages.success(request, _("It has been done."))
    return redirect(found)


def _page(request: Request, found: DestructionList, status: int = 200, **extra: Any) -> HttpResponse:
    held = listing_destruction.held_since(found)
    lines = found.lines.exclude(state=LineState.TAKEN_OFF)
    context = {
        "list": found,
        "page": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "off": found.lines.filter(state=LineState.TAKEN_OFF).select_related("off_by"),
        "held": held,
        "moves": set(possible(MOVES, found.state)),
        "may": {action.value: permissions.answer(request.user, action, found) for action in MOVES},
        "may_take_off": permissions.answer(request.user, RetentionAction.TAKE_OFF, found),
        "running": found.state == ListState.RUNNING,
        "stuck": found.state == ListState.RUNNING and not listing_destruction.is_in_hand(found),
        "back_form": ReasonForm(),
        "certificate": Certificate.objects.filter(pk=found.pk).defer("content").first(),
        **extra,
    }
    return show(request, "accountability/destruction_list.html", context, part="state", status=status)


def _one(request: Request, pk: UUID) -> DestructionList:
    rows = DestructionList.objects.visible_to(request.user).counted().select_related("made_by", "approved_by")
    found: DestructionList = get_object_or_404(rows, pk=pk)
    return found
