"""A table of moves: which action leads from which states to which state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .access import WrongState


@dataclass(frozen=True, slots=True)
class Move:
    """The states an action may start from, and the state it leads to."""

    origins: tuple[Any, ...]
    target: Any


def next_state(moves: Mapping[Any, Move], current: str, action: Any) -> Any:
    """The state after the action. Raises `WrongState`, with a sentence fit to show, when there is no such move."""
    move = moves[action]
    if current not in move.origins:
        labels = {origin.value: origin.label for m in moves.values() for origin in (*m.origins, m.target)}
        raise WrongState(
            _("This cannot be done now: the status is “%(state)s”. Reload the page to see what happened meanwhile.")
            % {"state": labels.get(current, current)}
        )
    return move.target


def possible(moves: Mapping[Any, Move], current: str) -> tuple[Any, ...]:
    """The actions that start from this state, in the order of the table."""
    return tuple(action for action, move in moves.items() if current in move.origins)
