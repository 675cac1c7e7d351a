"""What can be done with the building blocks, and the life of a self-scan and of a trust pulse."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.kernel.moves import Move
from organisation.kernel.moves import next_state as _next_state


class Action(models.TextChoices):
    """What can be done with the blocks themselves."""

    READ = "read", _("Read the building blocks")
    KEEP = "keep", _("Change the building blocks")


class ScanState(models.TextChoices):
    """Where a self-scan stands."""

    OPEN = "open", pgettext_lazy("of a self-scan", "Open")
    CLOSED = "closed", pgettext_lazy("of a self-scan", "Closed")


class ScanAction(models.TextChoices):
    """What can be done with a self-scan."""

    START = "start", _("Begin the self-scan")
    WRITE = "write", _("Fill in a building block")
    CLOSE = "close", _("Close the self-scan")


SCAN_MOVES: dict[ScanAction, Move] = {
    #                      from                to
    ScanAction.WRITE: Move((ScanState.OPEN,), ScanState.OPEN),
    ScanAction.CLOSE: Move((ScanState.OPEN,), ScanState.CLOSED),
}


class PulseState(models.TextChoices):
    """Where a trust pulse stands."""

    OPEN = "open", pgettext_lazy("of a trust pulse", "Open")
    CLOSED = "closed", pgettext_lazy("of a trust pulse", "Closed")


class PulseAction(models.TextChoices):
    """What can be done with a trust pulse."""

    OPEN = "open", _("Open a trust pulse")
    ANSWER = "answer", _("Answer the trust pulse")
    CLOSE = "close", _("Close the trust pulse")


PULSE_MOVES: dict[PulseAction, Move] = {
    #                        from                  to
    PulseAction.ANSWER: Move((PulseState.OPEN,), PulseState.OPEN),
    PulseAction.CLOSE:  Move((PulseState.OPEN,), PulseState.CLOSED),
}  # fmt: skip


def next_scan_state(current: str, action: ScanAction) -> ScanState:
    """The state of a self-scan after the action. Raises `WrongState` with a sentence fit to show."""
    state: ScanState = _next_state(SCAN_MOVES, current, action)
    return state


def next_pulse_state(current: str, action: PulseAction) -> PulseState:
    """The state of a trust pulse after the action. Raises `WrongState` with a sentence fit to show."""
    state: PulseState = _next_state(PULSE_MOVES, current, action)
    return state
