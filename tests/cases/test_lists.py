"""The lists: filters in the address, pages without a total, the spreadsheet, the search and the first screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Agreement, Case, RoutineUse
from cases.services.sharing import share_case
from organisation.models import AccessEvent
from tests.factories import CaseFactory, PolicyDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db
LIST = reverse("cases:list")


def numbers(client, **filters) -> set[str]:
    return {case.subject for case in client.get(LIST, filters).context["page"].rows}


@pytest.fixture
def cases(cast):
    """One of each kind, named by its subject."""
    income, youth = cast.income, cast.youth
    domain = PolicyDomainFactory(code="income")
    made = {
        "mine": CaseFactory(team=income, handler=cast.caseworker, policy_domain=domain, target_on="2026-01-01"),
        "theirs": CaseFactory(team=income, handler=cast.colleague, practice="tailored"),
        "held": CaseFactory(team=income, handler=cast.caseworker, state="on_hold"),
        "closed": CaseFactory(
            team=income, handler=cast.caseworker, state="closed", result="not", closed_at=timezone.now()
        ),
        "shared": CaseFactory(team=youth, handler=cast.stranger),
        "hidden": CaseFactory(team=youth, handler=cast.stranger),
    }
    for subject, case in made.items():
        Case.objects.filter(pk=case.pk).update(subject=subject)
    until = timezone.localdate() + timedelta(days=2)
    share_case(case=made["shared"], by=cast.stranger, to=cast.caseworker, work=False, reason="x", until=until)
    return made


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"mine", "theirs", "held", "shared"}),
        ({"state": "all"}, {"mine", "theirs", "held", "shared", "closed"}),
        ({"state": "on_hold"}, {"held"}),
        ({"state": "closed"}, {"closed"}),
        ({"whose": "mine"}, {"mine", "held"}),
        ({"whose": "team"}, {"mine", "theirs", "held"}),
        ({"whose": "shared"}, {"shared"}),
        ({"practice": "tailored"}, {"theirs"}),
        ({"policy_domain": "income"}, {"mine"}),
        ({"q": "THEIR"}, {"theirs"}),
        ({"opened_from": "2099-01-01"}, set()),
        ({"opened_to": "2020-01-01"}, set()),
        ({"sort": "subject"}, {"mine", "theirs", "held", "shared"}),
        ({"sort": "target", "whose": "mine"}, {"mine", "held"}),
        ({"opened_from": "nonsense", "whose": "nonsense"}, {"mine", "theirs", "held", "shared"}),
    ],
)
def test_the_address_says_what_is_shown(cast, cases, as_user, filters, expected):
    assert numbers(as_user(cast.caseworker), **filters) == expected


def test_by_handler_and_by_routine(cast, cases, as_user):
    client, routine = as_user(cast.caseworker), RoutineFactory()
    assert numbers(client, handler=cast.colleague.pk) == {"theirs"}
    RoutineUse.objects.create(
        case=cases["held"], routine=routine, routine_version=routine.version_on(), team=cast.income, period=202601
    )
    assert numbers(client, routine=routine.code) == {"held"}


def test_the_order_can_be_chosen(cast, cases, as_user):
    client = as_user(cast.caseworker)
    rows = [case.subject for case in client.get(LIST, {"sort": "subject"}).context["page"].rows]
    assert rows == sorted(rows)
    assert client.get(LIST, {"sort": "target"}).context["page"].rows[0].subject == "mine"


def test_a_page_holds_25_rows_and_says_whether_there_are_more(cast, as_user):
    CaseFactory.create_batch(26, team=cast.income, handler=cast.caseworker)
    client = as_user(cast.colleague)
    first, second = client.get(LIST), client.get(LIST, {"page": "2"})
    assert (len(first.context["page"].rows), first.context["page"].has_next) == (25, True)
    assert (len(second.context["page"].rows), second.context["page"].has_next) == (1, False)
    assert client.get(LIST, {"page": "nonsense"}).context["page"].number == 1
    assert client.get(LIST, {"page": "9" * 30}).status_code == 200


def test_searching_is_logged_and_looking_at_the_list_is_not(cast, cases, as_user):
    client = as_user(cast.caseworker)
    client.get(LIST)
    assert not AccessEvent.objects.exists()
    client.get(LIST, {"q": "theirs"})
    assert AccessEvent.objects.get().way == "search"


@pytest.mark.parametrize("who", ["policy", "reporter", "privacy", "controller", "admin", "manager", "stranger"])
def test_the_list_is_empty_for_who_sees_no_cases(cast, as_user, who):
    CaseFactory(team=cast.income, handler=cast.caseworker)
    assert numbers(as_user(getattr(cast, who)), state="all") == set()


def test_the_spreadsheet_holds_what_the_filter_shows_runs_no_formula_and_is_logged(cast, cases, as_user):
    Case.objects.filter(subject="mine").update(subject='=HYPERLINK("http://x")')
    answer = as_user(cast.caseworker).get(reverse("cases:export"), {"whose": "mine"})
    body = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert len(body.splitlines()) == 3
    assert "'=HYPERLINK" in body
    assert {line.way for line in AccessEvent.objects.all()} == {"export"}
    assert AccessEvent.objects.count() == 2


def test_the_search_finds_only_what_may_be_seen_and_logs_each_hit(cast, cases, as_user):
    client, found = as_user(cast.caseworker), reverse("cases:search-block")
    assert cases["mine"].number in client.get(found, {"q": "mine"}).content.decode()
    assert cases["hidden"].number not in client.get(found, {"q": cases["hidden"].number}).content.decode()
    assert AccessEvent.objects.get().target_label == cases["mine"].number
    assert client.get(found, {"q": "m"}).status_code == 200


def test_the_first_screen_shows_my_cases_and_what_is_due_in_them(cast, cases, as_user):
    today = timezone.localdate()
    for what, days, case in (("Soon", 3, "mine"), ("Later", 40, "mine"), ("Elsewhere", 1, "theirs")):
        Agreement.objects.create(
            case=cases[case], what=what, due_on=today + timedelta(days=days), made_by=cast.colleague
        )
    body = as_user(cast.caseworker).get(reverse("cases:block-mine")).content.decode()
    assert "Soon" in body
    assert "Later" not in body
    assert "Elsewhere" not in body
    assert cases["mine"].number in body
    assert cases["theirs"].number not in body
