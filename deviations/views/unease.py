"""“Dit voelt niet goed”: saying it, the lists of it, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.models import Case
from cases.paging import Page
from deviations import permissions
from deviations.forms.unease import GoOnForm, ReplyForm, UneaseForm
from deviations.models import Unease
from deviations.services import speaking_up
from deviations.workflow import UneaseAction
from organisation.drafting import bound_or_drafted, drafted, kept
from organisation.kernel.access import Refused
from organisation.models import Draft, Role
from organisation.pages import Request, show

from .writing import see, uuid_of

SHOWN = 8


@require_GET
def unease_list(request: Request) -> HttpResponse:
    """My signs and what became of them; or those I may answer, the unanswered first."""
    return show(request, "deviations/unease_list.html", _listed(request))


@require_GET
def block_unease(request: Request) -> HttpResponse:
    """The newest of them, for the first screen."""
    return show(request, "deviations/unease_list.html#block", _listed(request))


def _listed(request: Request) -> dict[str, Any]:
    answers = request.user.has_role(Role.MANAGER, Role.POLICY_OFFICER)
    of_others = answers and (request.GET.get("of") == "others" or not request.user.has_role(Role.CASEWORKER))
    found = Unease.objects.visible_to(request.user).for_pages()
    rows = found.exclude(author=request.user) if of_others else found.filter(author=request.user)
    page = Page(rows.order_by("-at", "-pk"), request.GET.get("page"))
    return {
        "of_others": of_others,
        "both": answers and request.user.has_role(Role.CASEWORKER),
        "page": page,
        "unanswered": rows.unanswered()[:SHOWN] if of_others else (),
        "newest": page.rows[:SHOWN],
        "names_people": not request.user.has_role(Role.POLICY_OFFICER),
        "may_voice": permissions.answer_with_unease(request.user, UneaseAction.VOICE, None),
    }


def unease_new(request: Request) -> HttpResponse:
    """One field."""
    may = permissions.answer_with_unease(request.user, UneaseAction.VOICE, None)
    if not may:
        raise Http404
    case = _case(request)
    key = f"deviations:unease:{case.pk if case else 'new'}"
    form = bound_or_drafted(request, UneaseForm, key, by=request.user, case=case)
    context: dict[str, Any] = {"form": form, "case": case}
    if request.method != "POST" or not form.is_valid():
        return show(request, "deviations/unease_new.html", context, status=422 if form.is_bound else 200)
    try:
        said = speaking_up.speak_up(by=request.user, case=case, **form.cleaned_data)
    except Refused as refusal:
        return show(request, "deviations/unease_new.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("Thank you for saying so. You hear what becomes of it."))
    return see(said.get_absolute_url())


@require_GET
def unease(request: Request, pk: UUID) -> HttpResponse:
    """One sign, with the answers to it."""
    return _page(request, _of_person(request, pk))


@require_POST
def unease_reply(request: Request, pk: UUID) -> HttpResponse:
    """Say back what happens with it."""
    found = _of_person(request, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, reply_form=form)
    try:
        speaking_up.reply(unease=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, status=409, reply_form=form, refusal=refusal.reason)
    Draft.discard(request.user, _reply_key(found))
    messages.success(request, _("Your answer is sent."))
    return see(found.get_absolute_url())


@require_POST
def unease_deviate(request: Request, pk: UUID) -> HttpResponse:
    """Go on with it as a deviation: a draft with the text in it."""
    found = _of_person(request, pk)
    form = GoOnForm(request.POST, by=request.user, case=found.case)
    may = permissions.answer_with_unease(request.user, UneaseAction.DEVIATE, found)
    if not may:
        return _page(request, found, status=409, refusal=may.reason)
    if not form.is_valid():
        return _page(request, found, status=422, go_on_form=form)
    try:
        begun = speaking_up.begin_deviation(unease=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, status=409, go_on_form=form, refusal=refusal.reason)
    return see(reverse("deviations:edit", args=[begun.pk]))


def _page(request: Request, found: Unease, *, status: int = 200, **more: Any) -> HttpResponse:
    by = request.user
    sees_case = found.case_id is not None and Case.objects.visible_to(by).filter(pk=found.case_id).exists()
    key = _reply_key(found)
    context = {
        "unease": found,
        "case": found.case if sees_case else None,
        "names_people": found.author_id == by.pk or found.team_id in by.standing.leads,
        "sees_deviation": found.author_id == by.pk,
        "may_reply": permissions.answer_with_unease(by, UneaseAction.ACT, found),
        "may_deviate": permissions.answer_with_unease(by, UneaseAction.DEVIATE, found),
        "go_on_form": GoOnForm(by=by, case=found.case),
    }
    sent = more.get("reply_form")
    more["reply_form"] = kept(sent, key) if sent else drafted(request, ReplyForm(), key)
    return show(request, "deviations/unease.html", context | more, status=status)


def _of_person(request: Request, pk: UUID) -> Unease:
    rows = Unease.objects.visible_to(request.user).for_pages().select_related("case")
    return get_object_or_404(rows, pk=pk)


def _case(request: Request) -> Case | None:
    """The case it is about, when it was begun from one."""
    if not (asked := request.GET.get("case")):
        return None
    return get_object_or_404(Case.objects.visible_to(request.user), pk=uuid_of(asked))


def _reply_key(found: Unease) -> str:
    return f"deviations:unease-reply:{found.pk}"
