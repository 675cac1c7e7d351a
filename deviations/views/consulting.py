"""Asking advice about a deviation, and giving it on a page that shows that deviation and nothing else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from deviations import advice, permissions
from deviations.forms.consulting import AskForm, OpinionForm, ReceivedForm, SettleForm
from deviations.models import Consultation, Deviation
from deviations.rules.advising import THREE_OF_THE_TEAM, Kind
from deviations.services import consulting
from deviations.services.recording import case_of
from deviations.workflow import AdviceAction
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Answer, Refused
from organisation.models import AccessBasis, AccessEvent, AccessWay, Draft
from organisation.pages import Request, show

from .reading import deviation_page
from .writing import see

SHOWN = 8


@require_GET
def advice_list(request: Request) -> HttpResponse:
    """What is asked of me, and what was done with the advice I gave: a page, or a block on the work page."""
    asked = Consultation.objects.awaiting_advice_of(request.user).for_pages()
    given = Consultation.objects.answered_by(request.user).for_pages().order_by("-at")
    context = {"asked": asked[:SHOWN], "given": given[:SHOWN]}
    return show(request, "deviations/advice_list.html", context, part="block")


def ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask a colleague, the team or a lawyer."""
    deviation, key = _own(request, pk), f"deviations:ask:{pk}"
    form = bound_or_drafted(
        request, AskForm, key, deviation=deviation, by=request.user, initial=_first(request, deviation)
    )
    context = {"title": _("Ask advice"), "submit": _("Ask"), "button_icon": "send", "three": THREE_OF_THE_TEAM}
    may = permissions.answer_with_advice(request.user, AdviceAction.ASK, deviation)
    if request.method != "POST" or not form.is_valid():
        return _step(request, deviation, form, may, **context)
    try:
        made = consulting.ask(deviation=deviation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _step(request, deviation, form, Answer(False, refusal.reason), **context)
    Draft.discard(request.user, key)
    messages.success(request, _("Your question is sent to %(name)s.") % {"name": made.whom})
    return see(f"{deviation.get_absolute_url()}#conversation")


def receive(request: Request, pk: UUID) -> HttpResponse:
    """Enter legal advice that was given elsewhere."""
    deviation, key = _own(request, pk), f"deviations:received:{pk}"
    form = bound_or_drafted(request, ReceivedForm, key)
    context = {"title": _("Enter legal advice"), "submit": _("Save"), "button_icon": "save"}
    may = permissions.answer_with_advice(request.user, AdviceAction.RECEIVE, deviation)
    if request.method != "POST" or not form.is_valid():
        return _step(request, deviation, form, may, **context)
    try:
        consulting.receive(deviation=deviation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _step(request, deviation, form, Answer(False, refusal.reason), **context)
    Draft.discard(request.user, key)
    return see(f"{deviation.get_absolute_url()}#conversation")


def consultation(request: Request, pk: UUID) -> HttpResponse:
    """The question as who is asked sees it, and their answer."""
    found = get_object_or_404(Consultation.objects.visible_to(request.user).for_pages(), pk=pk)
    key = f"deviations:advice:{pk}"
    form = bound_or_drafted(request, OpinionForm, key)
    if request.method != "POST":
        return _question(request, found, form)
    if not form.is_valid():
        return _question(request, found, form, status=422)
    try:
        consulting.answer(consultation=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _question(request, found, form, status=409, refusal=refusal.reason)
    Draft.discard(request.user, key)
    messages.success(request, _("Thank you. Your advice is sent; you hear what is done with it."))
    return see(found.get_absolute_url())


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """No longer ask."""
    found = _of_author(request, pk)
    try:
        consulting.withdraw(consultation=found, by=request.user)
    except Refused as refusal:
        return deviation_page(request, found.deviation, status=409, refusal=refusal.reason)
    return see(f"{found.deviation.get_absolute_url()}#conversation")


def settle(request: Request, pk: UUID) -> HttpResponse:
    """Say whether the advice was followed."""
    found, key = _of_author(request, pk), f"deviations:followed:{pk}"
    form = bound_or_drafted(request, SettleForm, key)
    may = permissions.answer_with_advice(request.user, AdviceAction.SETTLE, found)
    context: dict[str, Any] = {"title": _("Say what you did with the advice"), "submit": _("Save")}
    context |= {"button_icon": "save", "opinions": found.opinions.select_related("by")}
    if request.method != "POST" or not form.is_valid():
        return _step(request, found.deviation, form, may, **context)
    try:
        consulting.settle(consultation=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _step(request, found.deviation, form, Answer(False, refusal.reason), **context)
    Draft.discard(request.user, key)
    return see(f"{found.deviation.get_absolute_url()}#conversation")


def _own(request: Request, pk: UUID) -> Deviation:
    rows = Deviation.objects.visible_to(request.user).filter(author=request.user).for_pages()
    return get_object_or_404(rows.exclude(case=None), pk=pk)


def _of_author(request: Request, pk: UUID) -> Consultation:
    rows = Consultation.objects.visible_to(request.user).filter(author=request.user)
    return get_object_or_404(rows.for_pages().select_related("deviation__case", "deviation__team"), pk=pk)


def _first(request: Request, deviation: Deviation) -> dict[str, Any]:
    """What stands in the form before anything is typed: an earlier question when it is asked again."""
    case = case_of(deviation)
    kind = request.GET.get("kind", "")
    first = {
        "kind": kind if kind in Kind.values else Kind.PEER,
        "story": "\n\n".join(filter(None, (case.question, case.needed))),
    }
    earlier = _earlier(request, deviation)
    if earlier is None:
        return first
    names = ("kind", "asked", "question", "story", "anonymous")
    return first | {name: getattr(earlier, name) for name in names}


def _earlier(request: Request, deviation: Deviation) -> Consultation | None:
    try:
        again = UUID(request.GET.get("again", ""))
    except ValueError:
        return None
    found: Consultation | None = deviation.consultations.filter(pk=again).first()
    return found


def _step(request: Request, deviation: Deviation, form: Any, may: Answer, **more: Any) -> HttpResponse:
    """A form about this deviation, with the text of it beside it."""
    status = 409 if not may else 422 if form.is_bound and not form.is_valid() else 200
    if isinstance(form, AskForm):
        form.mark_needed()
    context = {"deviation": deviation, "form": form, "refusal": "" if may else may.reason, **more}
    return show(request, "deviations/advice_step.html", context, status=status)


def _question(
    request: Request, found: Consultation, form: OpinionForm, *, status: int = 200, refusal: Any = ""
) -> HttpResponse:
    given = found.opinions.filter(by=request.user).first()
    is_author = found.author_id == request.user.pk
    is_asked = Consultation.objects.awaiting_advice_of(request.user).filter(pk=found.pk).exists()
    context: dict[str, Any] = {
        "consultation": found, "form": form, "refusal": refusal, "given": given, "is_asked": is_asked,
    }  # fmt: skip
    if is_asked or is_author:
        basis = AccessBasis.ADVISER if is_asked else AccessBasis.AUTHOR
        AccessEvent.record(actor=request.user, targets=[found.deviation], way=AccessWay.PAGE, basis=basis)
        context["record"] = advice.record(found)
        context["before"] = advice.before(found, request.user) if is_asked else None
    elif given is None:
        raise Http404
    return show(request, "deviations/advice.html", context, status=status)
