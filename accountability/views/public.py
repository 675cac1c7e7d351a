"""Pages for everybody, without signing in: only when the municipality switched them on."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accountability.forms.register import RegisterFilter
from accountability.models import Edition, RegisterLine
from accountability.rules.audiences import Audience
from accountability.services import handing_over
from cases.paging import Page
from organisation.files import KINDS

from .register import as_file

View = Callable[..., HttpResponseBase]


def open_when(setting: str) -> Callable[[View], View]:
    """Open to everybody when this setting says so; else an address like any other that does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(settings, setting):
                with override("nl"):
                    response = view(request, *args, **kwargs)
                response.headers["Content-Language"] = "nl"
                return response
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise Http404

        return login_not_required(inner)

    return decorate


@open_when("PUBLIC_ACCOUNTS")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """What the council was told, the newest first."""
    rows = [row for row in Edition.objects.published().for_lists() if row.later is None]
    return render(request, "accountability/public_accounts.html", {"editions": rows})


@open_when("PUBLIC_ACCOUNTS")
@require_safe
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account as the council reads it."""
    found = get_object_or_404(Edition.objects.published(), pk=pk)
    context = {"account": handing_over.drawn(found, Audience.COUNCIL), "organisation": settings.ORGANISATION_NAME}
    return render(request, "accountability/public_account.html", context)


@open_when("PUBLIC_REGISTER")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The lines, newest first."""
    form = RegisterFilter(request.GET)
    page = Page(form.narrow(RegisterLine.objects.public()).for_rows(), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "k": settings.SMALL_CELL_K,
        "filtered": bool(request.GET),
        "kinds": KINDS,
    }
    return render(request, "accountability/public_register.html", context)


@open_when("PUBLIC_REGISTER")
@require_safe
def register_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same for a spreadsheet."""
    return as_file(RegisterFilter(request.GET).narrow(RegisterLine.objects.public()), kind)
