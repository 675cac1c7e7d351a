"""Who may do what with a case: the table written again, by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import permissions
from cases.models import Case, JournalEntry
from cases.services import sharing
from cases.workflow import Action, RetentionAction, RoutineAction
from organisation.models import User
from tests.factories import CaseFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

# Everybody in the cast; who is named below may, who is not may not.
CARRY = {"handler", "colleague"}
WORK = {"handler", "colleague", "works_along"}
ON_OPEN_CASE = {
    Action.EDIT: CARRY,
    Action.RESTRICT: {"handler"},
    Action.HOLD: CARRY,
    Action.RESUME: CARRY,
    Action.CLOSE: CARRY,
    Action.REOPEN: CARRY,
    Action.HAND_OVER: CARRY,
    Action.SHARE: CARRY,
    Action.END_SHARE: CARRY,
    Action.WRITE: WORK,
    Action.AGREE: WORK,
    Action.MARK_DONE: WORK,
    Action.UNDO_DONE: WORK,
    Action.APPLY: WORK,
    Action.ATTACH: WORK,
    Action.DETACH: CARRY,
    Action.ADD_ADDENDUM: WORK,
    Action.CHANGE_ENTRY: {"handler"},
    Action.PLACE_HOLD: CARRY,
    Action.LIFT_HOLD: CARRY,
}
CLASSIFYING = {Action.CLASSIFY}  # only of a closed case
NEED_AN_OPEN_CASE = {
    Action.EDIT, Action.RESTRICT, Action.HAND_OVER, Action.SHARE, Action.WRITE, Action.AGREE, Action.APPLY,
    Action.CHANGE_ENTRY, Action.ATTACH, Action.DETACH,
}  # fmt: skip
ON_ENTRIES = {Action.ADD_ADDENDUM, Action.CHANGE_ENTRY}
PEOPLE = (
    "handler", "colleague", "works_along", "reads_along", "stranger", "manager", "othermanager", "policy", "reporter",
    "privacy", "controller", "admin",
)  # fmt: skip


@pytest.fixture
def people(cast):
    """The cast, and two caseworkers of another team who share the case."""
    found = {name: getattr(cast, name) for name in PEOPLE if hasattr(cast, name)}
    found["handler"] = cast.caseworker
    for name in ("works_along", "reads_along"):
        found[name] = UserFactory(name=name)
        MembershipFactory(user=found[name], team=cast.youth)
    return found


@pytest.fixture
def case(cast, people):
    """A case of the team, put before its manager too: leading a team must still give no right to act."""
    made = CaseFactory(team=cast.income, handler=cast.caseworker, before_manager=True)
    soon = timezone.localdate() + timedelta(days=9)
    for name in ("works_along", "reads_along"):
        work = name == "works_along"
        sharing.share_case(case=made, by=cast.caseworker, to=people[name], work=work, reason="Helps", until=soon)
    return made


def may(action: Action, user: User, case: Case) -> bool:
    """What the table says for the case as this person finds it; what they cannot find, they cannot do."""
    found = Case.objects.visible_to(user).filter(pk=case.pk).first()
    if found is None:
        return False
    thing = found
    if action in ON_ENTRIES:
        thing = JournalEntry(case=found, author=case.handler, text="x")
    return bool(permissions.answer(user, action, thing))


@pytest.mark.parametrize("action", ON_OPEN_CASE)
def test_the_table_of_an_open_case(action, people, case):
    assert {name for name in PEOPLE if may(action, people[name], case)} == ON_OPEN_CASE[action]


@pytest.mark.parametrize("action", ON_OPEN_CASE)
def test_the_table_of_a_closed_case(action, people, case):
    Case.objects.filter(pk=case.pk).update(state="closed", result="reached", closed_at=timezone.now())
    expected = set() if action in NEED_AN_OPEN_CASE else ON_OPEN_CASE[action]
    assert {name for name in PEOPLE if may(action, people[name], case)} == expected


@pytest.mark.parametrize("action", ON_OPEN_CASE)
def test_a_case_for_named_colleagues_is_closed_to_the_team(action, people, case):
    Case.objects.filter(pk=case.pk).update(confidentiality="named")
    assert {name for name in PEOPLE if may(action, people[name], case)} == ON_OPEN_CASE[action] - {"colleague"}


def test_every_action_is_in_the_table():
    assert set(permissions.MAY) == set(Action) | set(RoutineAction) | set(RetentionAction)
    assert set(ON_OPEN_CASE) | CLASSIFYING == set(Action) - {Action.OPEN}


@pytest.mark.parametrize("action", RoutineAction)
def test_only_administrators_and_policy_officers_keep_the_catalogue(action, people):
    assert {n for n in PEOPLE if permissions.answer(people[n], action, None)} == {"policy", "admin"}


def test_cases_are_opened_by_caseworkers_of_the_team(cast, people):
    who = {name for name in PEOPLE if permissions.answer(people[name], Action.OPEN, cast.income)}
    assert who == {"handler", "colleague"}


def test_an_own_entry_is_changed_for_a_day_only(cast, case):
    found = Case.objects.visible_to(cast.caseworker).get(pk=case.pk)
    old = JournalEntry(case=found, author=cast.caseworker, written_at=timezone.now() - timedelta(hours=24))
    answer = permissions.answer(cast.caseworker, Action.CHANGE_ENTRY, old)
    assert not answer
    assert "24" in str(answer.reason)


def test_a_correction_is_not_corrected_itself(cast, case):
    found = Case.objects.visible_to(cast.caseworker).get(pk=case.pk)
    addendum = JournalEntry(case=found, author=cast.caseworker, corrects=JournalEntry(case=found))
    assert not permissions.answer(cast.caseworker, Action.ADD_ADDENDUM, addendum)


def test_the_manager_hands_over_only_what_somebody_who_left_has_left_behind(cast, case):
    case.handler.is_active = True
    assert not permissions.answer(cast.manager, Action.HAND_OVER, case)
    case.handler.is_active = False
    assert permissions.answer(cast.manager, Action.HAND_OVER, case)
    assert not permissions.answer(cast.othermanager, Action.HAND_OVER, case)


def test_who_helps_with_a_case_is_asked_of_the_database_once(people, case, django_assert_max_num_queries):
    found = Case.objects.visible_to(people["works_along"]).select_related("handler").get(pk=case.pk)
    _ = people["works_along"].standing
    with django_assert_max_num_queries(2):  # what was shared with the person, and with the team
        for action in set(ON_OPEN_CASE) - ON_ENTRIES:
            permissions.answer(people["works_along"], action, found)


def test_the_page_of_who_helps_asks_no_more_with_more_entries(people, case, as_user):
    client, asked = as_user(people["works_along"]), []
    client.get(case.get_absolute_url())  # the first visit notes in the session when it was
    for more in (3, 27):
        JournalEntry.objects.bulk_create(
            JournalEntry(case=case, author=people["works_along"], text="Called.") for _ in range(more)
        )
        with CaptureQueriesContext(connection) as queries:
            assert "Called." in client.get(case.get_absolute_url()).content.decode()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_reading_the_table_asks_the_database_nothing(cast, case, django_assert_num_queries):
    found = Case.objects.visible_to(cast.caseworker).select_related("handler").get(pk=case.pk)
    _ = cast.caseworker.standing
    with django_assert_num_queries(0):
        for action in set(ON_OPEN_CASE) - ON_ENTRIES:
            permissions.answer(cast.caseworker, action, found)
