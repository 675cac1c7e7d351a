"""Comparisons of answers: frozen once, safe to read, the same in every form, and a manager sees the own team only."""

import io
import random
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import numpy as np
import pytest
import time_machine
from django.urls import reverse
from scipy.optimize import Bounds as Ends
from scipy.optimize import LinearConstraint, milp

from accountability.models import Comparison
from accountability.rules.equality import ALL, DIMENSIONS, OTHER, WHOLE
from accountability.services import comparing, setting_beside
from organisation.kernel.access import Refused
from organisation.kernel.periods import HalfYear
from organisation.models import Event
from tests.factories import NeighbourhoodFactory, TeamFactory
from tests.learning import builders

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST = HalfYear(2026, 1)
K = 10


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(cast):
    """Four teams and three neighbourhoods; youth refuses far more often, and two teams have few."""
    made = builders.town(routines=2, teams=[cast.income, cast.youth, TeamFactory(name="Wonen"), TeamFactory()])
    hoods = [NeighbourhoodFactory(label_nl=name) for name in ("Centrum", "Haven", "Veld")]
    for hood in hoods:
        for team, (agreed, refused) in enumerate(((40, 5), (20, 12), (6, 1), (4, 2))):
            for answer, count in (("agreed", agreed), ("refused", refused)):
                builders.add(made, count, team=team, period=202603, answer=answer, neighbourhood=hood)
    return made


@pytest.fixture
def comparison(town):
    comparing.freeze_due()
    return Comparison.objects.get()


def shown(client, **query):
    return client.get(reverse("accountability:equality"), query)


def test_a_half_year_is_frozen_when_its_answers_are_in(town):
    with time_machine.travel(datetime(2026, 7, 20, 12, tzinfo=UTC), tick=False):
        assert comparing.freeze_due() == 0
    assert comparing.freeze_due() == 1
    assert comparing.freeze_due() == 0
    assert Event.objects.filter(verb="comparison.freeze").count() == 1


def test_who_refuses_more_often_than_others_stands_out_and_who_is_few_does_not(comparison):
    rows = dict(setting_beside.Read(comparison).rows("team"))
    assert rows["Jeugd"].verdict == "less"
    assert rows["Inkomen"].verdict == "alike"
    assert rows["Wonen"].agreed is None
    assert ("Jeugd", "Minder vaak akkoord dan te verwachten") in setting_beside.standing_out(comparison)


def test_what_a_space_agreed_to_counts_as_agreed_and_what_waits_does_not_count(town, cast):
    builders.add(town, 30, period=202604, answer="by_space")
    builders.add(town, 30, period=202604, answer="")
    builders.add(town, 30, period=202604, kind="considered")
    comparing.freeze_due()
    values = {tuple(key): value for key, value in Comparison.objects.get().figures["values"]}
    assert values[WHOLE, ALL, "agreed"] == 3 * 70 + 30


def test_a_manager_sees_the_own_team_beside_the_rest_and_no_other_name(comparison, cast, as_user):
    page = shown(as_user(cast.manager)).content.decode()
    assert "Inkomen" in page
    assert "Alle andere teams samen" in page
    assert "Jeugd" not in page
    assert "Centrum" not in page
    text = as_user(cast.manager).get(reverse("accountability:equality-file", args=["csv"])).content.decode()
    assert "Jeugd" not in text


def test_the_page_offers_to_begin_a_learning_question_to_who_may(comparison, cast, as_user):
    policy, controller = as_user(cast.policy), as_user(cast.controller)
    assert reverse("learning:question-new") not in shown(controller).content.decode()
    context = shown(policy).context
    begin = context["figures"][0].begin
    form = policy.get(f"{reverse('learning:question-new')}?{begin}").content.decode()
    assert "Gelijke behandeling: per team, eerste helft van 2026" in form
    assert "Jeugd: minder vaak akkoord dan te verwachten." in form


def test_every_file_says_what_the_page_says(comparison, cast, as_user):
    client = as_user(cast.policy)
    rows = list(setting_beside.table(comparison, shown(client).context["figures"]))
    numbers = [cell for row in rows for cell in row if isinstance(cell, int)]
    csv_text = client.get(reverse("accountability:equality-file", args=["csv"])).content.decode()
    assert len(csv_text.splitlines()) == len(rows)
    for kind, part, tag in (("ods", "content.xml", "table-cell"), ("xlsx", "xl/worksheets/sheet1.xml", "v")):
        made = client.get(reverse("accountability:equality-file", args=[kind])).content
        tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read(part))  # noqa: S314 - our own
        cells = [node for node in tree.iter() if node.tag.rpartition("}")[2] == tag]
        texts = [text for node in cells for text in (node.text, *node.attrib.values()) if text and text.isdecimal()]
        assert [int(text) for text in texts] == numbers
    assert client.get("/accountability/equality/figures.exe").status_code == 404


def test_counting_again_asks_why_and_keeps_hidden_what_was_hidden(comparison, town, cast):
    with pytest.raises(Refused):
        comparing.count_again(half=FIRST, by=cast.policy, note=" ")
    with pytest.raises(Refused):
        comparing.count_again(half=FIRST, by=cast.manager, note="Because.")
    with pytest.raises(Refused):
        comparing.count_again(half=FIRST + 1, by=cast.policy, note="Because.")
    builders.add(town, 40, team=2, period=202605, answer="refused")
    again = comparing.count_again(half=FIRST, by=cast.policy, note="A register came in.")
    assert again.edition == 2
    hidden = {tuple(key) for key, value in comparison.figures["values"] if value is None}
    values = {tuple(key): value for key, value in again.figures["values"]}
    assert all(values[key] is None for key in hidden if key in values)
    assert list(Comparison.objects.newest()) == [again]


def test_the_page_answers_as_often_whatever_there_is_to_compare(
    comparison, cast, as_user, django_assert_max_num_queries
):
    client = as_user(cast.policy)
    shown(client)
    with django_assert_max_num_queries(12):
        assert shown(client).status_code == 200


def possible(figures, wanted):
    """The least and most a hidden number can be for who has the whole file; shares no code with the protection."""
    values = {tuple(key): value for key, value in figures["values"]}
    names, rows, low, high = sorted(values), [], [], []

    def says(coefficients, least, most):
        row = np.zeros(len(names))
        for key, number in coefficients.items():
            row[names.index(key)] = number
        rows.append(row), low.append(least), high.append(most)

    for key, value in values.items():
        if value is None:
            says({key: 1}, 1, np.inf)
        else:
            says({key: 1}, *((0, 0) if value == 0 else (max(value - 2, K), value + 2)))
    for dimension in figures["dimensions"]:
        for answer in ("agreed", "refused"):
            compared, other = (dimension, ALL, answer), (dimension, OTHER, answer)
            says({(WHOLE, ALL, answer): 1, compared: -1, other: -1}, 0, 0)
            places = [k for k in names if k[0] == dimension and k[2] == answer and k not in (compared, other)]
            says({compared: 1} | dict.fromkeys(places, -1), 0, 0)
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(names))
        aim[names.index(wanted)] = sign
        rules = LinearConstraint(np.array(rows), low, high)
        found = milp(aim, integrality=np.ones(len(names)), bounds=Ends(0, 5000), constraints=rules)
        assert found.success
        ends.append(sign * found.fun)
    return round(ends[0]), round(ends[1])


@pytest.mark.parametrize("seed", range(6))
def test_nobody_works_out_a_small_number_from_all_that_is_published(seed, cast):
    dice = random.Random(seed)
    town = builders.town(routines=3, teams=[cast.income, cast.youth, TeamFactory(), TeamFactory()])
    hoods = [NeighbourhoodFactory() for _ in range(4)]
    for _each in range(40):
        builders.add(
            town, dice.choice((1, 2, 5, 15)), routine=dice.randrange(3), team=dice.randrange(4), period=202602,
            answer=dice.choice(("agreed", "agreed", "refused")), neighbourhood=dice.choice(hoods),
            weight=dice.choice("BC"),
        )  # fmt: skip
    comparing.freeze_due()
    figures = Comparison.objects.get().figures
    assert set(figures["dimensions"]) <= set(DIMENSIONS)
    for key in figures["small"]:
        least, most = possible(figures, tuple(key))
        assert most - least + 1 >= K - 1, (key, least, most)
