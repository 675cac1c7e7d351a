"""Loads the reviewed retention classes, and routines with new versions; a version that exists is never changed."""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.utils import timezone

from cases.models import RetentionClass, Routine, RoutineVersion, SourceType
from cases.rules.keeping import Duration, NoDuration, Starts
from organisation.models import PolicyDomain
from organisation.services.loading_reference import (
    CHANGED,
    CLOSED,
    LOADED,
    ReferenceFault,
    Row,
    amend,
    load_terms,
    log,
    marked,
    read_rows,
    require,
)

FILE = "routines.yaml"
CLASSES = "retention_classes.yaml"


def load() -> dict[str, int]:
    """Bring both lists up to their files; what people wrote here stays as it is."""
    classes = load_terms(
        RetentionClass, "cases", CLASSES, required=("starts", "source"), values=_period, after=_proposed_for
    )
    return {"routines": _load_routines(), "retention classes": classes}


def _load_routines() -> int:
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
    return added + sum(_close(known[code], by_people) for code in sorted(gone))


def _period(row: Row) -> dict[str, Any]:
    """How long, from which day, and where that stands."""
    where, keep, permanent = f"{CLASSES}, {row['code']}", str(row.get("keep") or ""), bool(row.get("permanent"))
    if row["starts"] not in Starts.values or permanent == bool(keep):
        raise ReferenceFault(f"{where}: name where it starts, and either how long it is kept or that it is for ever.")
    try:
        Duration.parse(keep or "P1D")
    except NoDuration:
        raise ReferenceFault(f"{where}: {keep} is no duration such as P10Y, P6M or P42D.") from None
    return {"keep": keep, "starts": row["starts"], "permanent": permanent, "source": row["source"]}


def _proposed_for(kept: RetentionClass, row: Row) -> bool:
    """The policy domains whose cases get this class unless somebody chooses another."""
    codes = set(row.get("default_for") or ())
    domains = PolicyDomain.objects.filter(code__in=codes)
    if unknown := codes - set(domains.values_list("code", flat=True)):
        raise ReferenceFault(f"{CLASSES}, {row['code']}: there is no policy domain {', '.join(sorted(unknown))}.")
    if set(kept.policy_domains.values_list("code", flat=True)) == codes:
        return False
    kept.policy_domains.set(cast("list[PolicyDomain]", list(domains)))
    return True


def _changed_by_people() -> set[Any]:
    """Keys of routines that somebody changed, themselves or by a version."""
    _, versions = marked(RoutineVersion)
    owners = RoutineVersion.objects.filter(pk__in=versions).values_list("routine_id", flat=True)
    return marked(Routine)[1] | set(owners)


def _routine(row: Row, routine: Routine | None, domain: UUID, by_people: set[Any]) -> int:
    fields = {"title_nl": row["title_nl"], "title_en": row["title_en"], "policy_domain_id": domain}
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
