"""Casework: routines and their versions, cases, journal, agreements, sharing."""

from .attachments import Attachment
from .casefile import Case
from .journal import Agreement, JournalEntry
from .keeping import RetentionClass, RetentionHold
from .routines import Routine, RoutineVersion, SourceType
from .sharing import CaseGroupPermission, CaseUserPermission
from .uses import RoutineUse, RoutineUseTotal

__all__ = (
    "Agreement",
    "Attachment",
    "Case",
    "CaseGroupPermission",
    "CaseUserPermission",
    "JournalEntry",
    "RetentionClass",
    "RetentionHold",
    "Routine",
    "RoutineUse",
    "RoutineUseTotal",
    "RoutineVersion",
    "SourceType",
)
