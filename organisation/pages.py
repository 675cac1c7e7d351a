"""Answering with a page, or with the part of it that htmx asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.models import User
from organisation.permissions import Action

PAGE = 25  # rows
SOMEBODY_ELSE = _("Somebody else is signed in here now. Your text is not saved; copy it before you close this page.")


class Request(HttpRequest):
    """A request as our views get it: of somebody who is signed in, since the middleware lets nobody else through."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponse]


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The whole page; for htmx only its `{% partialdef %}` named `part`. The same context, so both say the same.

    Status 200, 409 for a refusal shown in place, 422 for bad input.
    """
    name = f"{template}#{part}" if part and getattr(request, "htmx", False) else template
    return render(request, name, context, status=status)


def require_same_person(request: Request) -> None:
    """What is typed is never saved in the name of another, who signed in meanwhile on the same machine.

    A script says whose page it runs in. Raises `Refused`.
    """
    if request.headers.get("X-Person", str(request.user.pk)) != str(request.user.pk):
        raise Refused(SOMEBODY_ELSE)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was sent, also when that is nothing; None when nothing was sent yet."""
    return request.POST if request.method == "POST" else None


def for_administrators(view: View) -> View:
    """To everybody else this address does not exist."""

    @wraps(view)
    def inner(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may(request.user, Action.ADMINISTER):
            raise Http404
        return view(request, *args, **kwargs)

    return inner
