"""Casework: routines and their versions, cases, journal, agreements, sharing."""

from .casefile import Agreement, Case, JournalEntry, RoutineUse, RoutineUseTotal
from .routines import Routine, RoutineVersion, SourceType
from .sharing import CaseGroupPermission, CaseUserPermission

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
