"""Writing a deviation: the form, saving while typing, and the live answer to “May I?”."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.workflow import State as CaseState
from deviations import advice, decided, permissions
from deviations.forms.parts import form_parts, ground_choices, names_with_fields
from deviations.forms.writing import DeviationForm
from deviations.models import Deviation
from deviations.models.deviations import Kind
from deviations.rules.comparing import Leaning
from deviations.rules.parts import NAMES
from deviations.services import assessing, hearing, recording, submitting, telling
from deviations.services.assessing import Terms
from deviations.services.finding_precedents import Subject
from deviations.services.recording import case_of
from deviations.services.submitting import Incomplete
from deviations.workflow import Action, State
from organisation.comparing import compared, set_against, took_over
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.ids import new_id
from organisation.models import Role
from organisation.pages import Request, require_same_person, show
from organisation.views.drafts import told

from .precedents import Beside, beside

PAGE = "deviations/write.html"
CHOICES = 25
MOST_BEGUN = 3
# What is drawn again while somebody types, by the place it goes to.
PARTS = {"may-i": "live", "grounds": "grounds", "routine-text": "routine_text"}


def new(request: Request) -> HttpResponse:
    """A new deviation about a case; without one, the choice of a case."""
    if not request.user.has_role(Role.CASEWORKER):
        raise Http404
    sent = request.GET.get("case") or request.POST.get("case")
    if not sent:
        open_cases = Case.objects.workable_by(request.user).exclude(state=CaseState.CLOSED)
        return show(request, "deviations/choose_case.html", {"cases": open_cases[:CHOICES]})
    deviation = _subject(request, uuid_of(sent), uuid_of(request.POST.get("draft") or str(new_id())))
    if deviation._state.adding and request.method != "POST":
        recording.expect_routine(deviation)
    return _write(request, deviation)


def edit(request: Request, pk: UUID) -> HttpResponse:
    """An own draft."""
    deviation = own(request, pk)
    if request.method != "POST" and deviation.state != State.DRAFT:
        return see(deviation.get_absolute_url())
    return _write(request, deviation)


@require_POST
def autosave(request: Request, pk: UUID) -> HttpResponse:
    """Save what is typed, by itself; answers with one sentence."""
    deviation = _subject(request, uuid_of(request.POST.get("case")), pk)
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    form.is_typing = True
    form.is_valid()
    try:
        require_same_person(request)
        _keep(request, deviation, form, typing=True)
    except Refused as refusal:
        return told(str(refusal.reason), status=409)
    now = timezone.localtime().strftime("%H:%M")
    return told(
        _("Draft saved at %(time)s") % {"time": now}, left_out=form.errors, at=reverse("deviations:edit", args=[pk])
    )


@require_POST
def may_i(request: Request) -> HttpResponse:
    """“May I?” while typing: nothing is saved."""
    deviation = _subject(request, uuid_of(request.POST.get("case")), uuid_of(request.POST.get("draft")))
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    form.is_valid()
    context = _context(request, deviation, form, *form.as_typed())
    # The errors of what is half typed are shown when it is sent.
    return show(request, PAGE, context, part=PARTS.get(request.htmx.target or "", "live"))


def _write(request: Request, deviation: Deviation) -> HttpResponse:
    if request.method != "POST":
        may = permissions.answer(request.user, Action.EDIT, deviation)
        form = DeviationForm(instance=deviation, case=case_of(deviation))
        if deviation._state.adding:
            form.start_typing_at("if_followed" if deviation.routine_id else "routine")
        context = _context(request, deviation, form, deviation, _stored(deviation))
        return show(request, PAGE, context if may else context | {"refusal": may.reason}, status=200 if may else 409)
    form = DeviationForm(request.POST, instance=deviation, case=case_of(deviation))
    # Keep the version that was read, or a second press would write over what was saved meanwhile.
    more: dict[str, Any]
    status, more = 422, {"seen": request.POST.get("version", deviation.version)}
    if not deviation._state.adding and took_over(form, form.of(deviation.pk), recording.CHANGED_MEANWHILE):
        status = 409
        form.is_valid()
    elif form.is_valid():
        try:
            deviation = _keep(request, deviation, form)
            return _go_on(request, deviation, form)
        except Incomplete as incomplete:
            form.ask_for(incomplete.fields)
            more = {}
        except ChangedMeanwhile as overtaken:
            set_against(form, form.of(deviation.pk), overtaken.reason)
            status, more = 409, {"seen": overtaken.now.version}
        except Refused as refused:
            status, more = 409, more | {"refusal": refused.reason}
    return show(request, PAGE, _context(request, deviation, form, *form.as_typed()) | more, status=status)


def _keep(request: Request, deviation: Deviation, form: DeviationForm, *, typing: bool = False) -> Deviation:
    """Begin the draft, or save it."""
    by, written, window = request.user, form.written() | form.distinction(), request.POST.get("_page", "")[:36]
    if deviation._state.adding:
        typed_in = window if typing else ""
        return recording.begin(case=case_of(deviation), by=by, fields=written, pk=deviation.pk, typed_in=typed_in)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() else None
    save = partial(recording.save_draft, deviation=deviation, by=by, fields=written, typing=typing)
    try:
        return save(version=version, window=window)
    except ChangedMeanwhile as overtaken:
        if typing or compared(form, form.of(deviation.pk)):
            raise
        return save(version=overtaken.now.version)  # the same text: an answer that got lost


def _go_on(request: Request, deviation: Deviation, form: DeviationForm) -> HttpResponse:
    """What the button asked for, after saving."""
    asked = request.POST.get("action", "submit")
    if asked == "submit":
        sent = submitting.submit(deviation=deviation, by=request.user, reply=form.cleaned_data["reply"])
        messages.success(request, _done_sentence(sent))
        return see(sent.get_absolute_url())
    messages.success(request, _("Draft %(number)s is saved.") % {"number": deviation.number})
    if asked == "ask":
        return see(reverse("deviations:advice-ask", args=[deviation.pk]))
    return see(reverse("deviations:edit", args=[deviation.pk]) + ("#may-i" if asked == "look" else ""))


def _done_sentence(deviation: Deviation) -> str:
    words = {"number": deviation.number, "space": deviation.space}
    if deviation.space:
        return _("%(number)s is agreed at once, by space %(space)s.") % words
    if deviation.state == State.RECORDED:
        return _("%(number)s is recorded.") % words
    if not (asked := telling.managers_of(deviation)):
        return _("%(number)s is sent, but nobody can answer it now. The administrator has been told.") % words
    return _("%(number)s is sent to %(names)s.") % (words | {"names": ", ".join(map(str, asked))})


def _context(
    request: Request, deviation: Deviation, form: DeviationForm, typed: Deviation, terms: Terms
) -> dict[str, Any]:
    weighing = assessing.weigh(typed, terms)
    form.mark_needed({"routine", "reply", *weighing.required})
    found = assessing.answers(assessing.spaces_of(request.user, typed), typed, terms, request.user)
    stock = assessing.take_stock(typed, terms, weighing.required)
    compared: Any = SimpleLazyObject(lambda: beside(request.user, _compared(form, typed, terms)))
    return {
        "deviation": deviation,
        "case": deviation.case,
        "is_new": deviation._state.adding,
        "seen": deviation.version,
        "form": form,
        "parts": SimpleLazyObject(lambda: form_parts(form, weighing, stock, found)),
        "grounds": SimpleLazyObject(lambda: ground_choices(form, typed.source_type, typed.policy_domain.code)),
        "typed": typed,
        "weighing": weighing,
        "standing": assessing.standing(typed, terms, weighing),
        "missing": SimpleLazyObject(lambda: [*names_with_fields(form, stock.missing), *_unsaid(form, typed, compared)]),
        "there": [NAMES[name] for name in (*stock.there, *stock.more)],
        "answers": found,
        "covers": found[0] if found and found[0].covers else None,
        "managers": telling.managers_of(typed),
        "due": submitting.due(typed, timezone.now()),
        # Only asked for where it is shown: the live answer while typing does without.
        "earlier": SimpleLazyObject(lambda: decided.earlier(deviation)),
        "begun": _begun(request, deviation),
        "question": None if deviation._state.adding else submitting.open_question(deviation),
        "precedents": compared,
        "card": partial(advice.card, deviation, request.user, weighing.advice),  # asked for by the whole page only
        "lacks": hearing.lacking(typed, weighing.advice, grounds=terms.grounds, board=True),
    }


def _begun(request: Request, deviation: Deviation) -> Any:
    """Own drafts about the same case, for who begins another."""
    drafts = Deviation.objects.filter(case=deviation.case, author=request.user, state=State.DRAFT)
    return drafts.order_by("-created_at")[:MOST_BEGUN] if deviation._state.adding else ()


def _compared(form: DeviationForm, typed: Deviation, terms: Terms) -> Subject:
    if form.is_bound:
        return Subject(typed, terms.grounds, tuple(form.cleaned_data.get("life_domains", ())))
    return Subject(typed, (), ()) if typed._state.adding else Subject.of(typed)


def _unsaid(form: DeviationForm, typed: Deviation, compared: Beside) -> list[tuple[Any, Any]]:
    """What makes this one different, as long as it is asked and not said."""
    asked = typed.kind == Kind.MADE and compared.leaning == Leaning.REFUSED.value and not form["differs"].value()
    return [(form["differs"], form["differs"].label)] if asked else []


def _stored(deviation: Deviation) -> Terms:
    return Terms((), has_causes=False) if deviation._state.adding else Terms.of(deviation)


def _subject(request: Request, case_pk: UUID, pk: UUID) -> Deviation:
    """The own draft with this key, or a new one about a case this person works on."""
    if Deviation.objects.filter(pk=pk).exists():
        return own(request, pk)
    case = get_object_or_404(Case.objects.workable_by(request.user).select_related("team"), pk=case_pk)
    return Deviation(pk=pk, case=case, author=request.user, team=case.team, policy_domain_id=case.policy_domain_id)


def own(request: Request, pk: UUID) -> Deviation:
    """The deviation, if this person wrote it."""
    rows = Deviation.objects.visible_to(request.user).filter(author=request.user)
    return get_object_or_404(rows.select_related("case", "team", "routine", "routine_version"), pk=pk)


def uuid_of(text: str | None) -> UUID:
    """A key that came with the request; anything else is not found."""
    try:
        return UUID(text or "")
    except ValueError as wrong:
        raise Http404 from wrong


def see(url: str) -> HttpResponseRedirect:
    """Go and look there (303), so that reloading does not send the form again."""
    return HttpResponseRedirect(url, status=303)
