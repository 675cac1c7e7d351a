"""Signing in, and the switch of language."""

from urllib.parse import urlencode, urlsplit

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import check_for_language
from django.views.csrf import csrf_failure
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language

from organisation import unsent
from organisation.pages import Request
from organisation.services import choosing_preferences


@login_not_required
def login(request: Request) -> HttpResponseBase:
    """The sign-in page. A part of a page that finds its session ended gets the whole browser here, not itself."""
    if request.htmx and not request.user.is_authenticated:
        came_from = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        elsewhere = HttpResponse()
        elsewhere["HX-Redirect"] = f"{reverse('account_login')}?{urlencode({'next': came_from})}"
        return elsewhere
    page: HttpResponseBase = account.login(request)
    return page


def old_token(request: Request, reason: str = "") -> HttpResponseBase:
    """A form from before somebody signed in again: its text comes back, to be sent once more."""
    fields = unsent.fields_of(request)
    return unsent.give_back(request, fields, status=403) if fields else csrf_failure(request, reason=reason)


@login_not_required
def language(request: Request) -> HttpResponseBase:
    """Switch language: in a cookie, and for who is signed in also with their preferences."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if request.user.is_authenticated and chosen in {"nl", "en"} and check_for_language(chosen):
        choosing_preferences.speak(by=request.user, language=chosen)
    return set_language(request)
