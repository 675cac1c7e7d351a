"""Pages of learning questions: the board, one question with its whole story, and every step in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deviations.models import Unease
from learning import permissions
from learning.forms import asking as forms
from learning.models import LearningQuestion, Signal
from learning.services import asking, linking, measuring, picturing, replying, telling
from learning.services.linking import Choice
from learning.workflow import QuestionAction, QuestionState, possible_with_question
from organisation.drafting import bound_or_drafted, drafted
from organisation.kernel.access import Refused
from organisation.kernel.disclosure import hide_count
from organisation.kernel.working_days import add_working_days
from organisation.models import Draft
from organisation.pages import Request, show

USUAL_DAYS = 60  # working days for a new question
CLOSED_SHOWN = 10
ALIKE_SHOWN = 5
Step = tuple[type[forms.StepForm], Callable[..., Any], Any]


def _link(*, question: LearningQuestion, by: Any, **words: Any) -> int:
    return linking.link(question=question, by=by, choice=Choice(**words))


STEPS: dict[QuestionAction, Step] = {
    QuestionAction.INQUIRE: (forms.StepForm, asking.inquire, gettext_lazy("Now it is being looked into.")),
    QuestionAction.LINK: (forms.LinkForm, _link, gettext_lazy("The deviations are added.")),
    QuestionAction.ASK: (
        forms.StepForm,
        telling.ask_for_stories,
        gettext_lazy("Colleagues are asked to tell."),
    ),
    QuestionAction.PROPOSE: (forms.ProposalForm, asking.propose, gettext_lazy("The proposal is kept.")),
    QuestionAction.DECIDE: (forms.DecisionForm, asking.decide, gettext_lazy("The decision is kept.")),
    QuestionAction.CARRY_OUT: (forms.CarriedOutForm, asking.carry_out, gettext_lazy("What was done is kept.")),
    QuestionAction.CHECK: (forms.EffectForm, asking.check, gettext_lazy("The effect is kept.")),
    QuestionAction.REPLY: (forms.ReplyForm, replying.reply, gettext_lazy("The answer is given.")),
    QuestionAction.CLOSE: (forms.StepForm, asking.close, gettext_lazy("The question is closed.")),
    QuestionAction.REOPEN: (forms.ReopenForm, asking.reopen, gettext_lazy("It is being looked into again.")),
}


@require_safe
def board(request: Request) -> HttpResponse:
    """The questions by how far they are."""
    rows = LearningQuestion.objects.visible_to(request.user).for_pages()
    going_on = list(rows.going_on().order_by("due_on", "number"))
    columns = [
        (state, [row for row in going_on if row.state == state])
        for state in QuestionState
        if state != QuestionState.CLOSED
    ]
    context = {
        "columns": columns,
        "closed": rows.filter(state=QuestionState.CLOSED).order_by("-closed_at")[:CLOSED_SHOWN],
        "overdue": sum(row.is_overdue for row in going_on),
        "late_signals": Signal.objects.overdue().count(),
        "empty": not going_on,
        "may_ask": permissions.answer_about_questions(request.user),
    }
    return show(request, "learning/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A new question, perhaps because of a signal."""
    if not permissions.answer_about_questions(request.user):
        raise Http404
    signal, unease, begun = _signal(request), _unease(request), _begun(request)
    key = f"question:new:{getattr(signal or unease, 'pk', None) or slugify(begun.get('title', ''))[:80]}"
    day = add_working_days(timezone.localdate(), USUAL_DAYS)
    initial = {"owner": request.user, "due_on": day, "routine": signal.routine if signal else None, **begun}
    form = bound_or_drafted(request, forms.QuestionForm, key, initial=initial)
    context = {"form": form, "signal": signal, "unease": unease}
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.ask(by=request.user, signal=signal, unease=unease, **form.cleaned_data)
        except Refused as refused:
            return show(request, "learning/question_form.html", context | {"refusal": refused.reason}, status=409)
        Draft.discard(request.user, key)
        messages.success(request, _("The question is open. Its owner is told."))
        return redirect(made)
    return show(request, "learning/question_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def question(request: Request, pk: UUID) -> HttpResponse:
    """The whole story of one question; whoever signalled it has now seen the answer."""
    found = _one(request, pk)
    replying.mark_read(question=found, by=request.user)
    return _page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID) -> HttpResponse:
    """Say the problem better, or hand it over."""
    found = _one(request, pk)
    if not permissions.answer_with_question(request.user, QuestionAction.EDIT, found):
        raise Http404
    key = f"question:{pk}:edit"
    form = bound_or_drafted(request, forms.QuestionForm, key, initial=forms.QuestionForm.of(found))
    context: dict[str, Any] = {"form": form, "question": found}
    if request.method == "POST" and form.is_valid():
        try:
            asking.edit(question=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            return show(request, "learning/question_form.html", context | {"refusal": refused.reason}, status=409)
        Draft.discard(request.user, key)
        return redirect(found)
    return show(request, "learning/question_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def step(request: Request, pk: UUID, action: str) -> HttpResponse:
    """One step further."""
    found = _one(request, pk)
    if action not in STEPS:
        raise Http404
    form_class, service, done = STEPS[QuestionAction(action)]
    form = form_class(request.POST, question=found)
    if not form.is_valid():
        return _page(request, found, status=422, bound={action: form})
    try:
        number = service(question=found, by=request.user, **form.words())
    except Refused as refused:
        return _page(request, found, status=409, refusal=refused.reason, bound={action: form})
    Draft.discard(request.user, _key(found, action))
    messages.success(request, f"{done} {_how_many(number)}" if isinstance(number, int) else done)
    return redirect(found)


def _how_many(number: int) -> str:
    return ngettext("It concerns %(number)d.", "It concerns %(number)d.", number) % {"number": number}


def _page(
    request: Request, found: LearningQuestion, *, status: int = 200, bound: dict[str, Any] | None = None, **extra: Any
) -> HttpResponse:
    found = LearningQuestion.objects.for_pages().select_related("decided_by").get(pk=found.pk)
    possible = [action for action in possible_with_question(found.state) if action in STEPS]
    may = {action: permissions.answer_with_question(request.user, action, found) for action in possible}
    open_to = [action for action in possible if permissions.learns(request.user)]
    measured = measuring.effect_of(found)
    links = found.links
    context = {
        "question": found,
        "may": {action.value: answer for action, answer in may.items()},
        "forms": {action.value: (bound or {}).get(action) or _form(request, found, action) for action in open_to},
        "may_edit": permissions.answer_with_question(request.user, QuestionAction.EDIT, found)
        and found.state in (QuestionState.OPEN, QuestionState.INQUIRY),
        "linked": hide_count(links.count(), settings.SMALL_CELL_K),
        "k": settings.SMALL_CELL_K,
        "teams": links.values("deviation__team").distinct().count(),
        # Told to those who look into it, and to nobody else.
        "stories": links.exclude(story="").order_by("told_at") if permissions.learns(request.user) else (),
        "asked": links.filter(asked_at__isnull=False).count(),
        "signals": Signal.objects.visible_to(request.user).filter(question=found).for_pages(),
        "signs": Unease.objects.visible_to(request.user).filter(question_links__question=found).select_related("team"),
        "alike": _alike(found) if QuestionAction.LINK in open_to else (),
        "measured": measured,
        "picture": picturing.of_effect(measured) if measured else None,
        "effect_words": measuring.in_words(measured) if measured else "",
        "mine": found.replies.filter(signaller=request.user),
        "unanswered": found.unanswered,
    }
    return show(request, "learning/question.html", context | extra, status=status)


def _form(request: Request, found: LearningQuestion, action: QuestionAction) -> forms.StepForm:
    """Empty, or with what this person typed in it before; a button alone has nothing to remember."""
    form_class = STEPS[action][0]
    initial = {"findings": found.findings, "proposal": found.proposal} if action == QuestionAction.PROPOSE else {}
    form = form_class(question=found, initial=initial)
    return drafted(request, form, _key(found, action)) if form.fields else form


def _alike(found: LearningQuestion) -> Any:
    """Open signals about the same routine: they may belong to this question too."""
    rows = Signal.objects.open().filter(routine=found.routine) if found.routine_id else Signal.objects.none()
    return rows.for_pages().most_telling_first()[:ALIKE_SHOWN]


def _key(found: LearningQuestion, action: str) -> str:
    return f"question:{found.pk}:{action}"


def _one(request: Request, pk: UUID) -> LearningQuestion:
    found: LearningQuestion = get_object_or_404(LearningQuestion.objects.visible_to(request.user).for_pages(), pk=pk)
    return found


def _signal(request: Request) -> Signal | None:
    found: Signal | None = _asked_for(request, "signal", Signal.objects.visible_to(request.user).open())
    return found


def _unease(request: Request) -> Unease | None:
    found: Unease | None = _asked_for(request, "unease", Unease.objects.visible_to(request.user))
    return found


def _asked_for(request: Request, name: str, rows: Any) -> Any:
    key = request.GET.get(name)
    if not key:
        return None
    try:
        return get_object_or_404(rows, pk=UUID(key))
    except ValueError as wrong:
        raise Http404 from wrong


def _begun(request: Request) -> dict[str, str]:
    """How another page lets a question begin; whoever opens it still writes what the problem is."""
    longest = {"title": 120, "problem": forms.LONGEST}
    return {name: request.GET[name][:most] for name, most in longest.items() if request.GET.get(name)}
