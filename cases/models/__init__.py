"""Casework: routines and their versions, cases, journal, agreements, sharing."""

from .casefile import Case
from .journal import Agreement, JournalEntry
from .routines import Routine, RoutineVersion, SourceType
from .sharing import CaseGroupPermission, CaseUserPermission
from .uses import RoutineUse, RoutineUseTotal

__all__ = (
    "Agreement",
    "Case",
    "CaseGroupPermission",
    "CaseUserPermission",
    "JournalEntry",
    "Routine",
    "RoutineUse",
    "RoutineUseTotal",
    "RoutineVersion",
    "SourceType",
)
