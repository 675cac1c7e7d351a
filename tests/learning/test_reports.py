"""Learning reports: frozen once, safe to read, the same in every form, and stories only through a second person."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from learning.models import FigureRelease, LearningReport, Link, ReportStory
from learning.rules.households import household
from learning.rules.lattice import ALL, Shape, filled
from learning.rules.tallying import Closed, Row, money_of, tallied, two_digits, uses_tallied
from learning.services import reporting, tabling
from organisation.kernel.access import Refused
from organisation.kernel.opendocument import ods
from organisation.kernel.periods import Quarter
from organisation.kernel.sheets import Sheet
from tests.factories import CaseFactory, DeviationFactory, TeamFactory
from tests.learning import builders
from tests.learning.builders import question

pytestmark = pytest.mark.django_db
THIRD = Quarter(2026, 3)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(cast):
    """A quarter in which one team has few of one routine."""
    made = builders.town(routines=3, teams=[cast.income, cast.youth, TeamFactory(name="Wonen")])
    for routine in range(3):
        for team in range(3):
            builders.add(made, 4 if (routine, team) == (1, 1) else 30, routine=routine, team=team, period=202608)
    return made


@pytest.fixture
def report(town, cast):
    return reporting.make(quarter=THIRD, by=cast.policy)


def row(routine, household, **fields) -> Row:
    return Row(**{"routine": routine, "team": "t", "kind": "made", "household": household, "answer": "agreed"} | fields)


def test_the_figures_add_up_as_the_relations_say():
    rows = [row("r0", f"a{n}", causes=("x",), money={"extra": 100}) for n in range(12)]
    rows += [row("r1", f"b{n}", team="u", time="space", outcome="yes") for n in range(30)]
    rows.append(row("r0", "x", team="u", kind="considered", answer="", causes=("x", "y")))
    closed = [Closed("t", "tailored", "reached", True, "c")]
    whole = Shape(("r0", "r1"), ("t", "u"), ("x", "y"), ())
    for shape in whole.smaller:
        figures = filled(shape, tallied(rows, closed) | uses_tallied({("r0", "t"): 40, ("r1", "u"): 60}))
        for relation in shape.relations:
            assert figures[relation.whole].count == sum(figures[part].count for part in relation.parts), relation
    assert figures["causes", "x", ALL].count == 13
    assert {column for _table, _row, column in figures} == {ALL}


def test_one_household_that_comes_back_counts_once():
    figure = tallied([row("r", "same")] * 12)["made", "r", "t"]
    assert (figure.count, figure.households) == (12, 1)


def test_a_sum_of_which_one_household_has_most_is_about_nobody_else():
    rows = [row("r", f"h{n}", money={"extra": 100}) for n in range(11)]
    assert not tallied(rows)["costs", "extra", ALL].is_small(10)
    assert tallied([*rows, row("r", "rich", money={"extra": 9000})])["costs", "extra", ALL].is_small(10)


def test_money_is_told_in_two_digits_with_what_it_could_be_off_by():
    rows = [row("r", f"h{n}", money={"extra": 10_000, "real": 12_000, "planned": 10_000}) for n in range(4)]
    found = money_of(rows)
    assert found["extra", ALL] == (40_000, 20_000)
    assert found["real", ALL] == (48_000, 0)
    assert two_digits((123_456, 12_101)) == (120_000, 13_000)
    assert two_digits((0, 7)) == (0, 7)


def test_what_is_small_is_hidden_with_company(report, town, cast):
    made = tabling.figures(report)[0]
    hidden = [(name, place) for name, cells in made.rows for place, cell in enumerate(cells) if cell.value is None]
    assert len(hidden) >= 3
    assert any(name == str(town.routines[1]) for name, _place in hidden)
    assert 0.5 < report.figures["share_shown"] < 1
    assert all(value is None or value % 5 == 0 for _key, value in report.figures["values"])


def test_frozen_is_frozen(report, town):
    report.refresh_from_db()
    before = report.figures
    builders.add(town, 50, routine=0, team=0, period=202608)
    report.refresh_from_db()
    assert report.figures == before
    assert len(report.digest) == 64


def test_a_correction_is_a_next_edition_with_a_note(report, town, cast):
    with pytest.raises(Refused, match="veranderde"):
        reporting.make(quarter=THIRD, by=cast.policy)
    again = reporting.make(quarter=THIRD, by=cast.policy, note="A register came late.")
    assert again.edition == 2
    first = {tuple(key) for key in report.figures["hidden"]}
    assert first <= {tuple(key) for key in again.figures["hidden"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningReport.objects.filter(pk=again.pk).update(note="")


def test_a_quarter_that_is_not_over_is_refused(cast):
    with pytest.raises(Refused, match="voorbij"):
        reporting.make(quarter=Quarter(2026, 4), by=cast.policy)


def test_every_form_says_the_same(report, as_user, cast):
    client = as_user(cast.policy)
    page = client.get(report.get_absolute_url()).content.decode()
    text = client.get(reverse("learning:report-file", args=[report.pk, "csv"])).content.decode()
    paper = "".join(part.extract_text() for part in PdfReader(io.BytesIO(tabling.pdf(report))).pages)
    cells = [
        line[:-1] for line in ods_rows(client.get(reverse("learning:report-file", args=[report.pk, "ods"])).content)
    ]
    lines = [line[:-1] for line in csv.reader(io.StringIO(text), delimiter=";")]
    for table in tabling.figures(report):
        for name, figures in table.rows:
            values = ["" if cell.value is None else str(cell.value) for cell in figures]
            assert [name, *values] in lines
            assert [name, *values] in cells
            assert all(cell.text in page and cell.text in paper for cell in figures)


def ods_rows(book):
    """What a spreadsheet program would read."""
    content = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read("content.xml"))  # noqa: S314  our own file
    space = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{space}table-cell")]
        for row in content.iter(f"{space}table-row")
    ]


def test_no_raw_value_stands_anywhere(report, town):
    assert "4" not in {str(value) for _key, value in report.figures["values"]}
    assert set(report.figures) == {"k", "as_of", "routines", "teams", "values", "hidden", "share_shown"}
    release = FigureRelease.objects.get()
    numbers = [n for rows in release.values.values() for row in rows.values() for n in row if n is not None]
    assert all(n == 0 or n >= 10 and n % 5 == 0 for n in numbers)


def test_a_formula_in_a_sheet_stays_text():
    book = ods([Sheet("x", [["=1+1", 5, None, "<b>\x00"]])])
    assert ods_rows(book) == [["'=1+1", "5", "", "<b>"]]


def test_publishing_asks_for_the_three_parts_and_ends_the_writing(report, cast):
    with pytest.raises(Refused, match="drie delen"):
        reporting.publish(report=report, by=cast.reporter)
    reporting.write(report=report, by=cast.policy, bottlenecks="B", lessons="L", done="D")
    reporting.publish(report=report, by=cast.reporter)
    with pytest.raises(Refused):
        reporting.write(report=report, by=cast.policy, bottlenecks="x", lessons="x", done="x")


@pytest.fixture
def story(report, cast):
    link = Link.objects.create(
        question=question(cast), signaller=cast.caseworker, story="Somebody waited.", told_at=timezone.now(),
        deviation=DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker)),
    )  # fmt: skip
    return reporting.choose(report=report, by=cast.policy, link=link)


def test_a_story_is_released_by_somebody_else(story, cast):
    with pytest.raises(Refused, match="tweede"):
        reporting.release(story=story, by=cast.policy)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportStory.objects.filter(pk=story.pk).update(released_by=cast.policy, released_at=timezone.now())
    assert reporting.release(story=story, by=cast.reporter).released_by == cast.reporter


def test_a_story_that_waits_keeps_the_report_back(story, report, cast):
    reporting.write(report=report, by=cast.policy, bottlenecks="B", lessons="L", done="D")
    with pytest.raises(Refused, match="verhaal"):
        reporting.publish(report=report, by=cast.policy)
    reporting.take_out(story=story, by=cast.policy)
    assert reporting.publish(report=report, by=cast.policy).published_at


def test_colleagues_read_what_is_published_and_nothing_before(report, as_user, cast):
    client = as_user(cast.caseworker)
    assert client.get(report.get_absolute_url()).status_code == 404
    reporting.write(report=report, by=cast.policy, bottlenecks="B", lessons="L", done="D")
    reporting.publish(report=report, by=cast.policy)
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(reverse("learning:report-write", args=[report.pk])).status_code == 404


def test_making_it_in_the_browser(report, as_user, cast):
    client = as_user(cast.reporter)
    answer = client.post(reverse("learning:report-new"), {"quarter": "2026-Q3", "note": "A register came late."})
    assert answer.status_code == 302
    assert client.post(reverse("learning:report-new"), {"quarter": "2026-Q3", "note": ""}).status_code == 409
    assert client.post(reverse("learning:report-new"), {"quarter": "2031-Q1", "note": ""}).status_code == 422


def test_the_command_makes_it(town, capsys):
    call_command("make_report", "--period", "2026-Q3")
    assert "%" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("make_report", "--period", "2026-Q3")


def test_a_quarter_with_hardly_anything_says_so(cast):
    small = builders.town(routines=2, teams=[cast.income])
    builders.add(small, 3, routine=0, team=0, period=202608)
    with pytest.raises(Refused, match="zo weinig"):
        reporting.make(quarter=THIRD, by=cast.policy)


def test_rows_that_cannot_be_told_apart_are_the_fewest_households_they_can_be():
    assert household("case", "R1", "noord") == household("case", "", None)
    assert household(None, "R1", "noord") == household(None, "R1", "zuid") != household(None, "R2", "noord")
    assert household(None, "", "noord") == household(None, "", "noord") != household(None, "", "zuid")
    assert household(None, "", None) == household(None, "", None) != household(None, "", "noord")


def test_a_register_without_references_publishes_nothing_small(cast):
    town = builders.town(routines=2, teams=[cast.income, cast.youth])
    for routine in range(2):
        for team in range(2):
            builders.add(town, 40, routine=routine, team=team, period=202608, register_reference="")
    with pytest.raises(Refused, match="zo weinig"):
        reporting.make(quarter=THIRD, by=cast.policy)
