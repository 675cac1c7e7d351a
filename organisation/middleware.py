"""Headers on every answer, sessions that end, and the language somebody chose."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_structlog.middlewares import RequestMiddleware

from organisation import unsent
from organisation.drafting import key_of
from organisation.kernel.access import Refused
from organisation.models import User
from organisation.services import keeping_drafts

GetResponse = Callable[[HttpRequest], HttpResponse]
STARTED = "started_at"
SEEN = "seen_at"
SEEN_EVERY = 60  # seconds: the idle time is known to the minute, and most pages write nothing


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
        if request.user.is_authenticated:
            self._note(request.session)
        return response

    @staticmethod
    def _note(session: SessionBase) -> None:
        now = timezone.now()
        if STARTED not in session:
            session[STARTED] = now.isoformat()
        # Whatever changes the session saves it, and so renews its thirty minutes.
        if now.timestamp() - session.get(SEEN, 0) >= SEEN_EVERY:
            session[SEEN] = int(now.timestamp())


class SignInFirst(LoginRequiredMiddleware):
    """Who is not signed in goes to the sign-in page; a form that was sent too late comes back with its text."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        """The text first, when there is some."""
        fields = unsent.fields_of(request)
        if fields:
            return unsent.give_back(request, fields, status=401)
        answer: HttpResponseBase = super().handle_no_permission(request, view_func)
        return answer


class KeptText:
    """What was typed in a form that says it is kept (`_draft`) is safe before anything is done with it.

    Refused, or failed half way: the page puts it back. Taken: the draft is gone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget it when it was taken."""
        response = self.get_response(request)
        key = getattr(request, "draft_sent", "")
        if key and response.status_code < HTTPStatus.BAD_REQUEST and isinstance(request.user, User):
            keeping_drafts.discard(by=request.user, key=key)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Keep it first, also without script; another window that is ahead keeps what it has."""
        user = request.user
        key = request.POST.get("_draft", "") if request.method == "POST" else ""
        if not isinstance(user, User) or key != key_of(request.path):
            return
        typed, page, after = dict(request.POST.lists()), request.POST.get("_page", "")[:36], request.POST.get("_after")
        with suppress(Refused):
            keeping_drafts.keep(by=user, key=key, fields=typed, page=page, after=after or "")
            request.draft_sent = key  # type: ignore[attr-defined]


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
