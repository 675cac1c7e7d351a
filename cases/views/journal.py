"""What is written in a case: journal entries, corrections, agreements."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import permissions
from cases.forms.journal import AddendumForm, AgreementForm, ChangeEntryForm, EntryForm
from cases.services import agreeing, journalling
from cases.workflow import Action
from organisation.comparing import set_against, took_over
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .reading import after, agreement_key, case_of, case_page, journal_key, see


@require_POST
def write(request: Request, pk: UUID) -> HttpResponse:
    """A new journal entry."""
    case = case_of(request, pk)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return case_page(request, case, part="journal", status=422, entry_form=form)
    try:
        journalling.write_entry(case=case, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return case_page(request, case, part="journal", status=409, refusal=refusal.reason, entry_form=form)
    Draft.discard(request.user, journal_key(case))
    return after(request, case, "journal")


@require_POST
def agree(request: Request, pk: UUID) -> HttpResponse:
    """A new agreement."""
    case = case_of(request, pk)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return case_page(request, case, part="agreements", status=422, agreement_form=form)
    try:
        agreeing.record_agreement(case=case, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return case_page(request, case, part="agreements", status=409, refusal=refusal.reason, agreement_form=form)
    Draft.discard(request.user, agreement_key(case))
    return after(request, case, "agreements")


@require_POST
def done(request: Request, pk: UUID, agreement: UUID) -> HttpResponse:
    """An agreement was kept."""
    return _mark(request, pk, agreement, agreeing.mark_done)


@require_POST
def undo(request: Request, pk: UUID, agreement: UUID) -> HttpResponse:
    """It was not kept after all."""
    return _mark(request, pk, agreement, agreeing.undo_done)


def _mark(request: Request, pk: UUID, agreement: UUID, service: Callable[..., Any]) -> HttpResponse:
    case = case_of(request, pk)
    found = get_object_or_404(case.agreements, pk=agreement)
    try:
        service(agreement=found, by=request.user)
    except Refused as refusal:
        return case_page(request, case, part="agreements", status=409, refusal=refusal.reason)
    return after(request, case, "agreements")


def change(request: Request, pk: UUID, entry: UUID) -> HttpResponse:
    """Change an own entry while it is fresh."""
    case = case_of(request, pk)
    found = get_object_or_404(case.journal, pk=entry)
    key = f"cases:entry:{found.pk}"
    form = bound_or_drafted(request, ChangeEntryForm, key, initial=ChangeEntryForm.of(found))
    may = permissions.answer(request.user, Action.CHANGE_ENTRY, found)
    context: dict[str, Any] = {"case": case, "form": form, "may": may, "entry": found}
    context |= {"title": _("Change journal entry"), "anchor": "journal"}
    if request.method != "POST":
        return show(request, "cases/step.html", context)
    if took_over(form, ChangeEntryForm(initial=ChangeEntryForm.of(found)), journalling.OTHER_WINDOW):
        return show(request, "cases/step.html", context, status=409)
    if not form.is_valid():
        return show(request, "cases/step.html", context, status=422)
    try:
        journalling.change_entry(entry=found, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile as refusal:
        now = ChangeEntryForm(initial=ChangeEntryForm.of(refusal.now))
        set_against(form, now, refusal.reason, seen=refusal.now.fingerprint)
        return show(request, "cases/step.html", context, status=409)
    except Refused as refusal:
        return show(request, "cases/step.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(f"{case.get_absolute_url()}#journal")


def addendum(request: Request, pk: UUID, entry: UUID) -> HttpResponse:
    """Correct an entry by a text below it."""
    case = case_of(request, pk)
    found = get_object_or_404(case.journal, pk=entry)
    key = f"cases:addendum:{found.pk}"
    form = bound_or_drafted(request, AddendumForm, key)
    may = permissions.answer(request.user, Action.ADD_ADDENDUM, found)
    context: dict[str, Any] = {"case": case, "form": form, "may": may, "entry": found}
    context |= {"title": _("Correct or add to a journal entry"), "anchor": "journal", "both": True}
    if request.method != "POST":
        return show(request, "cases/step.html", context)
    if not form.is_valid():
        return show(request, "cases/step.html", context, status=422)
    try:
        journalling.add_addendum(entry=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, "cases/step.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(f"{case.get_absolute_url()}#journal")
