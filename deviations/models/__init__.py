"""Departing from a routine with reasons, discretionary space, and decisions."""

from .deviations import Deviation
from .following_up import Decision, Evaluation, Message
from .importing import RegisterImport
from .spaces import (
    DiscretionarySpace,
    SpaceBudget,
    SpaceGroupPermission,
    SpaceUserPermission,
    Spending,
)
from .terms import Cause, Ground

__all__ = (
    "Cause",
    "Decision",
    "Deviation",
    "DiscretionarySpace",
    "Evaluation",
    "Ground",
    "Message",
    "RegisterImport",
    "SpaceBudget",
    "SpaceGroupPermission",
    "SpaceUserPermission",
    "Spending",
)
