"""All addresses: one line for each app, and the few pages where apps meet."""

from collections.abc import Callable

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from config import views


def _open_page(template: str) -> Callable[..., HttpResponseBase]:
    """A page of words, also for who is not signed in."""
    return login_not_required(TemplateView.as_view(template_name=template))


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accessibility/", _open_page("pages/accessibility.html"), name="accessibility"),
    path("house-style.css", views.house_style, name="house_style"),
    path("privacy/", _open_page("pages/privacy.html"), name="privacy"),
    path("", include("organisation.urls")),
    path("", include("cases.urls")),
    path("", include("deviations.urls")),
    path("", include("learning.urls")),
    path("", include("accountability.urls")),
]
