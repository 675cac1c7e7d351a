"""The page with figures: who reads which, what the filter does, and that nothing hidden is in any source."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from learning.models import Chart, StoredDashboard
from learning.services import composing, drawing, preparing, releasing, rolling_up
from organisation.models import Errand

from . import builders

pytestmark = pytest.mark.django_db

NOW = "2026-04-20T10:00:00Z"
PAGE, FILE = "learning:dashboard", "learning:figure-file"


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
    releasing.catch_up(timezone.localdate())
    return town


def read(client, name=PAGE, figure=None, **query) -> str:
    kind = {"kind": "csv"} if name == FILE else {}
    response = client.get(reverse(name, kwargs={"name": figure, **kind} if figure else {}), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def kpi(page) -> str | None:
    found = re.search(r'hr-kpi__value">(?:<a[^>]*>)?([^<]*)<', page)
    return found and found[1]


def test_a_rate_stands_beside_its_denominator_exact_for_who_leads_the_team(town, cast, as_user):
    lines = read(as_user(cast.manager), FILE, "routines").splitlines()
    assert any(line.endswith("570;40;7,0;;") for line in lines), lines


def test_outside_the_team_a_rate_is_made_of_rounded_figures(town, cast, as_user):
    lines = read(as_user(cast.policy), FILE, "routines").splitlines()
    assert any(line.endswith(";570;55;9,6;;") for line in lines), lines


def test_no_exact_number_stands_in_any_source_outside_the_team(town, cast, as_user):
    client = as_user(cast.policy)
    names = composing.of_part(composing.ALL)
    sources = [read(client, part="all")] + [read(client, FILE, name) for name in names if name != "loop"]
    drawing.draw_all()
    sources += [read(client, part="all"), *Chart.objects.values_list("svg", flat=True)]
    sources += [str(spec["data"]) for spec in Chart.objects.values_list("spec", flat=True)]
    sources += [str(figures) for figures in StoredDashboard.objects.values_list("figures", flat=True)]
    exact = re.compile(r"(?<![\w.,#’-])(?:7|13|17|57|1234|1\.234|700,07|70007)(?![\w.,%-])")
    said = [exact.findall(re.sub(r"<[^>]*>|(?:Routine|Term) \d+", " ", source)) for source in sources]
    assert said == [[] for _source in sources]


def test_a_hidden_number_is_empty_in_the_file_with_the_reason_behind_it(town, cast, as_user):
    lines = read(as_user(cast.policy), FILE, "heat").splitlines()
    row = next(line for line in lines if town.routines[1].code in line)
    assert re.search(r";;.*Verborgen", row), row


def test_a_hidden_number_says_why_to_the_keyboard(town, cast, as_user):
    page = read(as_user(cast.policy), part="routines")
    assert re.search(r'<span class="hr-masked" tabindex="0">[^<]+<span class="hr-masked__why">[^<]{10,}</span>', page)


def test_a_table_of_many_columns_becomes_cards_in_a_narrow_place_and_a_slim_one_stays(town, cast, as_user):
    tables = re.split('<div class="utrecht-table-container', read(as_user(cast.policy), part="routines"))[1:]
    assert len(tables) > 1
    for table in tables:
        heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', table)
        assert table.startswith(" hr-table hr-table--cards") is (len(heads) > 3)
        assert set(re.findall(r'<td data-label="([^"]+)"', table)) <= set(heads[1:])
    assert any(table.startswith(" hr-table hr-table--cards") and "<td data-label=" in table for table in tables)


def test_a_manager_reads_the_own_teams_only(town, cast, as_user):
    client = as_user(cast.manager)
    page = read(client, part="all")
    assert "1.234" not in page
    assert "Jeugd" not in page
    assert client.get(reverse(PAGE), {"team": cast.youth.pk}).status_code == 422
    assert client.get(reverse(FILE, args=["trend", "csv"]), {"team": cast.youth.pk}).status_code == 404


def test_what_a_manager_reads_exactly_is_not_kept_for_others(town, cast, as_user):
    query = {"team": cast.income.pk, "period": "2026-Q1"}
    assert kpi(read(as_user(cast.manager), **query)) == "47"
    assert kpi(read(as_user(cast.policy), **query)) == "45"


def test_a_figure_of_the_own_team_leads_to_the_same_deviations(town, cast, as_user):
    client = as_user(cast.manager)
    page = read(client, part="reasons", period="2026-Q1") + read(client, part="routines", period="2026-Q1")
    links = set(re.findall(r'href="(/deviations/\?[^"]*)"', page))
    assert any("routine=" in link for link in links)
    found = client.get(next(link for link in links if "kind=considered" in link).replace("&amp;", "&"))
    assert len(found.context["page"].rows) == 12
    assert "/deviations/?" not in read(as_user(cast.policy), part="routines")


def test_who_leads_no_team_any_more_reads_nothing(town, cast, as_user):
    client = as_user(cast.manager)
    cast.manager.memberships.all().delete()
    assert client.get(reverse(PAGE)).status_code == 404


@pytest.mark.parametrize("person", ["caseworker", "privacy", "controller", "admin"])
def test_others_are_not_told_that_figures_exist(town, cast, as_user, person):
    client = as_user(getattr(cast, person))
    for url in (reverse(PAGE), reverse(FILE, args=["trend", "csv"]), reverse("learning:figure", args=["trend"])):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("person", "query", "made"),
    [
        ("reporter", {"period": "2026-Q1"}, "75"),
        ("reporter", {"period": "2025"}, "1.235"),
        ("reporter", {"period": "2025-Q4"}, "1.235"),
        ("reporter", {}, "1.310"),
        ("reporter", {"period": "2026-Q1", "team": "youth"}, "30"),
        ("othermanager", {"period": "2026-Q1"}, "30"),
        ("othermanager", {"first": "2026-02", "last": "2026-02"}, "30"),
        ("othermanager", {"period": "2019"}, None),
    ],
)
def test_the_filter_is_in_the_address(town, cast, as_user, person, query, made):
    query = {key: getattr(cast, value).pk if key == "team" else value for key, value in query.items()}
    assert kpi(read(as_user(getattr(cast, person)), **query)) == made


def test_a_domain_narrows_both_the_deviations_and_the_uses(town, cast, as_user):
    code = town.routines[1].policy_domain.code
    lines = read(as_user(cast.manager), FILE, "routines", domain=code).splitlines()
    assert len(lines) == 2
    assert ";400;7;1,8;" in lines[1]
    page = read(as_user(cast.policy), domain=code, part="reasons")
    assert page.count("per team, niet per beleidsdomein") == 3


@pytest.mark.parametrize(
    "query",
    [{"period": "tomorrow"}, {"period": "2026-Q5"}, {"first": "2026-13"}, {"first": "2026-03", "last": "2026-01"},
     {"first": "1990-01", "last": "2026-01"}, {"team": "x"}, {"domain": "nowhere"}],
)  # fmt: skip
@pytest.mark.parametrize("person", ["policy", "manager"])
def test_a_choice_that_does_not_exist_is_refused_with_a_sentence(town, cast, as_user, person, query):
    response = as_user(getattr(cast, person)).get(reverse(PAGE), query)
    assert response.status_code == 422
    assert "hr-kpi" not in response.content.decode()


@pytest.mark.parametrize("person", ["policy", "manager"])
def test_before_the_first_count_the_page_says_what_it_is_for(cast, as_user, person):
    page = read(as_user(getattr(cast, person)))
    assert "hr-empty" in page
    assert "hr-kpi" not in page


def test_a_figure_that_does_not_exist_is_not_found(town, cast, as_user):
    assert as_user(cast.policy).get(reverse(FILE, args=["people", "csv"])).status_code == 404


def test_the_page_shows_the_drawings_that_are_ready(town, cast, as_user):
    preparing.keep_ready()
    page = read(as_user(cast.policy))
    assert page.count("<svg role=") == 4
    assert 'hx-trigger="load delay:2s"' not in page
    assert " style=" not in page


def test_a_drawing_that_is_not_ready_is_asked_for_and_its_table_stands_open(town, cast, as_user):
    client, query = as_user(cast.policy), {"period": "2026-Q1"}
    page = read(client, **query)
    assert "<svg role=" not in page
    assert page.count("load delay:2s") == 2
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


@pytest.mark.parametrize("person", ["policy", "manager"])
def test_a_page_of_stored_figures_does_not_touch_the_cube(town, cast, as_user, person, django_assert_max_num_queries):
    client = as_user(getattr(cast, person))
    read(client)
    with django_assert_max_num_queries(20) as asked:
        read(client)
    assert not [query["sql"] for query in asked if '"learning_cube"' in query["sql"]]


def test_the_first_screen_of_a_manager_shows_figures_of_the_own_team(town, cast, as_user):
    assert kpi(read(as_user(cast.manager), "learning:block-figures")) == "47"
    assert kpi(read(as_user(cast.policy), "learning:block-figures")) == "1.310"
