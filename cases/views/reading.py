"""Fetching a case for its pages, and the case page that several views answer with."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from cases import permissions
from cases.course import course_of
from cases.forms.attaching import AttachForm
from cases.forms.journal import AgreementForm, ApplyForm, EntryForm
from cases.models import Case, CaseGroupPermission, CaseUserPermission, JournalEntry
from cases.workflow import MOVES, Action
from organisation.drafting import drafted, kept
from organisation.kernel.moves import possible
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request, show

ENTRIES_SHOWN = 25
BESIDE = ("team", "handler", "policy_domain", "neighbourhood", "retention_class")


def case_of(request: Request, pk: UUID) -> Case:
    """The case when this person may see it; otherwise it does not exist (404)."""
    visible = Case.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("team", "handler", "policy_domain", "neighbourhood", "retention_class"), pk=pk
    )


def journal_key(case: Case) -> str:
    """The name of the draft of a journal entry."""
    return f"cases:journal:{case.pk}"


def agreement_key(case: Case) -> str:
    """The name of the draft of an agreement."""
    return f"cases:agreement:{case.pk}"


def may(request: Request, case: Case) -> dict[str, Any]:
    """For each action whether it may be done, with the reason when not; moves that do not fit the status are out."""
    moves = possible(MOVES, case.state)
    on_case = set(Action) - {Action.OPEN, Action.CHANGE_ENTRY, Action.ADD_ADDENDUM}
    return {
        action.value: permissions.answer(request.user, action, case)
        for action in on_case
        if action not in MOVES or action in moves
    }


def case_page(
    request: Request, case: Case, *, part: str = "", status: int = 200, refusal: Any = "", **forms: Any
) -> HttpResponse:
    """The page of a case, or one part of it for htmx. Reading the page is logged."""
    if not request.htmx:
        AccessEvent.record(actor=request.user, targets=[case], way=AccessWay.PAGE)
    agreements = list(case.agreements.select_related("made_by"))
    entries = _entries(request, case)
    for name, form_class, key in (
        ("entry_form", EntryForm, journal_key(case)),
        ("agreement_form", AgreementForm, agreement_key(case)),
    ):
        forms[name] = kept(forms[name], key) if name in forms else drafted(request, form_class(), key)
    context = {
        "case": case,
        "may": may(request, case),
        "refusal": refusal,
        "refused_part": part,
        "today": timezone.localdate(),
        "agreements": agreements,
        "uses": case.routine_uses.select_related("routine", "routine_version").order_by("applied_on", "pk"),
        "entries": entries[:ENTRIES_SHOWN] if "journal" not in request.GET else entries,
        "has_more_entries": len(entries) > ENTRIES_SHOWN and "journal" not in request.GET,
        "course": course_of(case, entries[:ENTRIES_SHOWN], agreements),
        "life_domains": case.life_domains.all(),
        "person_shares": _shares(CaseUserPermission, case, "user"),
        "team_shares": _shares(CaseGroupPermission, case, "group__team"),
        "apply_form": ApplyForm(case=case),
        "attachments": case.attachments.select_related("added_by"),
        "attach_form": AttachForm(),
        "reckoning": case.reckon(),
        "holds": case.retention_holds.active().select_related("placed_by"),
        **forms,
    }
    return show(request, "cases/case.html", context, part=part, status=status)


def after(request: Request, case: Case, part: str) -> HttpResponse:
    """After success: for htmx the part as it is now, otherwise back to that place on the page."""
    if request.htmx:
        return case_page(request, case_of(request, case.pk), part=part)
    return see(f"{case.get_absolute_url()}#{part}")


def see(url: str) -> HttpResponse:
    """Go and look there: a reload does not send the form again."""
    response = redirect(url)
    response.status_code = 303
    return response


def _entries(request: Request, case: Case) -> list[JournalEntry]:
    addenda = JournalEntry.objects.select_related("author").order_by("written_at")
    found = case.journal.filter(corrects=None).select_related("author").prefetch_related(Prefetch("addenda", addenda))
    entries = list(found if "journal" in request.GET else found[: ENTRIES_SHOWN + 1])
    for entry in entries:
        entry.may_change = permissions.answer(request.user, Action.CHANGE_ENTRY, entry)  # type: ignore[attr-defined]
        entry.may_correct = permissions.answer(request.user, Action.ADD_ADDENDUM, entry)  # type: ignore[attr-defined]
    return entries


def _shares(model: Any, case: Case, receiver: str) -> list[Any]:
    return list(model.shares.current().filter(content_object=case).select_related(receiver, "given_by", "permission"))
