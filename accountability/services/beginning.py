"""What an account begins with: texts made from what is known, for the reporter to go on from. In Dutch."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accountability.models import Edition
from accountability.rules.audiences import Part
from accountability.rules.spans import Span
from learning.models import LearningQuestion
from learning.models.asking import Improvement

from . import sourcing

NOT_HERE = (Improvement.KEEP, Improvement.LOBBY)


def texts(span: Span) -> dict[str, str]:
    """A text for each part that can be begun; the others stay empty."""
    with override("nl"):
        return {
            Part.MEANT: _meant(),
            Part.SEEN: _seen(span),
            Part.CHANGED: _changed(span),
            Part.COULD_NOT: _could_not(span),
            Part.METHOD: method(),
            Part.DEFINITIONS: definitions(),
        }


def from_before(edition: Edition) -> dict[tuple[str, str], str]:
    """The texts of the edition before, to go on from."""
    return {(row.part, row.audience): row.text for row in edition.texts.all()}


def _meant() -> str:
    return "\n\n".join(
        (
            _("Most people are helped well by our routines. Sometimes a routine works against its own purpose."),
            _("Then our colleagues do what is needed, and say why."),
            _("In this account we tell how often that happened. We tell what we learnt from it, and what we changed."),
        )
    )


def _seen(span: Span) -> str:
    reports = [report for report in sourcing.newest(span) if report]
    return _joined(report.bottlenecks for report in reports)


def _changed(span: Span) -> str:
    first, last = span.quarters[0].first.first_day, span.quarters[-1].last.last_day
    done = LearningQuestion.objects.filter(changed_on__gte=first, changed_on__lte=last).order_by("changed_on")
    return _joined(f"{question.title}\n{question.carried_out}" for question in done if question.carried_out)


def _could_not(span: Span) -> str:
    first, last = span.quarters[0].first.starts_at, span.quarters[-1].last.ends_before
    kept = LearningQuestion.objects.filter(decided_at__gte=first, decided_at__lt=last, improvement__in=NOT_HERE)
    return _joined(f"{question.title}\n{question.reasons}" for question in kept.order_by("decided_at"))


def method() -> str:
    """How the figures were made, in words for everybody."""
    return "\n\n".join(
        (
            _(
                "We count departures from a routine that colleagues recorded. We do so for each quarter, after it is "
                "over. Every figure is rounded to five."
            ),
            _(
                "Is a figure about fewer than %(k)s households? Then we hide it. Sometimes we hide another figure as "
                "well, because the first could be worked out from it. A computer programme checks this."
            )
            % {"k": settings.SMALL_CELL_K},
            _(
                "All audiences get figures from the same frozen release. Some see fewer of them, nobody sees other "
                "ones. Colleagues told the stories without names. A second person read and released each story."
            ),
        )
    )


def definitions() -> str:
    """What the words in the account mean."""
    return _(
        "Routine: a rule or way of working that is the same for everybody.\n"
        "Departure: a colleague does something else than the routine says, and says why.\n"
        "Considered: a colleague thought about departing, and followed the routine after all.\n"
        "Not possible: a colleague wanted to depart, but could not.\n"
        "Space: room that a manager gives beforehand, with limits.\n"
        "Household: one or more people whom a case is about."
    )


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
