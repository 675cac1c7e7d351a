"""No page is served by a database that shows what was destroyed: first the destructions are done again."""

import time
from collections.abc import Callable

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accountability.services import ledger, replaying

log = structlog.get_logger(__name__)

ALWAYS = ("/healthz", "/readyz", "/.well-known/")
SECONDS = 5.0  # between two looks, when the ledger did not change
_seen: dict[str, float | str] = {"at": 0.0, "digest": ""}


class DestructionsFirst:
    """Answers 503 until the database has followed the destruction ledger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One look at the end of a small file, and every few seconds one small question."""
        if request.path.startswith(ALWAYS) or self._is_up_to_date():
            return self.get_response(request)
        log.error("destructions_to_be_done_again")
        words = _("A backup was put back. What had been destroyed since is destroyed again first. Try again later.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})

    @staticmethod
    def _is_up_to_date() -> bool:
        digest, now = ledger.last_digest(), time.monotonic()
        if digest == ledger.FIRST:
            return True
        if _seen["digest"] == digest and now - float(_seen["at"]) < SECONDS:
            return True
        try:
            fine = replaying.is_up_to_date()
        except DatabaseError:
            return True  # the page itself says that the database does not answer
        if fine:
            _seen.update(at=now, digest=digest)
        return fine
