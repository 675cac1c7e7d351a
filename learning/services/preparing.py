"""Keeping ready the pages most asked for, so that nobody waits for figures or drawings."""

from collections.abc import Callable

from django.utils import timezone, translation

from learning.rules.selecting import Selection, last_months, last_quarters
from organisation.kernel.periods import Period

from . import composing, drawing, presenting, reading


def opening_selection(teams: tuple[str, ...] | None = None) -> Selection | None:
    """What the page opens with: the last twelve months of these teams, or the last four quarters that were told.

    None when nothing was told yet.
    """
    if teams is not None:
        first, last = last_months(Period.of(timezone.now()))
        return Selection(first=first, last=last, teams=teams, exact=True)
    months = last_quarters(reading.told_quarters())
    return Selection(first=months[0], last=months[1]) if months else None


def keep_ready(*, step: Callable[[], None] = lambda: None) -> None:
    """Work out the page that opens first, ask for its charts in Dutch, and draw all that was asked for."""
    selection = opening_selection()
    if selection:
        published = reading.figures(selection)
        with translation.override("nl"):
            words = presenting.words_for(published)
            found = composing.figures(composing.of_part(composing.ALL), published, words, selection)
            presenting.with_drawings(found.values())
    drawing.draw_all(step=step)
