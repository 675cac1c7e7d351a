"""What is destroyed stays in the figures as a count, and the proof of the figures still holds."""

import pytest
from django.utils import timezone

from cases.models import RoutineUse
from deviations.models import Deviation
from learning.models import Cube, CubeUse, KeptCount, KeptUse, LearningReport, Link, ReportStory
from learning.services import counting, keeping_counts, recounting, refreshing, rolling_up
from learning.services.gathering import gather
from organisation.kernel.periods import Quarter
from tests.factories import CaseFactory, DeviationFactory

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    made = builders.town(teams=[cast.income, cast.youth])
    builders.add(made, 3, period=202601, amount_cents=1000, lead_minutes=60)
    builders.add(made, 2, period=202601, team=1, kind="considered")
    builders.add(made, 1, period=202605)
    builders.report_uses(made, 100, period=202601)
    rolling_up.roll_up_all()
    return made


def figures():
    names = ("period", "team_id", "kind", "deviations", "amount_cents", "lead_minutes", "lead_count")
    return sorted(Cube.objects.current().values_list(*names), key=str)


def destroy(rows):
    keys = list(rows.values_list("pk", flat=True))
    keeping_counts.keep_counts(deviations=keys, uses=[])
    Deviation.objects.filter(pk__in=keys).delete()


def test_the_figures_are_the_same_before_and_after(town):
    before = figures()
    destroy(Deviation.objects.filter(period=202601, kind="made")[:2])
    assert recounting.verify().differences == ()
    assert refreshing.follow_the_logbook() == 0
    rolling_up.roll_up_all()
    assert figures() == before
    assert recounting.verify().differences == ()


def test_a_month_of_which_everything_is_gone_stays(town):
    before = figures()
    destroy(Deviation.objects.filter(period=202605))
    assert counting.months_with_figures()[-1] == 202605
    rolling_up.roll_up_all()
    assert figures() == before


def test_counts_of_the_same_kind_are_added_up(town):
    for row in Deviation.objects.filter(period=202601, kind="made"):
        destroy(Deviation.objects.filter(pk=row.pk))
    kept = KeptCount.objects.get(period=202601)
    assert (kept.deviations, kept.amount_cents, kept.lead_minutes, kept.lead_count) == (3, 3000, 180, 3)


def test_what_changed_just_before_is_counted_again(town):
    row = Deviation.objects.filter(period=202605).get()
    row.outcome = "yes"
    row.save()
    destroy(Deviation.objects.filter(pk=row.pk))
    assert recounting.verify().differences
    refreshing.follow_the_logbook()
    assert recounting.verify().differences == ()


def test_uses_in_cases_stay_as_counts(town, cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    use = RoutineUse.objects.create(
        case=case, routine=town.routines[0], routine_version=town.routines[0].version_on(), team=cast.income,
        period=202601,
    )  # fmt: skip
    rolling_up.roll_up_all()
    before = sorted(CubeUse.objects.current().values_list("period", "source", "uses"))
    keeping_counts.keep_counts(deviations=[], uses=[use.pk])
    use.delete()
    assert KeptUse.objects.get().uses == 1
    assert not refreshing.follow_the_logbook()
    rolling_up.roll_up_all()
    assert sorted(CubeUse.objects.current().values_list("period", "source", "uses")) == before
    assert recounting.verify().differences == ()


def test_drafts_and_unfinished_imports_leave_no_count(town, cast):
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    draft = DeviationFactory(case=case)
    unfinished = builders.add(town, 1, register=builders.register(state="running"))
    keeping_counts.keep_counts(deviations=[draft.pk, unfinished[0].pk], uses=[])
    assert not KeptCount.objects.exists()


def test_a_report_counts_them_as_one_household_for_each_cell(town):
    quarter = Quarter(2026, 1)
    before = gather(quarter).rows
    destroy(Deviation.objects.filter(period=202601, kind="made"))
    after = gather(quarter).rows
    assert len(after) == len(before)
    assert len({row.household for row in after}) == len({row.household for row in before}) - 2


@pytest.mark.parametrize(("state", "released", "stays"), [("published", 1, 1), ("published", 0, 0), ("draft", 1, 0)])
def test_only_a_published_story_outlives_its_case(cast, state, released, stays):
    deviation = DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker))
    link = Link.objects.create(
        question=builders.question(cast), deviation=deviation, story="It went wrong.", told_at=timezone.now()
    )
    over = {"published_at": timezone.now(), "published_by": cast.reporter} if state == "published" else {}
    report = LearningReport.objects.create(year=2026, quarter=1, figures={}, digest="0" * 64, state=state, **over)
    by = {"released_by": cast.reporter, "released_at": timezone.now()} if released else {}
    ReportStory.objects.create(report=report, link=link, text="It went wrong.", chosen_by=cast.policy, **by)
    keeping_counts.let_go_of_stories([link.pk])
    assert list(ReportStory.objects.values_list("link", flat=True)) == [None] * stays
