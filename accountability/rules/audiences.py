"""Who an account is for, and which figures of the one release each of them sees: fewer, never other ones."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.rules.lattice import ALL, Key


class Audience(models.TextChoices):
    """For whom."""

    MANAGEMENT = "management", _("Management")
    BOARD = "board", _("Executive board")
    COUNCIL = "council", _("Council")


class Part(models.TextChoices):
    """What an account tells, in this order."""

    MEANT = "meant", _("What was meant")
    SEEN = "seen", _("What we saw")
    STORIES = "stories", _("Stories")
    CHANGED = "changed", _("What we changed")
    COULD_NOT = "could_not", _("What we could not")
    ASKED = "asked", _("What we ask")
    METHOD = "method", _("How we counted")
    DEFINITIONS = "definitions", pgettext_lazy("part of an account", "What the words mean")


# Stories may be missing: nobody can be made to tell one.
NEEDED = tuple(part for part in Part if part != Part.STORIES)


def shows(audience: str, key: Key) -> bool:
    """Whether this audience sees this figure. The council sees no teams; the board no team beside a routine."""
    table, row, column = key
    if table != "made" or column == ALL:
        return True
    if row == ALL:
        return audience != Audience.COUNCIL
    return audience == Audience.MANAGEMENT


def together(figures: Iterable[int | None]) -> int | None:
    """What quarters are together, of the figures as published; hidden when one of them is.

    Adding up what everybody can read tells nothing new, so no figure outside the release is needed.
    """
    known = list(figures)
    return None if None in known else sum(figure or 0 for figure in known)
