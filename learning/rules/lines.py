"""The line of a deviation: from the signal it gave to the effect of what was done, and how far along it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Moment = date | datetime | None


class Stage(TextChoices):
    """The four steps, in their order."""

    SIGNAL = "signal", _("Signal")
    QUESTION = "question", _("Learning question")
    DECISION = "decision", _("Decision")
    EFFECT = "effect", _("Effect")


class Standing(TextChoices):
    """How a step stands; the names are those of the component that draws it."""

    DONE = "checked", _("done")
    NOW = "current", _("now")
    NOT_YET = "todo", _("not yet")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how it stands, since when, and what it says."""

    stage: Stage
    standing: Standing
    at: Moment = None
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a question, as far as its line goes."""

    state: str
    decision: str = ""
    decided_at: Moment = None
    is_kept: bool = False
    effect: str = ""
    is_closed: bool = False


def of_question(facts: Facts, signal: Step) -> tuple[Step, ...]:
    """The line of a question that this signal, or whoever signalled, led to."""
    decided, over = bool(facts.decision), bool(facts.effect) or facts.is_closed
    effect = Standing.DONE if over else Standing.NOW if decided else Standing.NOT_YET
    question = Standing.DONE if decided else Standing.NOW
    return (
        signal,
        Step(Stage.QUESTION, question, words="" if decided else facts.state),
        Step(Stage.DECISION, Standing.DONE if decided else Standing.NOT_YET, facts.decided_at, facts.decision),
        Step(Stage.EFFECT, effect, words=facts.effect or (facts.state if decided and not facts.is_kept else "")),
    )


def of_signal(signal: Step) -> tuple[Step, ...]:
    """A signal that somebody still has to say something about."""
    return signal, Step(Stage.QUESTION, Standing.NOT_YET), *_AFTER


def of_nothing(words: str) -> tuple[Step, ...]:
    """It counts in the figures, and nothing stands out yet."""
    return Step(Stage.SIGNAL, Standing.NOT_YET, words=words), Step(Stage.QUESTION, Standing.NOT_YET), *_AFTER


_AFTER = (Step(Stage.DECISION, Standing.NOT_YET), Step(Stage.EFFECT, Standing.NOT_YET))
