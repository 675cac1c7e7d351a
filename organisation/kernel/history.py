"""The history of a row, kept by simple-history: one row more each time it is saved."""

from functools import cache
from typing import Any

from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords as Records


class MadeOnce(HistoryManager):
    """simple-history makes the class of its manager anew at each look, also at each save; the row itself costs less."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type, class_name: str | None = None) -> type:
        """The manager with the methods of this query set."""
        made: type = super().from_queryset(queryset_class, class_name)
        return made


class HistoricalRecords(Records):
    """Keeps every version of a row; takes the options of simple-history."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=MadeOnce, **options)
