"""The public register in the browser: filters in the address, pages of twenty-five, CSV, and a public address."""

import csv
import io

import pytest
from django.urls import reverse

from accountability.models import Proposing, RegisterLine
from tests.factories import CaseFactory, DeviationFactory, PolicyDomainFactory, RoutineFactory

from .register_builders import line

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accountability:{name}", args=args)


def numbers(text):
    return {one.number for one in RegisterLine.objects.all() if one.number in text}


@pytest.fixture
def lines(cast):
    housing, routine = PolicyDomainFactory(code="wonen"), RoutineFactory()
    return {
        "plain": line(cast.admin),
        "housing": line(cast.admin, domain=housing, answer="refused", summary="Verhuizen kon niet wachten."),
        "routine": line(cast.admin, routine=routine, quarter=2, weight="C", ground="deviation", amount="to_250"),
        "back": line(cast.admin, state="taken_back"),
        "written": line(cast.admin, state="written"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"plain", "housing", "routine", "back"}),
        ({"q": "kon wachten"}, {"housing"}),
        ({"domain": "wonen"}, {"housing"}),
        ({"answer": "refused"}, {"housing"}),
        ({"quarter": "2", "year": "2025"}, {"routine"}),
        ({"weight": "C", "ground": "deviation", "amount": "to_250"}, {"routine"}),
        ({"state": "taken_back"}, {"back"}),
        ({"state": "written"}, set()),
        ({"weight": "Z"}, set()),
    ],
)
def test_the_filters_of_the_address_decide_on_page_and_csv(query, found, lines, cast, as_user):
    client = as_user(cast.caseworker)
    wanted = {lines[name].number for name in found}
    assert numbers(client.get(at("register"), query).content.decode()) == wanted
    assert numbers(client.get(at("register-file", "csv"), query).content.decode()) == wanted


def test_twenty_five_a_page(cast, as_user):
    for _number in range(30):
        line(cast.admin)
    client = as_user(cast.caseworker)
    first, second = (numbers(client.get(at("register"), {"page": page}).content.decode()) for page in (1, 2))
    assert (len(first), len(second)) == (25, 5)
    assert not first & second


def test_csv_tells_the_class_and_nothing_of_what_was_taken_back(lines, cast, as_user):
    text = as_user(cast.caseworker).get(at("register-file", "csv")).content.decode()
    rows = {row[0]: row for row in csv.reader(io.StringIO(text), delimiter=";")}
    assert "Verhuizen kon niet wachten." in rows[lines["housing"].number]
    back = rows[lines["back"].number]
    assert back[1] == "Teruggetrokken"
    assert not any(back[2:11])
    assert "Too much was told." in back


def test_colleagues_see_no_line_before_it_is_released(lines, cast, as_user):
    url = at("register-line", lines["written"].pk)
    assert as_user(cast.caseworker).get(url).status_code == 404
    assert as_user(cast.policy).get(url).status_code == 200


def test_who_made_the_deviation_writes_and_sees_no_button_to_release(cast, as_user):
    row = DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker), author=cast.caseworker)
    one = line(cast.admin, state="proposed", deviation=row)
    client = as_user(cast.caseworker)
    assert client.get(at("register-write", one.pk)).status_code == 200
    assert client.post(at("register-write", one.pk), {"summary": ""}).status_code == 422
    assert client.post(at("register-write", one.pk), {"summary": "Er was geen bewijs."}).status_code == 302
    assert at("register-release", one.pk) not in client.get(one.get_absolute_url()).content.decode()
    assert as_user(cast.colleague).get(at("register-write", one.pk)).status_code == 404


def test_the_keeper_does_not_see_whose_deviation_it_is(cast, as_user):
    row = DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker), author=cast.caseworker)
    one = line(cast.admin, state="written", deviation=row, written_by=cast.caseworker)
    page = as_user(cast.policy).get(one.get_absolute_url()).content.decode()
    assert cast.caseworker.name not in page
    assert row.number not in page


def test_taking_back_asks_why_and_shows_it_in_place(cast, as_user):
    one = line(cast.admin)
    client = as_user(cast.reporter)
    assert client.post(at("register-take-back", one.pk), {"reason": ""}).status_code == 422
    assert client.post(at("register-take-back", one.pk), {"reason": "Te veel verteld."}).status_code == 302
    assert "Te veel verteld." in as_user(cast.caseworker).get(at("register")).content.decode()


def test_proposing_goes_to_the_background_and_says_how_far(cast, as_user):
    DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker), state="agreed", answer="agreed",
                     period=202502, routine=RoutineFactory())  # fmt: skip
    client = as_user(cast.policy)
    assert client.post(at("register-propose"), {"year": "2025", "most": "0"}).status_code == 422
    assert client.post(at("register-propose"), {"year": "2025", "most": "20"}).status_code == 302
    assert Proposing.objects.get().state == "queued"
    assert "Wacht op zijn beurt" in client.get(at("register-propose")).content.decode()


def test_the_public_address_is_off_until_it_is_switched_on(lines, client, settings):
    urls = [at("public-register"), at("public-register-file", "csv")]
    assert all("/login/" in client.get(url).url for url in urls)
    settings.PUBLIC_REGISTER = True
    for url in urls:
        text = client.get(url, {"answer": "refused"}).content.decode()
        assert numbers(text) == {lines["housing"].number}
        assert "Admin" not in text
    assert lines["written"].number not in client.get(urls[0], {"state": "written"}).content.decode()
