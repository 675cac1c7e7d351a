"""Departing from a routine with reasons, discretionary space, and decisions."""

from .asking import SpaceRequest, SpaceRequestMessage
from .consulting import Consultation, Opinion
from .deliberating import Deliberation
from .deviations import Deviation
from .distinctions import Distinction
from .following_up import Asked, Decision, Evaluation, Message, SecondRequest
from .generalising import GeneralAnswer, Generalisation
from .importing import RegisterImport
from .ladder import Rung
from .objecting import Objection
from .simulating import Simulation
from .space_life import SpaceEvaluation, SpaceReminder, SpaceStop
from .spaces import (
    DiscretionarySpace,
    SpaceBudget,
    SpaceGroupPermission,
    SpaceUserPermission,
    Spending,
)
from .terms import Cause, Ground
from .texts import DeviationText
from .unease import Unease, UneaseReply

__all__ = (
    "Asked",
    "Cause",
    "Consultation",
    "Decision",
    "Deliberation",
    "Deviation",
    "DeviationText",
    "DiscretionarySpace",
    "Distinction",
    "Evaluation",
    "GeneralAnswer",
    "Generalisation",
    "Ground",
    "Message",
    "Objection",
    "Opinion",
    "RegisterImport",
    "Rung",
    "Simulation",
    "SecondRequest",
    "SpaceBudget",
    "SpaceEvaluation",
    "SpaceGroupPermission",
    "SpaceReminder",
    "SpaceStop",
    "SpaceRequest",
    "SpaceRequestMessage",
    "SpaceUserPermission",
    "Spending",
    "Unease",
    "UneaseReply",
)
