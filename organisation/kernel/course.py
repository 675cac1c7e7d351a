"""One line of the course ("verloop") of anything: a case, a deviation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Step:
    """What happened, or is to come. `state` is checked, current, todo or alert; of a whole day the hour is not told."""

    title: Any
    at: datetime | None = None
    text: str = ""
    state: str = "checked"
    whole_day: bool = False
