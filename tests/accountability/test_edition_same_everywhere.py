"""One account, read by each audience in every form: the figures agree cell by cell."""

import pytest
from django.urls import reverse

from accountability.rules.audiences import NEEDED, Audience
from accountability.rules.spans import Span
from learning.models import Chart
from learning.services import drawing
from tests.learning import parsing

from .edition_builders import edition, figures

pytestmark = pytest.mark.django_db
HALF = Span(2025, 1, 2)


@pytest.fixture
def made(cast):
    """Every second figure of the first quarter is hidden, and no two figures are the same."""
    told = figures(HALF, 45, teams=3)
    for number, each in enumerate(told["quarters"]):
        each["figures"] = each["figures"] | {
            "values": [
                [key, None if number == 0 and place % 4 == 3 else 1000 * number + 5 * place + 10]
                for place, (key, _value) in enumerate(each["figures"]["values"])
            ]
        }
    return edition(cast.reporter, state="published", parts=NEEDED, span=HALF, figures=told)


def tables_of(given) -> parsing.Tables:
    """All figures of an account, in order."""
    return parsing.of_json([one for section in given["sections"] for one in section["figures"]] + given["appendix"])


@pytest.mark.parametrize("audience", list(Audience))
def test_an_account_says_the_same_in_every_form(made, audience, cast, as_user):
    client = as_user(cast.caseworker)
    asked = {"for": audience}
    given = client.get(reverse("accountability:api-account", args=[made.pk, audience])).json()
    tables, forms = tables_of(given), {}
    for kind in ("pdf", "html", "csv", "ods", "xlsx"):
        forms[kind] = client.get(reverse("accountability:edition-file", args=[made.pk, kind]), asked).content
    cells = [cell for rows in tables.values() for row in rows.values() for cell in row]
    assert len(cells) > 20
    assert 2 <= cells.count(parsing.HIDDEN) < len(cells) / 2
    titles = list(tables)
    page = client.get(made.get_absolute_url(), asked).content.decode()
    assert {title: rows for title, rows in parsing.of_page(page).items() if title in titles} == tables
    assert parsing.of_page(forms["html"].decode(), titles) == tables
    assert parsing.of_csv(forms["csv"]) == tables
    assert parsing.of_sheets(parsing.of_ods(forms["ods"]), titles) == tables
    assert parsing.of_sheets(parsing.of_xlsx(forms["xlsx"]), titles) == tables
    assert parsing.lines_on_paper(tables, parsing.on_paper(forms["pdf"])) == []


@pytest.mark.parametrize("audience", list(Audience))
def test_its_charts_say_the_same_in_their_source_and_aloud(made, audience, cast, as_user):
    client = as_user(cast.caseworker)
    tables = tables_of(client.get(reverse("accountability:api-account", args=[made.pk, audience])).json())
    client.get(made.get_absolute_url(), {"for": audience})
    drawing.draw_all()
    charts = Chart.objects.all()
    assert charts.count() >= 8
    for chart in charts:
        last = {" ".join(name.split()): row[-1] for name, row in tables[chart.spec["description"]].items()}
        assert parsing.bars(chart.spec).items() <= last.items()
        assert parsing.aloud(chart.svg) == parsing.bars(chart.spec)
