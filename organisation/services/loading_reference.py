"""Loads reviewed reference data: YAML lists with stable codes, changed by code, closed by date, never deleted.

What people changed in the application is left alone; the logbook tells which rows those are. A row that is no
longer in its file is closed as of yesterday, but only if it came from a file: what was added here stays.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import yaml
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from organisation.models import Event, LifeDomain, Neighbourhood, PolicyDomain, Term

LOADED, CHANGED, CLOSED = "reference.loaded", "reference.changed", "reference.closed"
LABELS = ("label_nl", "label_en")

Row = Mapping[str, Any]


class ReferenceFault(Exception):
    """A file of reference data that cannot be loaded, with the row and what is wrong with it."""


def load_all() -> dict[str, int]:
    """Run every loader of `settings.REFERENCE_LOADERS`, all or nothing: rows added, changed or closed per list."""
    changed: dict[str, int] = {}
    with transaction.atomic():
        for path in settings.REFERENCE_LOADERS:
            changed |= cast(Callable[[], dict[str, int]], import_string(path))()
    return changed


def load() -> dict[str, int]:
    """Load the lists of the municipality as a whole."""
    return {
        "policy domains": load_terms(PolicyDomain, "organisation", "policy_domains.yaml"),
        "neighbourhoods": load_terms(Neighbourhood, "organisation", "neighbourhoods.yaml"),
        "life domains": load_terms(LifeDomain, "organisation", "life_domains.yaml"),
    }


def read_rows(app: str, name: str, *, required: Iterable[str] = LABELS) -> list[Row]:
    """The rows of a list, from the municipality's own `REFERENCE_DIR` if it is there, else from the app.

    Raises ReferenceFault for a row without one of the required fields or with a code that was used before.
    """
    rows = yaml.safe_load(reference_file(app, name).read_text(encoding="utf-8")) or []
    codes: set[str] = set()
    for row in rows:
        code = str(row.get("code", ""))
        if not code or code in codes:
            raise ReferenceFault(f"{name}: a row without a code of its own ({code or 'none'}).")
        codes.add(code)
        require(row, ("valid_from", *required), f"{name}, {code}")
    return list(rows)


def reference_file(app: str, name: str) -> Path:
    """Where a list is read from."""
    own = Path(settings.REFERENCE_DIR) / app / name if settings.REFERENCE_DIR else None
    return own if own and own.exists() else settings.BASE_DIR / app / "reference" / name


def require(row: Row, fields: Iterable[str], where: str) -> None:
    """Raise ReferenceFault when one of the fields is absent or blank."""
    for field in fields:
        if not str(row.get(field) or "").strip():
            raise ReferenceFault(f"{where}: {field} is missing.")


def load_terms(
    model: type[Term],
    app: str,
    name: str,
    *,
    required: Iterable[str] = (),
    values: Callable[[Row], dict[str, Any]] | None = None,
    after: Callable[[Any, Row], bool] | None = None,
) -> int:
    """Bring a list up to its file; `values` gives more fields, `after` sets relations and says if that changed any."""
    rows = read_rows(app, name, required=(*LABELS, *required))
    known = {term.code: term for term in model._default_manager.all()}
    from_file, by_people = marked(model)
    changed = 0
    for row in rows:
        term, fields = known.get(row["code"]), _fields(row) | (values(row) if values else {})
        if term is not None and term.pk in by_people:
            continue
        is_new = term is None or term.pk not in from_file
        term = term or model(code=row["code"])
        touched = amend(term, fields)
        touched = bool(after and after(term, row)) or touched
        if is_new or touched:
            log(LOADED if is_new else CHANGED, term)
        changed += touched
    codes = {row["code"] for row in rows}
    gone = [term for code, term in known.items() if code not in codes and term.pk in from_file - by_people]
    return changed + sum(_close(term) for term in gone)


def _fields(row: Row) -> dict[str, Any]:
    return {key: row.get(key) for key in (*LABELS, "valid_from", "valid_until")}


def _close(term: Term) -> bool:
    if term.valid_until is not None:
        return False
    term.valid_until = timezone.localdate() - timedelta(days=1)
    term.save(update_fields=["valid_until"])
    log(CLOSED, term)
    return True


def amend(thing: models.Model, fields: dict[str, Any]) -> bool:
    """Save a new thing, or the fields of a known one that differ; whether anything was saved."""
    is_new = thing._state.adding
    differing = [name for name, value in fields.items() if getattr(thing, name) != value]
    for name in differing:
        setattr(thing, name, fields[name])
    if is_new:
        thing.save()
    elif differing:
        thing.save(update_fields=differing)
    return is_new or bool(differing)


def marked(model: type[models.Model]) -> tuple[set[UUID], set[UUID]]:
    """Keys of the rows that came from a file, and of those that people changed, as the logbook has it."""
    lines = Event.objects.filter(target_type=model._meta.label_lower, target_id__isnull=False)
    ids = lines.values_list("target_id", flat=True)
    from_file = cast("set[UUID]", set(ids.filter(verb=LOADED)))
    return from_file, cast("set[UUID]", set(ids.filter(actor_id__isnull=False)))


def log(verb: str, thing: models.Model) -> None:
    """Write in the logbook what the file did; nobody is the actor."""
    Event.record(actor=None, verb=verb, target=thing)
