"""Reading deviations: the list, the page of one, and those of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases.models import Case
from cases.paging import Page
from deviations import advice, decided, deliberated, permissions
from deviations.course import course_of
from deviations.forms.answering import ReasonsForm
from deviations.forms.listing import FilterForm
from deviations.models import Deviation
from deviations.rules.parts import ASKS, NAMES
from deviations.services import assessing, explaining
from deviations.services.assessing import Terms
from deviations.waiting import waiting
from deviations.workflow import MOVES, Action, State
from organisation.filtering import saves_views
from organisation.kernel import moves
from organisation.kernel.access import NOT_YOUR_ROLE
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request, show

DRAFTS = 8
# The four answers are one button here: the page where they are given.
ONE_BUTTON = (
    Action.EDIT,
    Action.TAKE_BACK,
    Action.WITHDRAW,
    Action.AGREE,
    Action.REVISE,
    Action.ASK_AGAIN,
    Action.EVALUATE,
)
RECORD = (
    "if_followed", "instead", "why_here", "purpose_served", "alternatives", "residents_view",
)  # fmt: skip


@require_GET
@saves_views("deviations:list", _("Deviations"), lambda user, data: FilterForm(data, user=user))
def deviation_list(request: Request) -> HttpResponse:
    """What this person may see, newest first; my drafts apart."""
    form = FilterForm(request.GET, user=request.user)
    rows = form.narrow(Deviation.objects.visible_to(request.user)).for_rows()
    page = Page(rows, request.GET.get("page"))
    drafts = Deviation.objects.filter(author=request.user, state=State.DRAFT).for_drafts()[:DRAFTS]
    context = {"form": form, "page": page, "drafts": drafts, "filtered": bool(request.GET)}
    return show(request, "deviations/list.html", context)


@require_GET
def deviation(request: Request, pk: UUID) -> HttpResponse:
    """One deviation."""
    return deviation_page(request, of_person(request, pk))


@require_GET
def of_case(request: Request, pk: UUID) -> HttpResponse:
    """The deviations in a case, as a block on its page or a page of its own."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    may_begin = permissions.answer(request.user, Action.EDIT, Deviation(case=case, author=request.user))
    context = {
        "case": case,
        "rows": Deviation.objects.visible_to(request.user).filter(case=case).for_pages(),
        "may_begin": may_begin and Case.objects.workable_by(request.user).filter(pk=case.pk).exists(),
    }
    return show(request, "deviations/of_case.html", context, part="block")


def of_person(request: Request, pk: UUID) -> Deviation:
    """The deviation, if this person may see it."""
    return get_object_or_404(Deviation.objects.visible_to(request.user).for_pages(), pk=pk)


def deviation_page(request: Request, deviation: Deviation, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, after reading or after a refusal; that it was read is logged."""
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE)
    boxes = {"withdraw_form": ReasonsForm(box="withdraw", optional=True), "objection_form": ReasonsForm(box="object")}
    return show(request, "deviations/deviation.html", facts(request, deviation) | boxes | more, status=status)


def facts(request: Request, deviation: Deviation) -> dict[str, Any]:
    """What pages about one deviation show."""
    terms = Terms.of(deviation)
    decision = deviation.decisions.final().select_related("by", "space", "on_behalf_of").first()
    weighing = assessing.weigh(deviation, terms)
    stock = assessing.take_stock(deviation, terms, weighing.required)
    asked_again = decided.asked_again(deviation, request.user) if deviation.state == State.REFUSED else None
    may = {name: answer for name, answer in _may(request, deviation).items() if name != "ask_again" or not asked_again}
    sees_case = Case.objects.visible_to(request.user).filter(deviations=deviation).exists()
    return {
        "deviation": deviation,
        "case": deviation.case if sees_case else None,
        "record": [(_label(name, deviation.kind), getattr(deviation, name)) for name in RECORD],
        "thought": deliberated.groups(deviation, terms.deliberation),
        "landing": deliberated.landing(terms.deliberation),
        "weighing": weighing,
        "standing": None if deviation.register_id else assessing.standing(deviation, terms, weighing),
        "there": [NAMES[name] for name in (*stock.there, *stock.more)],
        "grounds": terms.grounds,
        "causes": deviation.causes.all(),
        "life_domains": deviation.life_domains.all(),
        "decision": decision,
        "asked_again": asked_again,
        "earlier": decided.earlier(deviation),
        "has_letter": explaining.has_letter(deviation, decision),
        "distinctions": deviation.distinctions.filter(said_at__isnull=False).select_related("by"),
        "evaluation": getattr(deviation, "evaluation", None),
        "steps": course_of(deviation),
        "waiting": waiting(deviation),
        "may": may,
        "may_object": _may_object(request, deviation),
        **advice.of_page(deviation, request.user, weighing.advice),
        "may_propose": deviation.author_id == request.user.pk and deviation.routine_id is not None,
    }


def _label(name: str, kind: str) -> Any:
    """A field as its author was asked for it."""
    return ASKS[name][kind] if name in ASKS else NAMES[name]


def _may(request: Request, deviation: Deviation) -> dict[str, Any]:
    """For each button that belongs to this state and the role of the reader: open, or closed with the reason."""
    possible = moves.possible(MOVES, deviation.state)
    answers = {
        action.value: permissions.answer(request.user, action, deviation) for action in ONE_BUTTON if action in possible
    }
    return {name: answer for name, answer in answers.items() if answer.reason is not NOT_YOUR_ROLE}


def _may_object(request: Request, deviation: Deviation) -> Any:
    """The button to object, as long as there is time; for whoever answers, with the reason when it is closed."""
    decision = deviation.decisions.final().filter(objection_until__gt=timezone.now()).first()
    if decision is None or Action.OBJECT not in moves.possible(MOVES, deviation.state):
        return None
    answer = permissions.answer(request.user, Action.OBJECT, deviation)
    return None if answer.reason is NOT_YOUR_ROLE else answer
