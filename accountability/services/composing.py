"""An account for one audience, put together once: page, PDF, spreadsheet and file all show this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accountability.models import Edition
from accountability.rules.audiences import Audience, Part
from accountability.workflow.editions import EditionState
from learning.services import filing
from learning.services.presenting import Figure, Shown

from . import illustrating, sourcing


@dataclass(slots=True)
class Section:
    """One part of an account."""

    part: Part
    text: str
    figures: list[Figure] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its heading."""
        return str(self.part.label)

    @property
    def empty(self) -> bool:
        """Nothing to show."""
        return not (self.text.strip() or self.figures or self.stories)


@dataclass(slots=True)
class Account:
    """An edition as one audience reads it."""

    edition: Edition
    audience: Audience
    sections: list[Section]
    key_figures: list[tuple[str, Shown, str]]
    # Tables too large to stand between the words.
    appendix: list[Figure] = field(default_factory=list)
    # Shown before the figures are frozen: those that learning reports froze already.
    provisional: bool = False

    @property
    def title(self) -> str:
        """What stands above it."""
        return _("Account of tailored work")

    @property
    def for_whom(self) -> str:
        """And of which time."""
        words = {"audience": self.audience.label, "period": self.edition}
        return _("For: %(audience)s. About: %(period)s.") % words

    @property
    def figures(self) -> list[Figure]:
        """All of them, in order."""
        return [*(figure for section in self.sections for figure in section.figures), *self.appendix]

    @property
    def about(self) -> str:
        """Where the figures come from."""
        if self.edition.state == EditionState.DRAFT or not self.edition.cut_off:
            return _("These figures are not frozen yet: they can change.")
        return _("Figures as of %(day)s, rounded to five. Digest %(digest)s.") % {
            "day": date_format(localtime(self.edition.cut_off), "j F Y, H:i"), "digest": self.edition.digest[:12],
        }  # fmt: skip


def texts_for(edition: Edition, audience: str) -> dict[str, str]:
    """What each part says to this audience: its own words, or those for everybody."""
    rows = {(row.part, row.audience): row.text for row in edition.texts.all()}
    return {part: rows.get((part, audience)) or rows.get((part, ""), "") for part in Part.values}


def compose(edition: Edition, audience: Audience, *, typed: Mapping[str, str] | None = None) -> Account:
    """Put it together; `typed` are texts that are not saved yet, and take the place of those that are."""
    texts = texts_for(edition, audience)
    if typed is not None:
        texts |= {part: text for part, text in typed.items() if text.strip()}
    frozen = edition.figures or sourcing.provisional(edition.span)
    sections = [Section(part, texts[part]) for part in Part]
    by_part = {section.part: section for section in sections}
    found = illustrating.figures(edition.span, frozen, audience)
    by_part[Part.SEEN].figures = [figure for figure in found if not illustrating.is_grid(figure)]
    by_part[Part.STORIES].stories = _released(edition)
    return Account(
        edition=edition,
        audience=audience,
        sections=[section for section in sections if not section.empty],
        key_figures=illustrating.key_figures(edition.span, frozen, audience),
        appendix=[figure for figure in found if illustrating.is_grid(figure)],
        provisional=not edition.figures,
    )


def _released(edition: Edition) -> list[str]:
    return [story.text for story in edition.stories.all() if story.released_by_id]


def rows(account: Account) -> Sequence[Sequence[Any]]:
    """For every kind of spreadsheet: the tables one under another; what is hidden is empty, marked, and says why."""
    found: list[list[Any]] = [[account.title], [account.for_whom], [account.about]]
    if account.edition.note:
        found.append([_("What changed since the edition before"), account.edition.note])
    for figure in account.figures:
        found += [[], [figure.title], [*figure.heads, _("Why a number is missing")]]
        for name, cells in figure.rows:
            why = " ".join(dict.fromkeys(cell.why for cell in cells if cell.why))
            found.append([name, *(filing.cell_of(cell) for cell in cells), why])
    return found
