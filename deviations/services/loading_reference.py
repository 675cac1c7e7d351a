"""Loads the reviewed legal grounds and causes."""

from typing import Any, cast

from cases.models import SourceType
from deviations.models import Cause, Ground
from deviations.rules.weighing import Weight
from organisation.models import PolicyDomain
from organisation.services.loading_reference import ReferenceFault, Row, load_terms

GROUNDS = "grounds.yaml"


def load() -> dict[str, int]:
    """Bring both lists up to their files."""
    return {
        "grounds": load_terms(
            Ground,
            "deviations",
            GROUNDS,
            required=("kind", "weight", "when_applies_nl"),
            values=_values,
            after=_domains,
        ),
        "causes": load_terms(Cause, "deviations", "causes.yaml"),
    }


def _values(row: Row) -> dict[str, Any]:
    where = f"{GROUNDS}, {row['code']}"
    if row["kind"] not in Ground.Kind.values or row["weight"] not in Weight.values:
        raise ReferenceFault(f"{where}: there is no kind {row['kind']} or weight {row['weight']}.")
    if unknown := set(row.get("source_types") or ()) - set(SourceType.values):
        raise ReferenceFault(f"{where}: there is no kind of source {', '.join(sorted(unknown))}.")
    return {
        "kind": row["kind"],
        "weight": row["weight"],
        "article": row.get("article") or "",
        "when_applies": row["when_applies_nl"],
        "to_show": row.get("to_show_nl") or "",
        "source_types": list(row.get("source_types") or ()),
    }


def _domains(ground: Ground, row: Row) -> bool:
    """The policy domains in which a ground can be used; none means all."""
    codes = set(row.get("domains") or ())
    domains = PolicyDomain.objects.filter(code__in=codes)
    if unknown := codes - set(domains.values_list("code", flat=True)):
        raise ReferenceFault(f"{GROUNDS}, {row['code']}: there is no policy domain {', '.join(sorted(unknown))}.")
    if set(ground.policy_domains.values_list("code", flat=True)) == codes:
        return False
    ground.policy_domains.set(cast("list[PolicyDomain]", list(domains)))
    return True
