"""The story of one thing: lines of the logbook, with the fields that changed at that moment beside them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation import sentences
from organisation.models import Event, Role

# Services save before they write the logbook line, in one transaction: moments apart, never seconds.
TOGETHER = timedelta(seconds=2)
SILENT = {"id", "version", "password", "last_login"}
EMPTY = "–"
# Rows that tell along with another: their changes stand in its story. Every app adds its own when it starts.
_told_with: dict[str, list[str]] = defaultdict(list)


@dataclass(slots=True)
class Change:
    """One field, in words: what it was and what it became."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Line:
    """One moment in the story."""

    at: datetime
    who: str
    roles: str
    text: str
    remark: str = ""
    changes: list[Change] = field(default_factory=list)


def tell_with(label: str, accessor: str) -> None:
    """Let the row that a thing of this type has one of, under this name, tell its changes in the same story."""
    if accessor not in _told_with[label]:
        _told_with[label].append(accessor)


def story(thing: models.Model, *, page: int = 1, size: int = 25) -> tuple[list[Line], bool]:
    """The lines of a page, newest first, and whether there are older ones. A fixed number of queries."""
    reach = page * size + 1
    events = list(Event.objects.about(thing)[:reach])
    lines = [_line(event) for event in events]
    told = [thing, *_told_along(thing)]
    for record, changes in (each for row in told for each in _changes(row, reach)):
        near = _nearest(lines, record)
        if near is not None:
            near.changes += changes
        elif changes:
            lines.append(_bare(record, changes))
    lines.sort(key=lambda line: line.at, reverse=True)
    return lines[(page - 1) * size : page * size], len(lines) > page * size


def _told_along(thing: models.Model) -> list[models.Model]:
    rows = (getattr(thing, accessor, None) for accessor in _told_with.get(thing._meta.label_lower, ()))
    return [row for row in rows if row is not None]


def _line(event: Event) -> Line:
    labels = dict(Role.choices)
    roles = ", ".join(str(labels.get(role, role)) for role in event.actor_roles.split(", ") if role)
    return Line(event.at, event.actor_name, roles, sentences.sentence(event), event.remark)


def _bare(record: Any, changes: list[Change]) -> Line:
    who = record.history_user.name if record.history_user else "Handelingsruimte"
    return Line(record.history_date, who, "", _("%(actor)s changed this") % {"actor": who}, "", changes)


def _nearest(lines: Iterable[Line], record: Any) -> Line | None:
    close = [line for line in lines if abs(line.at - record.history_date) <= TOGETHER]
    return min(close, key=lambda line: abs(line.at - record.history_date), default=None)


def _changes(thing: models.Model, reach: int) -> list[tuple[Any, list[Change]]]:
    """Each row of history with how it differs from the one before; the first one differs from nothing."""
    history = getattr(thing, "history", None)
    if history is None:
        return []
    records = list(history.select_related("history_user").order_by("-history_date", "-pk")[: reach + 1])
    pairs = [(newer, older) for newer, older in zip(records, records[1:], strict=False) if newer.history_type == "~"]
    many = _many_values(thing, records)
    names = _names(_foreign_keys(thing), [record for pair in pairs for record in pair])
    return [
        (newer, _differences(thing, newer, older, names) + _many_differences(newer, older, many))
        for newer, older in pairs
    ]


def _fields(thing: models.Model) -> Sequence[Any]:
    tracked = {tracked.name for tracked in thing.history.model.tracked_fields}  # type: ignore[attr-defined]
    return [known for known in thing._meta.concrete_fields if known.name in tracked - SILENT]


def _foreign_keys(thing: models.Model) -> list[Any]:
    return [known for known in _fields(thing) if known.is_relation]


def _names(fields: Iterable[Any], records: list[Any]) -> dict[tuple[str, Any], str]:
    """What the things are called that foreign keys point at: one query for each field, however many rows."""
    found = {}
    for known in fields:
        keys = {getattr(record, known.attname) for record in records} - {None}
        if keys:
            for thing in known.related_model._default_manager.filter(pk__in=keys):
                found[known.name, thing.pk] = str(thing)
    return found


def _differences(thing: models.Model, newer: Any, older: Any, names: dict[tuple[str, Any], str]) -> list[Change]:
    return [
        Change(capfirst(known.verbose_name), _shown(known, before, names), _shown(known, after, names))
        for known in _fields(thing)
        if (before := getattr(older, known.attname)) != (after := getattr(newer, known.attname))
    ]


def _shown(known: Any, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if value is None or value == "":
        return EMPTY
    if known.is_relation:
        return names.get((known.name, value), _("(no longer there)"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if known.choices:
        return str(dict(known.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


def _many_values(thing: models.Model, records: list[Any]) -> dict[tuple[Any, str], tuple[str, ...]]:
    """For each row of history and each many-to-many field: what it held, by name."""
    held: dict[tuple[Any, str], list[str]] = defaultdict(list)
    kept: Any = thing.history.model  # type: ignore[attr-defined]
    for known in getattr(kept, "_history_m2m_fields", ()):
        rows = getattr(kept, known.name).model
        target = known.m2m_reverse_field_name()
        for row in rows.objects.filter(history__in=[record.pk for record in records]).select_related(target):
            held[row.history_id, capfirst(known.verbose_name)].append(str(getattr(row, target)))
    return {key: tuple(sorted(values)) for key, values in held.items()}


def _many_differences(newer: Any, older: Any, many: dict[tuple[Any, str], tuple[str, ...]]) -> list[Change]:
    labels = sorted({label for key, label in many if key in (newer.pk, older.pk)})
    return [
        Change(label, ", ".join(before) or EMPTY, ", ".join(after) or EMPTY)
        for label in labels
        if (before := many.get((older.pk, label), ())) != (after := many.get((newer.pk, label), ()))
    ]
