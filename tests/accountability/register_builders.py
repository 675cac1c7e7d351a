"""Lines of the public register in any state."""

from itertools import count

from django.utils import timezone

from accountability.models import RegisterLine
from tests.factories import PolicyDomainFactory, UserFactory

_numbers = count(1)


def line(proposed_by, *, state="released", written_by=None, released_by=None, **fields) -> RegisterLine:
    """A line; others wrote and released it unless they are named."""
    now = timezone.now()
    given = {"number": f"P-2026-{next(_numbers):05d}", "year": 2025, "kind": "made", "answer": "agreed"} | fields
    given.setdefault("domain", PolicyDomainFactory())
    if state != "proposed":
        given |= {"written_by": written_by or UserFactory(), "written_at": now}
        given.setdefault("summary", "" if state == "taken_back" else "No statements were asked: there were none.")
    if state in ("released", "taken_back"):
        given |= {"released_by": released_by or UserFactory(), "released_at": now}
    if state == "taken_back":
        given |= {"taken_back_by": UserFactory(), "taken_back_at": now, "reason": "Too much was told."}
    return RegisterLine.objects.create(proposed_by=proposed_by, state=state, **given)
