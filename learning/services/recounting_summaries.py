"""Proving the summaries: each table once more in plain Python, from the raw rows, sharing no query with the roll-up."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from cases.models import Case
from deviations.models import Deviation, Evaluation
from learning.models import KeptSummary, Summary
from organisation.kernel.periods import Period

Cells = MutableMapping[tuple[str, ...], list[int]]

_AT_ONCE = 5000
_NOT_COUNTED = ("draft", "withdrawn")
_MINUTES = ((1440, "day"), (7 * 1440, "week"))


def count(cells: Cells, imports: dict[str, str]) -> None:
    """Add every summary to the cells, which give noughts for what is not there yet."""
    for place, table, value, cents, squares in (*_of_deviations(imports), *_of_cases()):
        cell = cells[(table, *place, value)]
        for at, number in enumerate((1, cents, squares)):
            cell[at] += number
    for kept in KeptSummary.objects.iterator(_AT_ONCE):
        cell = cells[_named(kept)]
        for at, number in enumerate((kept.number, kept.cents, kept.squares)):
            cell[at] += number


def stored(generation: int) -> dict[tuple[str, ...], list[int]]:
    """What the summaries of this generation say."""
    rows = Summary.objects.filter(generation=generation).iterator(_AT_ONCE)
    return {_named(row): [row.number, row.cents, row.squares, 0, 0] for row in rows}


def _named(row: Summary | KeptSummary) -> tuple[str, ...]:
    return (row.table, str(row.period), str(row.team_id), str(row.policy_domain_id), row.value)


One = tuple[tuple[str, str, str], str, str, int, int]


def _of_deviations(imports: dict[str, str]) -> Iterator[One]:
    real = dict(Evaluation.objects.filter(real_cents__isnull=False).values_list("deviation_id", "real_cents"))
    links = {"causes": Deviation.causes.through, "life_domains": Deviation.life_domains.through}
    terms: dict[str, dict[Any, list[str]]] = {}
    for table, through in links.items():
        code = f"{'cause' if table == 'causes' else 'lifedomain'}__code"
        for pk, value in through._default_manager.values_list("deviation_id", code):
            terms.setdefault(table, {}).setdefault(pk, []).append(value)
    for row in Deviation.objects.order_by().defer("if_followed", "instead", "why_here").iterator(_AT_ONCE):
        if row.state in _NOT_COUNTED or imports.get(str(row.register_id), "done") != "done":
            continue
        place = (str(row.period), str(row.team_id), str(row.policy_domain_id))
        for table, found in terms.items():
            yield from ((place, table, value, 0, 0) for value in found.get(row.pk, ()))
        if row.kind == "made":
            yield place, "structural", row.structural, 0, 0
            yield place, "times", _time(row), 0, 0
            yield from ((place, "costs", *cost) for cost in _costs(row, real.get(row.pk)))


def _time(row: Deviation) -> str:
    if row.answer == "by_space":
        return "space"
    until = "open" if row.lead_minutes is None else "later"
    for most, name in reversed(_MINUTES):
        if row.lead_minutes is not None and row.lead_minutes <= most:
            until = name
    return f"{'done' if row.urgency == 'already_done' else 'asked'}:{until}"


def _costs(row: Deviation, real: int | None) -> Iterator[tuple[str, int, int]]:
    for name, cents in (("extra", row.amount_cents), ("avoided", row.avoided_cents)):
        if cents:
            yield name, cents, cents * cents // 10_000
    if real is not None:
        yield "real", real, real * real // 10_000
        yield "planned", row.amount_cents, row.amount_cents**2 // 10_000
        yield "both", 0, real * row.amount_cents // 10_000


def _of_cases() -> Iterator[One]:
    for case in Case.objects.filter(closed_at__isnull=False).defer("question", "needed").iterator(_AT_ONCE):
        month = str(int(Period.of(case.closed_at)))  # type: ignore[arg-type]
        place = (month, str(case.team_id), str(case.policy_domain_id))
        yield place, "practice", f"{case.practice}:{case.result}", 0, 0
        if case.contact_count <= 1:
            yield place, "practice", f"{case.practice}:once", 0, 0
