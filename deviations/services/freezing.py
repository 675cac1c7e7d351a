"""What was decided on, kept as it was, with a digest that shows when a copy differs."""

import hashlib
import json
from typing import Any

from deviations.models import Deviation
from deviations.services.recording import TICKED, WRITTEN


def snapshot(deviation: Deviation, **more: Any) -> dict[str, Any]:
    """The text of a deviation as plain data: what was written, the routine, the weight, and what is added."""
    written = {name: _plain(getattr(deviation, name)) for name in sorted(WRITTEN)}
    ticked = {name: sorted(getattr(deviation, name).values_list("code", flat=True)) for name in TICKED}
    return {
        "number": deviation.number,
        "routine": str(deviation.routine_version),
        "source_type": deviation.source_type,
        "weight": str(deviation.weight),
        "submitted_at": _plain(deviation.submitted_at),
        **written,
        **ticked,
        **more,
    }


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 of the data in one fixed notation: keys sorted, no spaces, UTF-8."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
