"""What was decided on, kept as it was, with a digest that shows when a copy differs."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from deviations.models import Deviation, DiscretionarySpace
from deviations.models.deliberating import DELIBERATED
from deviations.rules.limits import Limit
from deviations.rules.sliders import SLIDERS
from deviations.services.recording import TICKED, WRITTEN, deliberation_of


def snapshot(deviation: Deviation, **more: Any) -> dict[str, Any]:
    """The text of a deviation as plain data: what was written, the routine, the weight, and what is added."""
    return {
        "number": deviation.number,
        "source_type": deviation.source_type,
        "weight": str(deviation.weight),
        "submitted_at": _plain(deviation.submitted_at),
        **record(deviation),
        **_thought(deviation),
        **more,
    }


def record(deviation: Deviation) -> dict[str, Any]:
    """What was written and ticked about the routine, without what was thought through beside it."""
    written = {name: _plain(getattr(deviation, name)) for name in sorted(WRITTEN)}
    ticked = {name: sorted(term.code for term in getattr(deviation, name).all()) for name in TICKED}
    return {"routine": str(deviation.routine_version), **written, **ticked}


def snapshot_by_space(deviation: Deviation, space: DiscretionarySpace, limits: Iterable[Limit]) -> dict[str, Any]:
    """With the space that agreed to it: its number, where its sliders stood, and every limit that was passed."""
    sliders = {name: getattr(space, f"{name}_slider") for name in SLIDERS}
    return snapshot(deviation, space=space.number, sliders=sliders, limits=[limit.sentence for limit in limits])


def as_written(deviation: Deviation, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot as it would be with these fields written in it. Nothing is saved."""
    frozen = snapshot(deviation)
    frozen |= {name: _plain(fields[name]) for name in sorted(WRITTEN & fields.keys())}
    frozen |= {name: sorted(term.code for term in fields[name]) for name in TICKED if name in fields}
    frozen = {name: value for name, value in frozen.items() if name not in DELIBERATED} | _thought(deviation, fields)
    routine = fields.get("routine", deviation.routine)
    # The same routine keeps the version that was decided on, whichever holds today.
    if routine != deviation.routine:
        frozen["routine"] = str(routine.version_on()) if routine else ""
    return frozen


def _thought(deviation: Deviation, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    deliberation = deliberation_of(deviation, fields)
    return {name: value for name in DELIBERATED if (value := getattr(deliberation, name)) not in ("", None)}


def digest(frozen: Mapping[str, Any]) -> str:
    """SHA-256 of the data in one fixed notation: keys sorted, no spaces, UTF-8."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
