"""All addresses: one line for each app, and the few pages where apps meet."""

from collections.abc import Callable

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from accountability.views import api as accounts
from config import views
from learning.views import api as figures
from organisation import api
from organisation.views import signing_in, work


def _open_page(template: str) -> Callable[..., HttpResponseBase]:
    """A page of words, also for who is not signed in."""
    return login_not_required(TemplateView.as_view(template_name=template))


urlpatterns = [
    path("", work.work, name="work"),
    path("search/", work.search, name="search"),
    path("login/", signing_in.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("language/", signing_in.language, name="set_language"),
    path("accessibility/", _open_page("pages/accessibility.html"), name="accessibility"),
    path("house-style.css", views.house_style, name="house_style"),
    path("privacy/", _open_page("pages/privacy.html"), name="privacy"),
    path("", include("organisation.urls")),
    path("", include("cases.urls")),
    path("", include("deviations.urls")),
    path("", include("learning.urls")),
    path("", include("accountability.urls")),
    path("api/v1/openapi.json", api.description([*figures.ENDPOINTS, *accounts.ENDPOINTS]), name="api-description"),
    path("api/v1/<path:rest>", api.unknown, name="api-unknown"),
]
