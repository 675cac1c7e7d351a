"""Every figure of an account is what the database said at its cut-off, counted here by hand."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accountability.models import Edition
from accountability.rules.audiences import Audience
from accountability.rules.spans import Span
from accountability.services import editing, freezing, illustrating
from deviations.models import Deviation
from learning.rules.lattice import ALL
from tests.factories import CaseFactory, DeviationFactory, RoutineFactory
from tests.learning import builders

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HALF = Span(2026, 1, 2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


def frozen(cast, span=HALF) -> Edition:
    draft = editing.make(span=span, by=cast.reporter)
    freezing.run(freezing_id=freezing.ask(edition=draft, by=cast.reporter).pk, pictures=False)
    return Edition.objects.get(pk=draft.pk)


def recount(rows, quarter) -> tuple[Counter, dict]:
    """How many, and about which households: a loop over rows, and nothing of our own services."""
    counts, households = Counter(), defaultdict(set)
    months = {quarter.year * 100 + month for month in range(quarter.number * 3 - 2, quarter.number * 3 + 1)}
    for row in rows:
        if row.period not in months:
            continue
        keys = [("kinds", row.kind, ALL), ("kinds", ALL, ALL)]
        if row.kind == "made":
            routine, team = str(row.routine_id), str(row.team_id)
            keys += [("made", routine, team), ("made", routine, ALL), ("made", ALL, team), ("made", ALL, ALL)]
            keys += [("answers", row.answer, ALL), ("outcomes", row.outcome, ALL)]
        for key in keys:
            counts[key] += 1
            households[key].add(str(row.case_id or row.register_reference or row.pk))
    return counts, households


def faults(edition, rows) -> list[str]:
    """Where the account says something else than these rows."""
    found, shown = [], 0
    for quarter, each in zip(edition.span.quarters, edition.figures["quarters"], strict=True):
        counts, households = recount(rows, quarter)
        for key, value in [(tuple(key), value) for key, value in each["figures"]["values"]]:
            shown += value is not None
            if value is not None and value != 5 * round(counts[key] / 5):
                found.append(f"{quarter} {key}: {value}, counted {counts[key]}")
            if value and len(households[key]) < 10:
                found.append(f"{quarter} {key}: {value} about {len(households[key])} households")
    assert shown > 10
    return found


def test_it_equals_a_recount_of_a_random_town(cast):
    made = builders.town(routines=4, teams=[cast.income, cast.youth])
    builders.fill(made, 900, seed=7, first=202601)
    rows = [row for row in Deviation.objects.counted()]
    assert faults(frozen(cast), rows) == []


def test_it_still_equals_the_rows_as_they_were_when_they_change_later(cast, clock):
    routines = [RoutineFactory(), RoutineFactory()]
    for number in range(60):
        DeviationFactory(
            case=CaseFactory(team=cast.income, handler=cast.caseworker), routine=routines[number % 2],
            state="agreed", answer="agreed", period=202602, outcome="yes" if number % 3 else "",
        )  # fmt: skip
    edition = frozen(cast, Span(2026, 1, 1))
    clock.move_to(NOW + timedelta(days=3))
    for row in Deviation.objects.all()[:20]:
        row.outcome, row.routine = "no", routines[0]
        row.save()
    then = [row for row in Deviation.history.as_of(edition.cut_off) if row.period]
    assert faults(edition, then) == []
    assert faults(edition, list(Deviation.objects.counted())) != []


def test_what_each_audience_is_shown_is_in_the_release(cast):
    made = builders.town(routines=4, teams=[cast.income, cast.youth])
    builders.fill(made, 900, seed=11, first=202601)
    edition = frozen(cast)
    release = [{tuple(k): v for k, v in each["figures"]["values"]} for each in edition.figures["quarters"]]
    for audience in Audience:
        told = illustrating.told(edition.span, edition.figures, audience)
        for values, everything in zip(told.values, release, strict=True):
            assert values.items() <= everything.items()
        shown = {cell.value for figure in illustrating.figures(HALF, edition.figures, audience)
                 for _name, cells in figure.rows for cell in cells}  # fmt: skip
        values = [set(each.values()) for each in release]
        sums = {a + b for a in values[0] for b in values[1] if None not in (a, b)}
        assert shown <= {0, None} | values[0] | values[1] | sums


def test_a_figure_that_is_not_for_an_audience_cannot_be_asked(cast):
    builders.fill(made := builders.town(routines=4, teams=[cast.income, cast.youth]), 900, seed=3, first=202601)
    edition = frozen(cast)
    key = ("made", str(made.routines[0].pk), str(cast.income.pk))
    assert illustrating.told(HALF, edition.figures, Audience.MANAGEMENT).of(key)
    for audience in (Audience.BOARD, Audience.COUNCIL):
        with pytest.raises(ValueError, match="not for"):
            illustrating.told(HALF, edition.figures, audience).of(key)
