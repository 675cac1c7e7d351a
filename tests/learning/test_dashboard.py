"""The page with figures: who reads which, what the filter does, and that nothing hidden is in any source."""

import re

import pytest
import time_machine
from django.urls import reverse

from learning.models import Chart, StoredDashboard
from learning.services import drawing, preparing, rolling_up
from organisation.models import Errand

from . import builders

pytestmark = pytest.mark.django_db

NOW = "2026-03-10T10:00:00Z"
PAGE, CSV = "learning:dashboard", "learning:figure-csv"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def town(cast):
    """Routine 0: 40 in Inkomen, 17 in Jeugd. Routine 1: 7 in Inkomen, 13 in Jeugd. Routine 2: 1234 in Jeugd."""
    town = builders.town(teams=[cast.income, cast.youth], routines=3)
    builders.add(town, 40, routine=0, team=0, period=202601, lead_minutes=1440, outcome="yes")
    builders.add(town, 17, routine=0, team=1, period=202602, answer="by_space", lead_minutes=0, outcome="no")
    builders.add(town, 7, routine=1, team=0, period=202602, answer="refused", amount_cents=700_07)
    builders.add(town, 13, routine=1, team=1, period=202602)
    builders.add(town, 1234, routine=2, team=1, period=202512, answer="by_space")
    builders.add(town, 12, routine=0, team=0, period=202601, kind="considered")
    for routine, uses in enumerate((570, 400, 5000)):
        builders.report_uses(town, uses, routine=routine, period=202601)
    rolling_up.roll_up_all()
    return town


def read(client, name=PAGE, figure=None, **query) -> str:
    response = client.get(reverse(name, kwargs={"name": figure} if figure else {}), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_rates_stand_beside_their_denominator(town, cast, as_user):
    lines = read(as_user(cast.policy), CSV, "routines").splitlines()
    assert any(line.endswith("570;57;10,0;;") for line in lines), lines


def test_a_routine_with_few_deviations_is_hidden_in_every_source(town, cast, as_user):
    client, query = as_user(cast.policy), {"team": cast.income.pk, "period": "2026-Q1"}
    sources = [read(client, **query)]
    sources += [read(client, CSV, name, **query) for name in ("routines", "heat", "answers", "trend", "outcomes")]
    drawing.draw_all()
    sources += [read(client, **query), *Chart.objects.values_list("svg", flat=True)]
    sources += [str(spec) for spec in Chart.objects.values_list("spec", flat=True)]
    sources += [str(figures) for figures in StoredDashboard.objects.values_list("figures", flat=True)]
    numbers = [re.findall(r"(?<![\w.,#’-])7(?![\w.,%-])", re.sub(r"<[^>]*\d[^>]*>", "", source)) for source in sources]
    assert not any("700,07" in source or "70007" in source for source in sources)
    assert "&lt;10" in sources[0]
    assert numbers == [[] for _source in sources]


def test_a_hidden_number_is_empty_in_the_csv_with_the_reason_behind_it(town, cast, as_user):
    lines = read(as_user(cast.policy), CSV, "heat").splitlines()
    row = next(line for line in lines if town.routines[1].code in line)
    assert ";;;Verborgen" in row or ";;;Hidden" in row


def test_a_hidden_number_says_why_to_the_keyboard(town, cast, as_user):
    page = read(as_user(cast.policy), team=cast.income.pk)
    assert re.search(r'<span class="hr-masked" tabindex="0">&lt;10<span class="hr-masked__why">[^<]{10,}</span>', page)


def test_a_manager_reads_the_own_teams_only(town, cast, as_user):
    client = as_user(cast.manager)
    page = read(client)
    assert "1.234" not in page
    assert "Jeugd" not in page
    assert read(client, CSV, "trend").count(";52;") == 0
    assert client.get(reverse(PAGE), {"team": cast.youth.pk}).status_code == 422
    assert client.get(reverse(CSV, args=["trend"]), {"team": cast.youth.pk}).status_code == 404


def test_who_leads_no_team_any_more_reads_nothing(town, cast, as_user):
    client = as_user(cast.manager)
    cast.manager.memberships.all().delete()
    assert client.get(reverse(PAGE)).status_code == 404


@pytest.mark.parametrize("person", ["caseworker", "privacy", "controller", "admin"])
def test_others_are_not_told_that_figures_exist(town, cast, as_user, person):
    client = as_user(getattr(cast, person))
    for url in (reverse(PAGE), reverse(CSV, args=["trend"]), reverse("learning:figure", args=["trend"])):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ({"period": "2026-Q1"}, "77"),
        ({"period": "2025"}, "1.234"),
        ({"period": "2025-Q4"}, "1.234"),
        ({"first": "2026-02", "last": "2026-02"}, "37"),
        ({"period": "2026-Q1", "team": "youth"}, "30"),
        ({"period": "2019"}, None),
    ],
)
def test_the_filter_is_in_the_address(town, cast, as_user, query, made):
    query = {key: getattr(cast, value).pk if key == "team" else value for key, value in query.items()}
    page = read(as_user(cast.reporter), **query)
    found = re.search(r'hr-kpi__value">([^<]*)<', page)
    assert (found and found[1]) == made


def test_a_domain_narrows_both_the_deviations_and_the_uses(town, cast, as_user):
    code = town.routines[1].policy_domain.code
    lines = read(as_user(cast.policy), CSV, "routines", domain=code).splitlines()
    assert len(lines) == 2
    assert ";400;20;5,0;" in lines[1]


@pytest.mark.parametrize(
    "query",
    [{"period": "tomorrow"}, {"period": "2026-Q5"}, {"first": "2026-13"}, {"first": "2026-03", "last": "2026-01"},
     {"first": "1990-01", "last": "2026-01"}, {"team": "x"}, {"domain": "nowhere"}],
)  # fmt: skip
def test_a_choice_that_does_not_exist_is_refused_with_a_sentence(town, cast, as_user, query):
    response = as_user(cast.policy).get(reverse(PAGE), query)
    assert response.status_code == 422
    assert "hr-kpi" not in response.content.decode()


def test_before_the_first_count_the_page_says_what_it_is_for(cast, as_user):
    page = read(as_user(cast.policy))
    assert "hr-empty" in page
    assert "hr-kpi" not in page


def test_a_figure_that_does_not_exist_is_not_found(town, cast, as_user):
    assert as_user(cast.policy).get(reverse(CSV, args=["people"])).status_code == 404


def test_the_page_shows_the_drawings_that_are_ready(town, cast, as_user):
    preparing.keep_ready()
    page = read(as_user(cast.policy))
    assert page.count("<svg role=") == 10
    assert 'hx-trigger="load delay:2s"' not in page
    assert " style=" not in page


def test_a_drawing_that_is_not_ready_is_asked_for_and_its_table_stands_open(town, cast, as_user):
    client, query = as_user(cast.policy), {"period": "2026-Q1"}
    page = read(client, **query)
    assert "<svg role=" not in page
    assert page.count("load delay:2s") == 5
    assert Errand.objects.filter(task=drawing.TASK, done_at=None).count() == 1
    drawing.draw_all()
    part = read(client, "learning:figure", "trend", asked="1", **query)
    assert part.count("<svg role=") == 2
    assert "load delay" not in part


def test_a_page_asks_for_a_drawing_ever_less_often_and_then_stops(town, cast, as_user):
    client, query = as_user(cast.policy), {"period": "2026-Q1"}
    waits = [
        re.findall(r"delay:(\d+)s", read(client, "learning:figure", "trend", asked=n, **query)) for n in range(1, 7)
    ]
    assert waits == [["4"], ["8"], ["16"], ["32"], [], []]
    assert "asked=" not in re.sub(r'hx-get="[^"]*"', "", read(client, "learning:figure", "trend", asked="x", **query))


def test_a_page_of_stored_figures_does_not_touch_the_cube(town, cast, as_user, django_assert_max_num_queries):
    client = as_user(cast.policy)
    read(client)
    with django_assert_max_num_queries(16) as asked:
        read(client)
    assert not [query["sql"] for query in asked if '"learning_cube"' in query["sql"]]


def test_the_first_screen_of_a_manager_shows_figures_of_the_own_team(town, cast, as_user):
    block = read(as_user(cast.manager), "learning:block-figures")
    assert ">47<" in block
