"""Writing a deviation: the form, saving while typing, and the live answer to “May I?”."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.workflow import State as CaseState
from deviations import permissions
from deviations.forms.writing import MORE, DeviationForm
from deviations.models import Deviation
from deviations.services import assessing, recording, submitting, telling
from deviations.services.assessing import Terms
from deviations.services.recording import case_of
from deviations.services.submitting import Incomplete
from deviations.workflow import Action, State
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.models import Role
from organisation.pages import Request, show

PAGE = "deviations/write.html"
CHOICES = 25


def new(request: Request) -> HttpResponse:
    """A new deviation about a case; without one, the choice of a case."""
    if not request.user.has_role(Role.CASEWORKER):
        raise Http404
    sent = request.GET.get("case") or request.POST.get("case")
    if not sent:
        open_cases = Case.objects.workable_by(request.user).exclude(state=CaseState.CLOSED)
        return show(request, "deviations/choose_case.html", {"cases": open_cases[:CHOICES]})
    return _write(request, _subject(request, _uuid(sent), _uuid(request.POST.get("draft") or str(new_id()))))


def edit(request: Request, pk: UUID) -> HttpResponse:
    """An own draft."""
    deviation = _own(request, pk)
    if request.method != "POST" and deviation.state != State.DRAFT:
        return see(deviation.get_absolute_url())
    return _write(request, deviation)


@require_POST
def autosave(request: Request, pk: UUID) -> HttpResponse:
    """Save what is typed, by itself; answers with one sentence."""
    deviation = _subject(request, _uuid(request.POST.get("case")), pk)
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    form.is_valid()
    try:
        _keep(request, deviation, form, typing=True)
    except Refused as refusal:
        return HttpResponse(str(refusal.reason), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(form.saved_sentence(), content_type="text/plain; charset=utf-8")


@require_POST
def may_i(request: Request) -> HttpResponse:
    """“May I?” while typing: nothing is saved."""
    deviation = _subject(request, _uuid(request.POST.get("case")), _uuid(request.POST.get("draft")))
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    form.is_valid()
    context = _context(request, deviation, form, *form.as_typed())
    # The errors of what is half typed are shown when it is sent.
    return show(request, PAGE, context, part="may_i")


def _write(request: Request, deviation: Deviation) -> HttpResponse:
    if request.method != "POST":
        may = permissions.answer(request.user, Action.EDIT, deviation)
        form = DeviationForm(instance=deviation, case=case_of(deviation))
        context = _context(request, deviation, form, deviation, _stored(deviation))
        return show(request, PAGE, context if may else context | {"refusal": may.reason}, status=200 if may else 409)
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    status, refusal = 422, ""
    if form.is_valid():
        try:
            deviation = _keep(request, deviation, form)
            return _go_on(request, deviation, form)
        except Incomplete as incomplete:
            form.ask_for(incomplete.fields)
        except Refused as refused:
            status, refusal = 409, str(refused.reason)
    context = _context(request, deviation, form, *form.as_typed())
    if refusal:  # keep the version that was read, or a second press would write over what was saved meanwhile
        context |= {"refusal": refusal, "seen": request.POST.get("version")}
    return show(request, PAGE, context, status=status)


def _keep(request: Request, deviation: Deviation, form: DeviationForm, *, typing: bool = False) -> Deviation:
    """Begin the draft, or save it."""
    written = form.written()
    if deviation._state.adding:
        return recording.begin(case=case_of(deviation), by=request.user, fields=written, pk=deviation.pk)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else None
    return recording.save_draft(deviation=deviation, by=request.user, fields=written, version=version, typing=typing)


def _go_on(request: Request, deviation: Deviation, form: DeviationForm) -> HttpResponse:
    """What the button asked for, after saving."""
    asked = request.POST.get("action", "submit")
    if asked == "submit":
        sent = submitting.submit(deviation=deviation, by=request.user, reply=form.cleaned_data["reply"])
        messages.success(request, _done_sentence(sent))
        return see(sent.get_absolute_url())
    messages.success(request, _("Draft %(number)s is saved.") % {"number": deviation.number})
    return see(reverse("deviations:edit", args=[deviation.pk]) + ("#may-i" if asked == "look" else ""))


def _done_sentence(deviation: Deviation) -> str:
    words = {"number": deviation.number, "space": deviation.space}
    if deviation.space:
        return _("%(number)s is agreed at once, by space %(space)s.") % words
    if deviation.state == State.RECORDED:
        return _("%(number)s is recorded.") % words
    return _("%(number)s is sent to the manager.") % words


def _context(
    request: Request, deviation: Deviation, form: DeviationForm, typed: Deviation, terms: Terms
) -> dict[str, Any]:
    weighing = assessing.weigh(typed, terms)
    form.mark_needed({"routine", "reply", *weighing.required})
    found = assessing.answers(assessing.spaces_of(request.user, typed), typed, terms, request.user)
    return {
        "deviation": deviation,
        "case": deviation.case,
        "is_new": deviation._state.adding,
        "seen": deviation.version,
        "form": form,
        "more": [form[name] for name in MORE],
        "more_open": bool(weighing.required & set(MORE)) or any(form[name].errors for name in MORE),
        "typed": typed,
        "weighing": weighing,
        "missing": [form[name] for name in assessing.missing(typed, terms, weighing.required)],
        "answers": found,
        "covers": found[0] if found and found[0].covers else None,
        "managers": telling.managers_of(typed),
        "due": submitting.due(typed, timezone.now()),
        "question": None if deviation._state.adding else submitting.open_question(deviation),
    }


def _stored(deviation: Deviation) -> Terms:
    return Terms((), has_causes=False) if deviation._state.adding else Terms.of(deviation)


def _subject(request: Request, case_pk: UUID, pk: UUID) -> Deviation:
    """The own draft with this key, or a new one about a case this person works on."""
    if Deviation.objects.filter(pk=pk).exists():
        return _own(request, pk)
    case = get_object_or_404(Case.objects.workable_by(request.user).select_related("team"), pk=case_pk)
    return Deviation(pk=pk, case=case, author=request.user, team=case.team, policy_domain_id=case.policy_domain_id)


def _own(request: Request, pk: UUID) -> Deviation:
    rows = Deviation.objects.visible_to(request.user).filter(author=request.user)
    return get_object_or_404(rows.select_related("case", "team", "routine", "routine_version"), pk=pk)


def _uuid(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as wrong:
        raise Http404 from wrong


def see(url: str) -> HttpResponseRedirect:
    """Go and look there (303), so that reloading does not send the form again."""
    return HttpResponseRedirect(url, status=303)
