"""What can be done in learning; the life of a signal and of a learning question change hands here and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class Action(models.TextChoices):
    """What can be done with the figures."""

    READ_FIGURES = "read_figures", _("Read the figures")
    READ_RUNS = "read_runs", _("See the roll-ups")
    ROLL_UP = "roll_up", _("Update now")


class SignalState(models.TextChoices):
    """Where a signal stands."""

    NEW = "new", pgettext_lazy("of a signal", "New")
    TRIAGED = "triaged", _("Looked at")
    LINKED = "linked", _("Part of a learning question")
    DISMISSED = "dismissed", _("Dismissed")


class SignalAction(models.TextChoices):
    """What can be done with a signal."""

    READ = "read", _("Read")
    TAKE = "take", _("I look at this")
    LINK = "link", _("Make it part of a learning question")
    DISMISS = "dismiss", _("Dismiss")
    COME_BACK = "come_back", _("Come back")


SIGNAL_MOVES: dict[SignalAction, Move] = {
    #                             from                                         to
    SignalAction.TAKE:      Move((SignalState.NEW, SignalState.TRIAGED),       SignalState.TRIAGED),
    SignalAction.LINK:      Move((SignalState.NEW, SignalState.TRIAGED),       SignalState.LINKED),
    SignalAction.DISMISS:   Move((SignalState.NEW, SignalState.TRIAGED),       SignalState.DISMISSED),
    SignalAction.COME_BACK: Move((SignalState.DISMISSED,),                     SignalState.NEW),
}  # fmt: skip


def next_signal_state(current: str, action: SignalAction) -> SignalState:
    """The state of a signal after the action. Raises `WrongState` with a sentence fit to show."""
    state: SignalState = _next_state(SIGNAL_MOVES, current, action)
    return state


class QuestionState(models.TextChoices):
    """Where a learning question stands."""

    OPEN = "open", pgettext_lazy("of a learning question", "Open")
    INQUIRY = "inquiry", _("Being looked into")
    PROPOSAL = "proposal", _("Proposal made")
    DECIDED = "decided", _("Decided")
    CARRIED_OUT = "carried_out", _("Carried out")
    EFFECT_CHECKED = "effect_checked", _("Effect looked at")
    CLOSED = "closed", pgettext_lazy("of a learning question", "Closed")


class QuestionAction(models.TextChoices):
    """What can be done with a learning question."""

    EDIT = "edit", _("Change the problem")
    LINK = "link", _("Add deviations")
    ASK = "ask", _("Ask for stories")
    INQUIRE = "inquire", _("Begin to look into it")
    PROPOSE = "propose", _("Make a proposal")
    DECIDE = "decide", _("Decide")
    CARRY_OUT = "carry_out", _("Say what was done")
    CHECK = "check", _("Look at the effect")
    REPLY = "reply", _("Answer those who signalled")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Take up again")


_S = QuestionState
GOING_ON = (_S.OPEN, _S.INQUIRY, _S.PROPOSAL, _S.DECIDED, _S.CARRIED_OUT, _S.EFFECT_CHECKED)
QUESTION_MOVES: dict[QuestionAction, Move] = {
    #                                from                              to
    QuestionAction.INQUIRE:   Move((_S.OPEN,),                         _S.INQUIRY),
    QuestionAction.PROPOSE:   Move((_S.INQUIRY, _S.PROPOSAL),          _S.PROPOSAL),
    QuestionAction.DECIDE:    Move((_S.PROPOSAL,),                     _S.DECIDED),
    QuestionAction.CARRY_OUT: Move((_S.DECIDED,),                      _S.CARRIED_OUT),
    QuestionAction.CHECK:     Move((_S.CARRIED_OUT,),                  _S.EFFECT_CHECKED),
    QuestionAction.CLOSE:     Move((_S.DECIDED, _S.EFFECT_CHECKED),    _S.CLOSED),
    QuestionAction.REOPEN:    Move((_S.DECIDED, _S.CARRIED_OUT, _S.EFFECT_CHECKED, _S.CLOSED), _S.INQUIRY),
}  # fmt: skip
# What can be done without a move, and in which states.
WITHIN: dict[QuestionAction, tuple[QuestionState, ...]] = {
    QuestionAction.EDIT:  (_S.OPEN, _S.INQUIRY),
    QuestionAction.LINK:  GOING_ON,
    QuestionAction.ASK:   (_S.INQUIRY, _S.PROPOSAL),
    QuestionAction.REPLY: GOING_ON,
}  # fmt: skip


def next_question_state(current: str, action: QuestionAction) -> QuestionState:
    """The state of a learning question after the action. Raises `WrongState` with a sentence fit to show."""
    move = QUESTION_MOVES.get(action) or Move(WITHIN[action], QuestionState(current))
    state: QuestionState = _next_state({**QUESTION_MOVES, action: move}, current, action)
    return state


def possible_with_question(current: str) -> tuple[QuestionAction, ...]:
    """What can be done with a learning question in this state, in the order of its life."""
    here = [action for action, move in QUESTION_MOVES.items() if current in move.origins]
    return tuple(action for action in QuestionAction if action in here or current in WITHIN.get(action, ()))


class ReportState(models.TextChoices):
    """Where a learning report stands."""

    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")


class ReportAction(models.TextChoices):
    """What can be done with a learning report."""

    MAKE = "make", _("Make")
    WRITE = "write", _("Write")
    CHOOSE = "choose", _("Choose a story")
    RELEASE = "release", _("Release a story")
    PUBLISH = "publish", _("Publish")


REPORT_MOVES: dict[ReportAction, Move] = {
    #                            from                        to
    ReportAction.WRITE:   Move((ReportState.DRAFT,),      ReportState.DRAFT),
    ReportAction.CHOOSE:  Move((ReportState.DRAFT,),      ReportState.DRAFT),
    ReportAction.RELEASE: Move((ReportState.DRAFT,),      ReportState.DRAFT),
    ReportAction.PUBLISH: Move((ReportState.DRAFT,),      ReportState.PUBLISHED),
}  # fmt: skip


def next_report_state(current: str, action: ReportAction) -> ReportState:
    """The state of a learning report after the action. Raises `WrongState` with a sentence fit to show."""
    state: ReportState = _next_state(REPORT_MOVES, current, action)
    return state
