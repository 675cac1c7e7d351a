"""Who may do what with the figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Person, Rule, who

from .workflow import Action, QuestionAction, ReportAction, SignalAction

MANAGER, POLICY_OFFICER, REPORTER = "manager", "policy_officer", "reporter"
CONTROLLER, ADMINISTRATOR = "controller", "administrator"

# Those who read figures of every team; a manager reads those of the teams they lead.
WHOLE_MUNICIPALITY = frozenset((POLICY_OFFICER, REPORTER))

MAY: dict[Action, Rule] = {
    #                          who
    Action.READ_FIGURES: Rule(who(POLICY_OFFICER, REPORTER, MANAGER)),
    Action.READ_RUNS:    Rule(who(POLICY_OFFICER, REPORTER, CONTROLLER, ADMINISTRATOR)),
    Action.ROLL_UP:      Rule(who(POLICY_OFFICER, ADMINISTRATOR)),
}  # fmt: skip

is_active = Condition(lambda person, signal: person.is_active, _("Your account is closed."))
TRIAGES = Rule(who(POLICY_OFFICER), (is_active,))

# Coming back is not here: the job that finds it again does that, nobody may.
MAY_WITH_SIGNAL: dict[SignalAction, Rule] = {
    SignalAction.READ:    Rule(who(POLICY_OFFICER, REPORTER, MANAGER), (is_active,)),
    SignalAction.TAKE:    TRIAGES,
    SignalAction.LINK:    TRIAGES,
    SignalAction.DISMISS: TRIAGES,
}  # fmt: skip

is_kept_or_measured = Condition(
    lambda person, question: question.is_kept or question.state != "decided",
    _("First carry out what was decided and look at its effect. Only a decision to keep it can be closed at once."),
)
everybody_knows = Condition(
    lambda person, question: not question.unanswered,
    _("Somebody who signalled this does not know yet what came of it. Answer them first."),
)
LEARNS = Rule(who(POLICY_OFFICER), (is_active,))

MAY_WITH_QUESTION: dict[QuestionAction, Rule] = {
    QuestionAction.EDIT:      LEARNS,
    QuestionAction.LINK:      LEARNS,
    QuestionAction.ASK:       LEARNS,
    QuestionAction.INQUIRE:   LEARNS,
    QuestionAction.PROPOSE:   LEARNS,
    QuestionAction.DECIDE:    LEARNS,
    QuestionAction.CARRY_OUT: LEARNS,
    QuestionAction.CHECK:     LEARNS,
    QuestionAction.REPLY:     LEARNS,
    QuestionAction.CLOSE:     Rule(who(POLICY_OFFICER), (is_active, is_kept_or_measured, everybody_knows)),
    QuestionAction.REOPEN:    LEARNS,
}  # fmt: skip
# A new question belongs to nothing yet.
ASKS = LEARNS

REPORTS = Rule(who(POLICY_OFFICER, REPORTER), (is_active,))

# Releasing asks for a second person besides: the one who chose the story, who stands in the story itself.
MAY_WITH_REPORT: dict[ReportAction, Rule] = dict.fromkeys(ReportAction, REPORTS)


def answer(person: Person, action: Action) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, None)


def require(person: Person, action: Action) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY, person, action, None)


def answer_with_signal(person: Person, action: SignalAction, signal: Any = None) -> Answer:
    """Whether this person may do this with this signal, and if not, why."""
    return access.answer(MAY_WITH_SIGNAL, person, action, signal)


def require_with_signal(person: Person, action: SignalAction, signal: Any) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_SIGNAL, person, action, signal)


def answer_about_questions(person: Person) -> Answer:
    """Whether this person begins learning questions, and if not, why."""
    return access.answer({"ask": ASKS}, person, "ask", None)


def learns(person: Person) -> bool:
    """Whether this person works on learning questions, whatever their state."""
    return bool(answer_about_questions(person))


def answer_with_question(person: Person, action: QuestionAction, question: Any) -> Answer:
    """Whether this person may do this with this learning question, and if not, why."""
    return access.answer(MAY_WITH_QUESTION, person, action, question)


def require_with_question(person: Person, action: QuestionAction, question: Any) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_QUESTION, person, action, question)


def answer_with_report(person: Person, action: ReportAction) -> Answer:
    """Whether this person may do this with a learning report, and if not, why."""
    return access.answer(MAY_WITH_REPORT, person, action, None)


def require_with_report(person: Person, action: ReportAction) -> None:
    """Raise `Refused`, with the reason, unless they may."""
    access.require(MAY_WITH_REPORT, person, action, None)
