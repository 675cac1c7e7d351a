"""Looking at a text while somebody types it: nothing of it is kept or logged."""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from organisation.checking import REPLACE, doubt_of, taken_out
from organisation.pages import Request, show

LONGEST = 50_000  # characters; the longest text of any form is much shorter


@sensitive_post_parameters("text", REPLACE)
@require_POST
def check(request: Request) -> HttpResponse:
    """What in this text may point to a person, as its field shows it; empty when there is nothing."""
    field = request.POST.get("field", "")
    doubt = doubt_of(field, _text(request), request.POST.getlist("stays"))
    return show(request, "django/forms/doubt.html", {"doubt": doubt, "id": f"id_{field}"}) if doubt else HttpResponse()


@sensitive_post_parameters("text", REPLACE)
@require_POST
def take_out(request: Request) -> HttpResponse:
    """The text with a neutral word in the place of what the button asked for."""
    token = request.POST.get(REPLACE, "").rpartition(":")[2]
    return HttpResponse(taken_out(_text(request), token), content_type="text/plain; charset=utf-8")


def _text(request: Request) -> str:
    return request.POST.get("text", "")[:LONGEST]
