"""Headers on every answer, sessions that end, and the language somebody chose."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_structlog.middlewares import RequestMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]
STARTED = "started_at"


class SecurityHeaders:
    """No page of ours is kept in a cache, and the browser gets no extra powers (promise 7)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to every answer, errors too."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # The same address answers whole pages and parts of them.
        patch_vary_headers(response, ["HX-Request"])
        return response


class SessionLimits:
    """Ends a session after its longest life, and that of somebody who has left at the very next request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out before the view sees the request; the clock starts with the answer that signs in."""
        started = request.session.get(STARTED) if request.user.is_authenticated else None
        if started and timezone.now() - datetime.fromisoformat(started) > settings.SESSION_ABSOLUTE_AGE:
            logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated and STARTED not in request.session:
            request.session[STARTED] = timezone.now().isoformat()
        return response


class Language:
    """Dutch, unless somebody chose otherwise: for themselves, or by the switch before signing in.

    The language of the browser does not count: many browsers at work speak English while their users do not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate it for the whole request, error pages too."""
        if request.user.is_authenticated:
            chosen = request.user.language
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class QuietLog(RequestMiddleware):
    """A log line for a request, without what somebody searched for and without their network address (promise 10)."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Not kept."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The address without its query."""
        return f"{request.method} {request.path}"
