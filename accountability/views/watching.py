"""What privacy officer and internal control look at first, as a page of its own and on their first screen."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from accountability.permissions import watching as permissions
from accountability.services import watching
from accountability.workflow.watching import Action
from organisation.pages import Request, show


@require_GET
def access(request: Request) -> HttpResponse:
    """How often case data was opened, and who took data along."""
    _gate(request, Action.READ_ACCESS)
    return show(request, "accountability/access.html", {"week": watching.access_of_week()}, part="block")


@require_GET
def standing(request: Request) -> HttpResponse:
    """How deviations of the last year stand in law."""
    _gate(request, Action.READ_STANDING)
    return show(request, "accountability/standing.html", {"figures": watching.standing_of_year()}, part="block")


def _gate(request: Request, action: Action) -> None:
    if not permissions.answer(request.user, action):
        raise Http404
