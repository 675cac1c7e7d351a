"""Changing what was decided on, and reading what was decided on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from deviations import decided, permissions
from deviations.forms.revising import RevisionForm
from deviations.models import Decision, Deviation
from deviations.services import assessing, revising
from deviations.services.assessing import Terms
from deviations.services.recording import CHANGED_MEANWHILE, case_of
from deviations.services.revising import Unconfirmed
from deviations.workflow import MOVES, Action, State
from organisation.comparing import set_against, took_over
from organisation.drafting import bound_or_drafted
from organisation.kernel import moves
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import AccessEvent, AccessWay, Draft
from organisation.pages import Request, show

from .writing import own, see

PAGE = "deviations/revise.html"


def revise(request: Request, pk: UUID) -> HttpResponse:
    """The author changes what was decided on; what voids the decision is shown before it happens."""
    deviation = own(request, pk)
    action = Action.ASK_AGAIN if deviation.state == State.REFUSED else Action.REVISE
    if request.method != "POST" and action not in moves.possible(MOVES, deviation.state):
        return see(deviation.get_absolute_url())
    key = f"deviations:revise:{deviation.pk}"
    form = bound_or_drafted(request, RevisionForm, key, instance=deviation, case=case_of(deviation))
    if request.method != "POST":
        form.initial["version"] = deviation.version  # whatever a draft remembers: the difference is shown anyway
        may = permissions.answer(request.user, action, deviation)
        return _page(request, pk, form, refusal=may.reason, status=200 if may else 409)
    if took_over(form, form.of(pk), CHANGED_MEANWHILE):
        return _page(request, pk, form, status=409)
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    try:
        revised = _do(request, deviation, action, form)
    except Unconfirmed as change:
        shown = {"differences": decided.differences(change.before, change.after), "token": change.token}
        return _page(request, pk, form, status=200, **shown)
    except ChangedMeanwhile as overtaken:
        set_against(form, form.of(pk), overtaken.reason, version=overtaken.now.version)
        return _page(request, pk, form, status=409)
    except Refused as refused:
        return _page(request, pk, form, refusal=refused.reason, status=409)
    Draft.discard(request.user, key)
    return _done(request, revised)


def _do(request: Request, deviation: Deviation, action: Action, form: RevisionForm) -> Deviation:
    if action == Action.ASK_AGAIN:
        return revising.ask_again(deviation=deviation, by=request.user, **form.said())
    confirmed = request.POST.get("confirmed", "")
    return revising.revise(deviation=deviation, by=request.user, confirmed=confirmed, **form.said())


@require_GET
def decision(request: Request, pk: UUID) -> HttpResponse:
    """What was decided on, as it was kept, also when the decision no longer counts."""
    rows = Decision.objects.visible_to(request.user)
    beside = ("deviation", "by", "space", "on_behalf_of", "objection__by")
    found = get_object_or_404(rows.select_related(*beside), pk=pk)
    AccessEvent.record(actor=request.user, targets=[found.deviation], way=AccessWay.PAGE)
    context = {
        "decision": found,
        "deviation": Deviation.objects.visible_to(request.user).filter(pk=found.deviation_id).first(),
        "number": found.deviation.number,
        "record": decided.record(found.snapshot),
        "limits": found.snapshot.get("limits", ()),
        "untouched": decided.is_untouched(found),
    }
    return show(request, "deviations/decision.html", context)


def _page(request: Request, pk: UUID, form: RevisionForm, *, status: int, **more: Any) -> HttpResponse:
    """Of the row as it stands, since the form has written in its own copy."""
    deviation = own(request, pk)
    form.mark_needed({"routine", *assessing.weigh(deviation, Terms.of(deviation)).required})
    spendings = deviation.spendings.filter(returned_at__isnull=True)
    decision = deviation.decisions.final().select_related("by", "space", "on_behalf_of").first()
    context = {
        "deviation": deviation,
        "decision": decision,
        "decider": decision.by if decision else deviation.decided_by,
        "spending": spendings.select_related("space").first(),
        "form": form,
        "quick": form.quick(),
        "more": form.more(),
        "more_open": any(field.errors or field.value() for field in form.more()),
        "additions": form.additions(),
    }
    return show(request, PAGE, context | more, status=status)


def _done(request: Request, deviation: Deviation) -> HttpResponse:
    words = {"number": deviation.number}
    if deviation.state != State.DRAFT:
        messages.success(request, _("%(number)s is added to. The decision still counts.") % words)
        return see(deviation.get_absolute_url())
    messages.success(request, _("%(number)s is a draft now. Send it in to get an answer.") % words)
    return see(reverse("deviations:edit", args=[deviation.pk]))
