"""How allauth and axes fit the house: accounts are made by an administrator, and nothing tells who exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from axes.utils import reset as forget_failures
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisation.models import Event, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Local accounts without self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """One answer for everybody, whatever the header says."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mail goes through the errand book only."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """A line in the logbook; the address that allauth keeps in the session is personal data and goes."""
        for record in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            record.pop("email", None)
        Event.record(actor=user, verb="person.signed_in", target=user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def set_password(self, user: User, password: str) -> None:
        """A new password ends all other sessions, opens what was locked, and stands in the logbook."""
        super().set_password(user, password)
        forget_failures(username=user.email)
        Event.record(actor=user, verb="person.password_set", target=user)


def address_typed(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The address under which axes counts failures: as typed, in lower case, known or not."""
    typed = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not typed and request is not None:
        typed = request.POST.get("login", "")
    return str(typed or "").strip().lower()


def client_address(request: HttpRequest) -> str:
    """The visitor's network address. Only our own proxy is believed, and of what it says only the last part."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Too many attempts: what to do now. The same page for an address that does not exist."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
