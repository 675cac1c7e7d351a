"""Loads the reviewed routines and their new versions; a version that exists is never changed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from cases.models import Routine, RoutineVersion, SourceType
from organisation.models import PolicyDomain
from organisation.services.loading_reference import (
    CHANGED,
    CLOSED,
    LOADED,
    ReferenceFault,
    Row,
    amend,
    log,
    marked,
    read_rows,
    require,
)

FILE = "routines.yaml"


def load() -> dict[str, int]:
    """Bring the catalogue up to its file; what people wrote here stays as it is."""
    rows = read_rows("cases", FILE, required=("title_nl", "title_en", "domain", "versions"))
    domains = dict(PolicyDomain.objects.values_list("code", "pk"))
    known = {routine.code: routine for routine in Routine.objects.prefetch_related("versions")}
    by_people = _changed_by_people()
    added = 0
    for row in rows:
        if row["domain"] not in domains:
            raise ReferenceFault(f"{FILE}, {row['code']}: there is no policy domain {row['domain']}.")
        added += _routine(row, known.get(row["code"]), domains[row["domain"]], by_people)
    gone = set(known) - {row["code"] for row in rows}
    return {"routines": added + sum(_close(known[code], by_people) for code in sorted(gone))}


def _changed_by_people() -> set[Any]:
    """Keys of routines that somebody changed, themselves or by a version."""
    _, versions = marked(RoutineVersion)
    owners = RoutineVersion.objects.filter(pk__in=versions).values_list("routine_id", flat=True)
    return marked(Routine)[1] | set(owners)


def _routine(row: Row, routine: Routine | None, domain: UUID, by_people: set[Any]) -> int:
    fields = {"title": row["title_nl"], "policy_domain_id": domain}
    changed = 0
    if routine is None:
        routine = Routine.objects.create(code=row["code"], **fields)
        log(LOADED, routine)
        changed = 1
    elif routine.pk not in by_people and amend(routine, fields):
        log(CHANGED, routine)
        changed = 1
    return changed + sum(_version(routine, values) for values in _versions(row))


def _versions(row: Row) -> Iterator[dict[str, Any]]:
    """The versions of a row, oldest first. A version without a purpose is refused."""
    for version in sorted(row["versions"], key=lambda version: version["number"]):
        where = f"{FILE}, {row['code']} version {version['number']}"
        require(version, ("valid_from", "source_type", "prescribes_nl", "purpose_nl", "reason"), where)
        if version["source_type"] not in SourceType.values:
            raise ReferenceFault(f"{where}: there is no kind of source {version['source_type']}.")
        yield {
            "number": version["number"],
            "prescribes": version["prescribes_nl"],
            "purpose": version["purpose_nl"],
            "source_type": version["source_type"],
            "source_reference": version.get("source_reference") or "",
            "source_url": version.get("source_url") or "",
            "valid_from": version["valid_from"],
            "reason": version["reason"],
        }


def _version(routine: Routine, values: dict[str, Any]) -> int:
    """Add a version that is newer than all there are, and end the one that held; otherwise nothing."""
    newest = routine.versions.order_by("-number").first()
    if newest is not None:
        if values["number"] <= newest.number or values["valid_from"] < newest.valid_from:
            return 0
        if newest.valid_until is None or newest.valid_until > values["valid_from"]:
            amend(newest, {"valid_until": values["valid_from"]})
    log(LOADED, RoutineVersion.objects.create(routine=routine, **values))
    return 1


def _close(routine: Routine, by_people: set[Any]) -> int:
    """End the version that holds, if the routine came from a file and nobody changed it here."""
    version = routine.versions.filter(valid_until__isnull=True).first()
    if version is None or routine.pk in by_people or routine.pk not in marked(Routine)[0]:
        return 0
    amend(version, {"valid_until": max(timezone.localdate(), version.valid_from)})
    log(CLOSED, routine)
    return 1
