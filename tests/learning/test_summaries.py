"""The summaries: equal to a recount, renewed with what changed, and the same after something is destroyed."""

import random

import pytest
from django.db.models import Sum

from cases.models import Case
from deviations.models import Deviation, Evaluation
from deviations.models.deviations import Structural, Urgency
from learning.models import CubeState, KeptSummary, Summary
from learning.services import counting, keeping_counts, recounting, refreshing, rolling_up
from organisation.kernel.periods import Period
from organisation.models import Event
from tests.factories import CaseFactory, CauseFactory, DeviationFactory, LifeDomainFactory

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    """Deviations with all that the summaries count, and cases that were closed."""
    made = builders.town(teams=[cast.income, cast.youth])
    builders.fill(made, 120, seed=4)
    dice, causes, lives = (
        random.Random(4),
        [CauseFactory() for _n in range(3)],
        [LifeDomainFactory(), LifeDomainFactory()],
    )
    for row in Deviation.objects.all():
        row.structural, row.urgency = dice.choice(["", *Structural.values]), dice.choice(Urgency.values)
        row.save()
        row.causes.set(dice.sample(causes, dice.randint(0, 2)))
        row.life_domains.set(dice.sample(lives, dice.randint(0, 2)))
        if dice.random() < 0.3:
            Evaluation.objects.create(
                deviation=row, helped="yes", real_cents=dice.randrange(90_000), by=cast.caseworker
            )
    for number in range(20):
        closed(
            cast, 202510 + number % 3, contact_count=dice.randint(1, 3), practice=dice.choice(("routine", "tailored"))
        )
    rolling_up.roll_up_all()
    return made


def closed(cast, month, **fields) -> Case:
    moment = Period.from_int(month).starts_at
    return CaseFactory(team=cast.income, state="closed", result="reached", closed_at=moment, **fields)


def number(table, value, **where) -> int:
    rows = Summary.objects.current().filter(table=table, value=value, **where)
    return rows.aggregate(n=Sum("number"))["n"] or 0


def equal() -> bool:
    return recounting.verify().differences == ()


def test_every_summary_equals_a_recount(town):
    assert equal()
    assert set(Summary.objects.values_list("table", flat=True)) == {
        "causes", "life_domains", "structural", "times", "costs", "practice",
    }  # fmt: skip


def test_the_recount_sees_a_summary_that_is_off_by_one(town):
    row = Summary.objects.first()
    Summary.objects.filter(pk=row.pk).update(number=row.number + 1)
    assert len(recounting.verify().differences) == 1


def test_a_cause_that_is_added_later_is_counted(town):
    deviation = DeviationFactory(
        case=CaseFactory(team=town.teams[0]), routine=town.routines[0], period=202510, state="awaiting"
    )
    cause = CauseFactory(code="late_cause")
    deviation.causes.add(cause)
    Event.record(actor=None, verb="deviation.changed", target=deviation)
    assert refreshing.follow_the_logbook() == 1
    assert number("causes", "late_cause") == 1
    version = CubeState.now().version
    assert refreshing.follow_the_logbook() == 0
    assert CubeState.now().version == version
    assert equal()


def test_a_case_counts_in_the_month_it_is_closed_and_no_longer_when_it_is_taken_up_again(town, cast):
    before = number("practice", "routine:reached")
    case = closed(cast, 202606)
    case.save()
    Event.record(actor=None, verb="case.closed", target=case)
    assert refreshing.follow_the_logbook() == 1
    assert number("practice", "routine:reached", period=202606) == 1
    assert counting.months_with_figures()[-1] == 202606
    case.state, case.closed_at, case.result = "open", None, ""
    case.save()
    Event.record(actor=None, verb="case.reopened", target=case)
    assert refreshing.follow_the_logbook() == 1
    assert number("practice", "routine:reached") == before
    assert equal()


def test_what_is_destroyed_stays_in_the_summaries(town, cast):
    def figures():
        names = ("period", "team_id", "table", "value", "number", "cents", "squares")
        return sorted(Summary.objects.current().values_list(*names), key=str)

    before = figures()
    rows, cases = Deviation.objects.filter(period=202510)[:6], Case.objects.filter(state="closed")[:4]
    keys, files = [row.pk for row in rows], [case.pk for case in cases]
    keeping_counts.keep_counts(deviations=keys, uses=[], cases=files)
    Deviation.objects.filter(pk__in=keys).delete()
    Case.objects.filter(pk__in=files).delete()
    assert KeptSummary.objects.exists()
    assert refreshing.follow_the_logbook() == 0
    assert equal()
    rolling_up.roll_up_all()
    assert figures() == before
    assert equal()


def test_nothing_that_counts_leaves_no_summary(cast):
    keeping_counts.keep_counts(deviations=[], uses=[], cases=[CaseFactory(team=cast.income).pk])
    assert not KeptSummary.objects.exists()


def test_how_long_an_answer_took_is_counted_apart_for_what_was_done_already(cast):
    made = builders.town(teams=[cast.income])
    builders.add(made, 2, lead_minutes=1440)
    builders.add(made, 3, lead_minutes=1441, urgency="already_done")
    builders.add(made, 1, lead_minutes=8 * 1440)
    builders.add(made, 4, answer="by_space", lead_minutes=0)
    builders.add(made, 5, answer="")
    builders.add(made, 9, kind="considered")
    rolling_up.roll_up_all()
    found = dict(Summary.objects.filter(table="times").values_list("value", "number"))
    assert found == {"asked:day": 2, "done:week": 3, "asked:later": 1, "space": 4, "asked:open": 5}
