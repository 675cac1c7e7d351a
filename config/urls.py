"""All addresses: one line for each app, and the few pages where apps meet."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("organisation.urls")),
    path("", include("cases.urls")),
    path("", include("deviations.urls")),
    path("", include("learning.urls")),
    path("", include("accountability.urls")),
]
