"""What internal control looks at: every decision with its ground, mandate, amount and what is missing, and no more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accountability.models import FrozenDossier
from accountability.rules.dossier_items import items
from accountability.rules.drawing import chance
from organisation.kernel.money import from_cents

from .reading_dossiers import later

BATCH = 500


@dataclass(frozen=True)
class ControlRow:
    """One decision. Amounts in whole cents."""

    dossier: FrozenDossier
    codes: tuple[str, ...]
    grounds: str
    mandate: str
    amount_cents: int
    missing: tuple[str, ...]


def decided() -> "QuerySet[FrozenDossier]":
    """Every decision that counts, the last first; its dossier is frozen within a minute."""
    rows = FrozenDossier.objects.filter(decision__voided_at__isnull=True).order_by("-decision__at", "-pk")
    beside = ("decision", "deviation__team", "deviation__routine", "deviation__evaluation")
    return rows.select_related(*beside).prefetch_related("deviation__dossier_notes")


def sample(rows: "QuerySet[FrozenDossier]", size: int, seed: str) -> "QuerySet[FrozenDossier]":
    """So many of them by the lot of the seed: the same list and seed give the same sample."""
    keys = sorted(rows.order_by().values_list("decision", flat=True), key=lambda key: chance(seed, key))
    return rows.filter(decision__in=keys[:size])


def in_rows(dossiers: Iterable[FrozenDossier]) -> list[ControlRow]:
    """As the page and the file show them."""
    return [_row(dossier) for dossier in dossiers]


def heads() -> list[str]:
    """The names of the columns of the file."""
    return [
        _("Number"), _("Decided on"), _("Team"), _("Routine"), _("Weight"), _("In law"), _("Ground in law"),
        _("Mandate"), _("Amount in euros"), _("What is missing"),
    ]  # fmt: skip


def lines(rows: "QuerySet[FrozenDossier]") -> Iterator[list[Any]]:
    """The file, line by line."""
    yield heads()
    for row in (_row(dossier) for dossier in rows.iterator(chunk_size=BATCH)):
        deviation = row.dossier.deviation
        yield [
            deviation.number, row.dossier.decision.at, deviation.team.name,
            deviation.routine.code if deviation.routine else None,
            deviation.weight, deviation.get_lawfulness_display(), row.grounds, row.mandate,
            from_cents(row.amount_cents), "; ".join(row.missing),
        ]  # fmt: skip


def _row(dossier: FrozenDossier) -> ControlRow:
    content, deviation = dossier.content, dossier.deviation
    found = items(content, later(deviation, deviation.dossier_notes.all()))
    grounds = [" ".join(part for part in (row["code"], row["article"]) if part) for row in content["grounds"]]
    return ControlRow(
        dossier=dossier,
        codes=tuple(row["code"] for row in content["grounds"]),
        grounds="; ".join(grounds),
        mandate=_mandate(content["decision"]),
        amount_cents=content["text"].get("amount_cents") or 0,
        missing=tuple(str(item.label) for item in found if item.missing),
    )


def _mandate(made: dict[str, Any]) -> str:
    if made["space"]:
        return _("%(space)s, given by %(name)s") % {
            "space": made["space"].partition(" ")[0],
            "name": made["space_given_by"],
        }
    if made["on_behalf_of"]:
        return _("%(name)s on behalf of %(other)s") % {"name": made["by"], "other": made["on_behalf_of"]}
    return str(made["by"])
