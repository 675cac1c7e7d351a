"""One release, told in every form: the figures agree cell by cell, and no figure that is not told stands anywhere."""

import random
from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from deviations.models import Deviation
from learning.models import Chart, FigureRelease, LearningReport, StoredDashboard
from learning.services import composing, drawing, reporting
from organisation.files import KINDS
from organisation.kernel.periods import Quarter
from tests.factories import TeamFactory

from . import builders, parsing

pytestmark = pytest.mark.django_db
THIRD = Quarter(2026, 3)
PERIOD = {"period": str(THIRD)}
ANSWERS = ("agreed", "agreed_with_conditions", "refused", "by_space")
OUTCOMES = ("yes", "partly", "no", "unknown")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def town(cast):
    """A municipality made by lot. Every true figure can be told from a rounded one; some are about one household."""
    made = builders.town(routines=3, teams=[cast.income, cast.youth, TeamFactory(name="Wonen")])
    dice = random.Random(20261121)
    counts = dice.sample([n for n in range(211, 400) if n % 5], 15)
    for place, count in enumerate(counts):
        routine, team = divmod(place % 9, 3)
        one = {"register_reference": "R-1"} if place in (4, 10) else {}
        builders.add(
            made, count, routine=routine, team=team, period=202607 + place % 3, answer=dice.choice(ANSWERS),
            kind="made" if place < 11 else dice.choice(("considered", "blocked")), outcome=dice.choice(OUTCOMES),
            amount_cents=dice.randrange(100_01, 200_00), **one,
        )  # fmt: skip
    for routine in range(3):
        builders.report_uses(made, 2011 + 13 * routine, routine=routine, period=202608)
    return made


@pytest.fixture
def report(town, cast):
    made = reporting.make(quarter=THIRD, by=cast.policy)
    reporting.write(report=made, by=cast.policy, bottlenecks="B", lessons="L", done="D")
    return LearningReport.objects.get(pk=made.pk)


def true_figures() -> Counter:
    """What the rows of the quarter say: a loop, and nothing of our own services."""
    found: Counter = Counter()
    for row in Deviation.objects.filter(period__range=(202607, 202609)):
        keys = [("kinds", row.kind, "*"), ("kinds", "*", "*")]
        if row.kind == "made":
            routine, team = str(row.routine_id), str(row.team_id)
            keys += [("made", routine, team), ("made", routine, "*"), ("made", "*", team), ("made", "*", "*")]
            keys += [("answers", row.answer, "*"), ("outcomes", row.outcome, "*")]
        found.update(keys)
    return found


def not_told() -> set[str]:
    """The true figures, as digits, of which the release says something else or nothing."""
    release, true = FigureRelease.objects.get(), true_figures()
    told = {str(n) for rows in release.values.values() for row in rows.values() for n in row if n is not None}
    cents = sum(Deviation.objects.filter(kind="made").values_list("amount_cents", flat=True))
    money = {str(cents), str(cents // 100)}
    return {str(count) for key, count in true.items() if release.told(*key) != count} - told | money


def forms_of(client, report) -> dict[str, bytes]:
    """The report in every form."""
    forms = {kind: reverse("learning:report-file", args=[report.pk, kind]) for kind in KINDS}
    forms |= {"pdf": reverse("learning:report-pdf", args=[report.pk]), "page": report.get_absolute_url()}
    client.get(forms["page"])
    drawing.draw_all()
    return {kind: client.get(url).content for kind, url in forms.items()}


def test_a_report_says_the_same_in_every_form(report, cast, as_user):
    client = as_user(cast.policy)
    forms, given = forms_of(client, report), client.get(reverse("learning:api-report", args=[report.pk])).json()
    tables = parsing.of_json(given["figures"])
    titles = list(tables)
    cells = [cell for rows in tables.values() for row in rows.values() for cell in row]
    assert len(cells) > 25
    assert 3 <= cells.count(parsing.HIDDEN) < len(cells) / 2
    assert sorted(map(str, cells)) == sorted(
        parsing.HIDDEN if value is None else str(value) for _key, value in report.figures["values"]
    )
    assert parsing.of_page(forms["page"].decode()) == tables
    assert parsing.of_csv(forms["csv"]) == tables
    assert parsing.of_sheets(parsing.of_ods(forms["ods"]), titles) == tables
    assert parsing.of_sheets(parsing.of_xlsx(forms["xlsx"]), titles) == tables
    assert parsing.lines_on_paper(tables, parsing.on_paper(forms["pdf"])) == []


def test_its_charts_say_the_same_in_their_source_and_aloud(report, cast, as_user):
    client = as_user(cast.policy)
    forms, given = forms_of(client, report), client.get(reverse("learning:api-report", args=[report.pk])).json()
    tables = parsing.of_json(given["figures"])
    charts = Chart.objects.filter(spec__description__in=list(tables))
    assert charts.count() == 2 * len(tables)
    for chart in charts:
        last = {" ".join(name.split()): row[-1] for name, row in tables[chart.spec["description"]].items()}
        drawn = parsing.bars(chart.spec)
        assert len(drawn) >= 3
        assert drawn.items() <= last.items()
        assert parsing.aloud(chart.svg) == drawn
        assert chart.svg in forms["page"].decode()


def test_the_page_of_figures_says_the_same_in_every_form(report, cast, as_user):
    client = as_user(cast.policy)
    page = parsing.of_page(client.get(reverse("learning:dashboard"), PERIOD | {"part": "all"}).content.decode())
    hidden = 0
    for name in composing.MAKERS:
        figure = client.get(reverse("learning:api-figure", args=[THIRD, name])).json()["figure"]
        ((title, rows),) = parsing.of_json([figure]).items()
        hidden += sum(cell == parsing.HIDDEN for row in rows.values() for cell in row)
        if figure["missing"] or not any(cell for row in rows.values() for cell in row):
            continue
        files = {kind: reverse("learning:figure-file", args=[name, kind]) for kind in KINDS}
        made = {kind: client.get(url, PERIOD).content for kind, url in files.items()}
        assert page[title] == rows, name
        assert parsing.of_csv(b"x\r\n" + made["csv"]) == {"x": rows}, name
        for book in (parsing.of_ods(made["ods"]), parsing.of_xlsx(made["xlsx"])):
            assert parsing.of_sheets([[["x"], *book[0]]], []) == {"x": rows}, name
    assert hidden >= 3


def test_no_true_figure_that_is_not_told_stands_in_any_source(report, cast, as_user):
    client, raw = as_user(cast.policy), not_told()
    assert len(raw) > 20
    forms = forms_of(client, report)
    sources = {kind: parsing.parts_of(made) if made[:2] in (b"PK", b"%P") else made.decode()
               for kind, made in forms.items()}  # fmt: skip
    addresses = [reverse("learning:api-report", args=[report.pk]), reverse("learning:api-release", args=[THIRD])]
    addresses += [reverse("learning:api-figure", args=[THIRD, name]) for name in composing.MAKERS]
    sources |= {url: client.get(url).content.decode() for url in addresses}
    url = reverse("learning:dashboard")
    sources["dashboard"] = client.get(url, PERIOD | {"part": "all"}).content.decode()
    drawing.draw_all()
    sources["drawn"] = client.get(url, PERIOD | {"part": "all"}).content.decode()
    for kind in KINDS:
        made = client.get(reverse("learning:page-file", args=["all", kind]), PERIOD).content
        sources[f"page.{kind}"] = made.decode() if kind == "csv" else parsing.parts_of(made)
    sources |= {f"chart {chart.pk}": chart.svg for chart in Chart.objects.all()}
    kept = [report.figures, *Chart.objects.values_list("spec", flat=True)]
    kept += [*StoredDashboard.objects.values_list("figures", flat=True), FigureRelease.objects.get().values]
    found = {name: parsing.numbers_in(source) & raw for name, source in sources.items()}
    found |= {f"kept {place}": parsing.numbers_in(source) & raw for place, source in enumerate(kept)}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}
