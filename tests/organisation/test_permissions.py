"""Who may do what on the ground floor, written out again by hand."""

from datetime import date

import pytest

from organisation.models import Notice, SavedView, Team, User
from organisation.permissions import MAY, Action, may, require

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "caseworker",
    "colleague",
    "stranger",
    "manager",
    "othermanager",
    "policy",
    "reporter",
    "privacy",
    "controller",
    "admin",
)
ABOUT_RIGHTS = (
    Action.SET_ROLES,
    Action.ADD_MEMBERSHIP,
    Action.END_MEMBERSHIP,
    Action.SEND_LINK,
    Action.UNLOCK,
    Action.DEACTIVATE,
)
ABOUT_NOTHING = (Action.ADMINISTER, Action.CREATE_PERSON, Action.CREATE_TEAM, Action.ADD_TERM, Action.CHANGE_TERM)


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("action", [*ABOUT_NOTHING, *ABOUT_RIGHTS, Action.EDIT_PERSON])
def test_only_an_administrator_manages_people(cast, person, action):
    assert bool(may(getattr(cast, person), action, cast.colleague)) is (person == "admin")


@pytest.mark.parametrize("action", [*ABOUT_RIGHTS, Action.REACTIVATE])
def test_nobody_changes_their_own_rights(cast, action):
    answer = may(cast.admin, action, cast.admin)
    assert not answer
    assert "own rights" in str(answer.reason) or "eigen rechten" in str(answer.reason)


@pytest.mark.parametrize(
    ("action", "of_who_works_here", "of_who_left"),
    [
        (Action.EDIT_PERSON, True, False),
        (Action.SET_ROLES, True, False),
        (Action.ADD_MEMBERSHIP, True, False),
        (Action.END_MEMBERSHIP, True, True),
        (Action.SEND_LINK, True, False),
        (Action.UNLOCK, True, True),
        (Action.DEACTIVATE, True, False),
        (Action.REACTIVATE, False, True),
    ],
)
def test_what_is_possible_depends_on_whether_somebody_works_here(cast, action, of_who_works_here, of_who_left):
    assert bool(may(cast.admin, action, User(is_active=True))) is of_who_works_here
    assert bool(may(cast.admin, action, User(is_active=False))) is of_who_left


@pytest.mark.parametrize("action", [Action.EDIT_TEAM, Action.CLOSE_TEAM])
def test_a_closed_team_stays_as_it_is(cast, action):
    assert may(cast.admin, action, cast.youth)
    assert not may(cast.admin, action, Team(closed_on=date(2026, 1, 1)))
    assert not may(cast.manager, action, cast.income)


def test_a_term_is_closed_once(cast, term):
    assert may(cast.admin, Action.CLOSE_TERM, term)
    term.valid_until = date(2026, 1, 1)
    assert not may(cast.admin, Action.CLOSE_TERM, term)


def test_everybody_reads_their_own_notices_and_nobody_elses(cast):
    notice = Notice(recipient=cast.caseworker)
    assert may(cast.caseworker, Action.READ_NOTICE, notice)
    assert not may(cast.admin, Action.READ_NOTICE, notice)


def test_a_view_is_changed_by_its_owner_and_shared_without_words_with_a_team_of_theirs(cast):
    mine = {"owner": cast.caseworker, "page": "cases:list", "name": "x", "query": "state=all"}
    assert may(cast.caseworker, Action.CHANGE_VIEW, SavedView(**mine))
    assert not may(cast.admin, Action.CHANGE_VIEW, SavedView(**mine))
    assert may(cast.caseworker, Action.SHARE_VIEW, SavedView(**mine))
    assert may(cast.caseworker, Action.SHARE_VIEW, SavedView(**mine, team=cast.income))
    assert not may(cast.caseworker, Action.SHARE_VIEW, SavedView(**mine, team=cast.youth))
    assert not may(cast.caseworker, Action.SHARE_VIEW, SavedView(**mine, words="q=rent"))
    assert not may(cast.colleague, Action.SHARE_VIEW, SavedView(**mine))


def test_only_an_administrator_stops_the_sharing_of_a_view_and_only_of_a_shared_one(cast):
    shared = SavedView(owner=cast.caseworker, name="Waiting", audience="everybody")
    assert may(cast.admin, Action.UNSHARE_VIEW, shared)
    assert not may(cast.manager, Action.UNSHARE_VIEW, shared)
    assert not may(cast.admin, Action.UNSHARE_VIEW, SavedView(owner=cast.caseworker, name="Waiting"))


def test_every_action_has_a_rule():
    assert set(MAY) == set(Action)


def test_requiring_raises_with_the_reason(cast):
    with pytest.raises(Exception, match=r"\w"):
        require(cast.caseworker, Action.CREATE_TEAM)
    assert require(cast.admin, Action.CREATE_TEAM) is None
