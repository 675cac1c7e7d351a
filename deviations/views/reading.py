"""Reading deviations: the list, the page of one, and those of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cases.models import Case
from cases.paging import Page
from deviations import permissions
from deviations.course import course_of
from deviations.forms.listing import FilterForm
from deviations.models import Deviation
from deviations.services import assessing
from deviations.services.assessing import Terms
from deviations.workflow import MOVES, Action, State
from organisation.kernel import moves
from organisation.kernel.access import NOT_YOUR_ROLE
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request, show

DRAFTS = 8
# The four answers are one button here: the page where they are given.
ONE_BUTTON = (Action.EDIT, Action.TAKE_BACK, Action.WITHDRAW, Action.AGREE, Action.EVALUATE)
RECORD = (
    "if_followed", "instead", "why_here", "purpose_served", "alternatives", "residents_view", "tension",
)  # fmt: skip


@require_GET
def deviation_list(request: Request) -> HttpResponse:
    """What this person may see, newest first; my drafts apart."""
    form = FilterForm(request.GET, user=request.user)
    rows = form.narrow(Deviation.objects.visible_to(request.user)).for_pages()
    page = Page(rows.order_by("-created_at", "-id"), request.GET.get("page"))
    drafts = Deviation.objects.filter(author=request.user, state=State.DRAFT).for_pages()[:DRAFTS]
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
    return show(request, "deviations/deviation.html", facts(request, deviation) | more, status=status)


def facts(request: Request, deviation: Deviation) -> dict[str, Any]:
    """What pages about one deviation show."""
    terms = Terms.of(deviation)
    sees_case = Case.objects.visible_to(request.user).filter(deviations=deviation).exists()
    return {
        "deviation": deviation,
        "case": deviation.case if sees_case else None,
        "record": [(deviation._meta.get_field(name), getattr(deviation, name)) for name in RECORD],
        "weighing": assessing.weigh(deviation, terms),
        "grounds": terms.grounds,
        "causes": deviation.causes.all(),
        "life_domains": deviation.life_domains.all(),
        "decision": deviation.decisions.filter(voided_at=None).select_related("by", "space").first(),
        "messages_about": deviation.messages.select_related("by"),
        "evaluation": getattr(deviation, "evaluation", None),
        "steps": course_of(deviation),
        "may": _may(request, deviation),
    }


def _may(request: Request, deviation: Deviation) -> dict[str, Any]:
    """For each button that belongs to this state and the role of the reader: open, or closed with the reason."""
    possible = moves.possible(MOVES, deviation.state)
    answers = {
        action.value: permissions.answer(request.user, action, deviation) for action in ONE_BUTTON if action in possible
    }
    return {name: answer for name, answer in answers.items() if answer.reason is not NOT_YOUR_ROLE}
