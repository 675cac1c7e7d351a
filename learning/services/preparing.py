"""Keeping ready the pages most asked for, so that nobody waits for figures or drawings."""

from collections.abc import Callable

from django.utils import timezone, translation

from learning.rules.selecting import Selection, last_months
from organisation.kernel.periods import Period

from . import drawing, presenting, reading


def opening_selection(teams: tuple[str, ...] | None = None) -> Selection:
    """What the page opens with: the last twelve months of these teams, or of the whole municipality."""
    first, last = last_months(Period.of(timezone.now()))
    return Selection(first=first, last=last, teams=teams)


def keep_ready(*, step: Callable[[], None] = lambda: None) -> None:
    """Count the opening page, ask for its charts in Dutch, and draw all that was asked for."""
    selection = opening_selection()
    published = reading.figures(selection)
    with translation.override("nl"):
        found = presenting.figures(published, presenting.words_for(published))
        presenting.with_drawings(found.values())
    drawing.draw_all(step=step)
