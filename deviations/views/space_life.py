"""The life of a space that was given: looking back on it with its figures, and going on with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deviations import permissions, room
from deviations.forms.spaces import SpaceEvaluationForm
from deviations.models import DiscretionarySpace
from deviations.models.space_life import Verdict
from deviations.services import evaluating_space, renewing
from deviations.workflow import SpaceAction
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .spaces import of_person, space_page
from .writing import see

AND_THEN = (Verdict.CHANGE, Verdict.WIDEN, Verdict.NARROW)


def evaluate(request: Request, pk: UUID) -> HttpResponse:
    """What the space did, in figures, and what comes of it."""
    found = of_person(request, pk)
    may = permissions.answer_with_space(request.user, SpaceAction.EVALUATE, found)
    if request.method != "POST" and not may:
        raise Http404
    key = f"deviations:space-evaluation:{pk}"
    form = bound_or_drafted(request, SpaceEvaluationForm, key, space=found)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        evaluating_space.look_back(space=found, by=request.user, today=timezone.localdate(), **form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, form, status=409, refusal=refusal.reason)
    Draft.discard(request.user, key)
    return _go_on(request, found, form.cleaned_data["verdict"])


@require_POST
def renew(request: Request, pk: UUID) -> HttpResponse:
    """A draft of the same room with new dates."""
    found = of_person(request, pk)
    try:
        following = renewing.renew(space=found, by=request.user)
    except Refused as refusal:
        return space_page(request, found, status=409, refusal=refusal.reason)
    messages.success(
        request, _("Draft %(number)s goes on with the same room. Look at it, and grant it.") % _of(following)
    )
    return see(_draft_or_space(following))


def _go_on(request: Request, found: DiscretionarySpace, verdict: str) -> HttpResponse:
    """Something else is to become of it: then the draft of that is ready at once."""
    if verdict not in AND_THEN:
        messages.success(request, _("The look back is kept. Who holds this space reads it."))
        return see(found.get_absolute_url())
    following = renewing.renew(space=found, by=request.user, at_once=True)
    messages.success(
        request,
        _("The look back is kept. Change draft %(number)s as you want it; granting it ends the old one.")
        % _of(following),
    )
    return see(_draft_or_space(following))


def _of(space: DiscretionarySpace) -> dict[str, Any]:
    return {"number": space.number}


def _draft_or_space(space: DiscretionarySpace) -> str:
    return reverse("deviations:space-edit", args=[space.pk])  # which leads on to the space when it is no draft


def _page(
    request: Request, found: DiscretionarySpace, form: SpaceEvaluationForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "space": found,
        "room": room.room(found),
        "sentence": room.of_stored(found),
        "figures": room.figures(evaluating_space.figures(found).frozen()),
        "evaluations": found.evaluations.select_related("by"),
        "form": form,
    }
    return show(request, "deviations/space_evaluate.html", context | more, status=status)
