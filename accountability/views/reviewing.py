"""Rounds of reviews and single reviews: the list, drawing, following and closing a round, reviewing and responding."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accountability.forms.reviewing import AnswerForm, ResponseForm
from accountability.models import Review
from accountability.models.dossiers import dossiers_for
from accountability.permissions import dossiers as dossier_permissions
from accountability.permissions import reviewing as permissions
from accountability.services import reading_dossiers, reviewing, telling_reviews
from accountability.services.reading_dossiers import Dossier
from accountability.workflow.reviewing import REVIEW_MOVES, ReviewAction, RoundAction
from deviations.models import DiscretionarySpace
from organisation.drafting import drafted, kept
from organisation.kernel import moves
from organisation.kernel.access import Refused
from organisation.models import AccessBasis, AccessEvent, AccessWay, Draft
from organisation.pages import Request, show

FORMS: dict[ReviewAction, Any] = {ReviewAction.ANSWER: AnswerForm, ReviewAction.RESPOND: ResponseForm}


@require_safe
def block_reviews(request: Request) -> HttpResponse:
    """What concerns me, for the first screen."""
    return show(request, "accountability/block_reviews.html", {"waiting": telling_reviews.waiting_for(request.user)})


@require_safe
def reviews_of_space(request: Request, pk: UUID) -> HttpResponse:
    """What reviews said of the uses of a space, for who looks back on it."""
    visible = DiscretionarySpace.objects.visible_to(request.user)
    space = get_object_or_404(visible.filter(team__in=request.user.standing.leads), pk=pk)
    context = {"space": space, "reviews": telling_reviews.of_space(space)}
    return show(request, "accountability/reviews_of_space.html", context, part="block")


@require_safe
def review(request: Request, pk: UUID) -> HttpResponse:
    """One review: with the dossier for who must answer, with the answer for everybody else concerned."""
    return _page(request, _one(request, pk))


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """The reviewer says what they think of it."""
    done = _("Thank you. The author hears what you think, without your name.")
    return _sent(request, pk, ReviewAction.ANSWER, reviewing.answer, done)


@require_POST
def respond(request: Request, pk: UUID) -> HttpResponse:
    """The author responds."""
    return _sent(request, pk, ReviewAction.RESPOND, reviewing.respond, _("Your response is kept with the review."))


@require_POST
def step_aside(request: Request, pk: UUID) -> HttpResponse:
    """The reviewer leaves it to somebody else."""
    return _moved(
        request, pk, reviewing.step_aside, _("Somebody else reviews it."), reverse("accountability:review-list")
    )


@require_POST
def reassign(request: Request, pk: UUID) -> HttpResponse:
    """Internal control gives it to somebody else."""
    found = _one(request, pk)
    return _moved(request, pk, reviewing.reassign, _("Somebody else reviews it."), found.round.get_absolute_url())


def _sent(request: Request, pk: UUID, action: ReviewAction, service: Callable[..., Review], done: str) -> HttpResponse:
    found = _one(request, pk)
    form = kept(FORMS[action](request.POST), _key(action, found))
    if not form.is_valid():
        return _page(request, found, form=form, action=action, status=422)
    try:
        service(review=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, form=form, action=action, status=409, refusal=refusal.reason)
    Draft.discard(request.user, _key(action, found))
    messages.success(request, done)
    return _to(found.get_absolute_url())


def _moved(request: Request, pk: UUID, service: Callable[..., Review], done: str, onwards: str) -> HttpResponse:
    found = _one(request, pk)
    try:
        service(review=found, by=request.user)
    except Refused as refusal:
        return _page(request, found, status=409, refusal=refusal.reason)
    messages.success(request, done)
    return _to(onwards)


def _one(request: Request, pk: UUID) -> Review:
    found: Review = get_object_or_404(Review.objects.visible_to(request.user).for_pages(), pk=pk)
    return found


def _page(
    request: Request, found: Review, *, form: Any = None, action: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    possible = moves.possible(REVIEW_MOVES, found.state)
    may = {each.value: permissions.answer_with_review(request.user, each, found) for each in possible}
    forms = {each.value: drafted(request, made(), _key(each, found)) for each, made in FORMS.items() if may.get(each)}
    if action:
        forms[action.value] = form
    controls = bool(permissions.answer_with_round(request.user, RoundAction.CLOSE))
    dossier = _dossier(request, found)
    context = {
        "review": found,
        "dossier": dossier,
        "controls": controls,
        "has_dossier": not dossier and dossiers_for(request.user).filter(pk=found.deviation_id).exists(),
        "may": may,
        "forms": forms,
        "sees_reviewer": controls or found.reviewer_id == request.user.pk,
    }
    return show(request, "accountability/review.html", context | more, status=status)


def _dossier(request: Request, found: Review) -> Dossier | None:
    """For who must answer, and only until then; that it was read is written down."""
    if found.reviewer_id != request.user.pk:
        return None
    deviation = dossiers_for(request.user).filter(pk=found.deviation_id).first()
    scope = dossier_permissions.scope_of(request.user, deviation) if deviation else None
    if deviation is None or scope is None:
        return None
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE, basis=AccessBasis.REVIEWER)
    return reading_dossiers.read(deviation, scope, decision=found.decision)


def _key(action: ReviewAction, found: Review) -> str:
    return f"accountability:{action}:{found.pk}"


def _to(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})
