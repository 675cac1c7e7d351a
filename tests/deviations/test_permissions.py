"""Who may do what, written again by hand: role × own or other × team."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from uuid import uuid4

import pytest

from deviations import permissions
from deviations.workflow import Action, SpaceAction
from organisation.models import Standing

TEAM, OTHER_TEAM = uuid4(), uuid4()


@dataclass(frozen=True)
class Person:
    """Somebody with a standing, without a database."""

    standing: Standing
    pk: object
    is_active: bool = True

    @property
    def roles(self):
        return self.standing.roles

    @property
    def accounts(self):
        return {self.pk}


def person(*roles, works_in=(), leads=(), **reach) -> Person:
    more = {name: frozenset(teams) for name, teams in reach.items()}
    return Person(Standing(frozenset(roles), frozenset(works_in), frozenset(leads), **more), uuid4())


AUTHOR = person("caseworker", works_in=[TEAM])
PEOPLE = {
    "author": AUTHOR,
    "colleague": person("caseworker", works_in=[TEAM]),
    "manager": person("manager", leads=[TEAM]),
    "other manager": person("manager", leads=[OTHER_TEAM]),
    "deputy": person("manager", leads=[OTHER_TEAM], deputises=[TEAM]),
    "fixed deputy": person("manager", leads=[OTHER_TEAM], backs=[TEAM]),
    "manager above": person("manager", leads=[OTHER_TEAM], above=[TEAM]),
    "policy officer": person("policy_officer"),
    "reporter": person("reporter"),
    "privacy officer": person("privacy_officer"),
    "controller": person("controller"),
    "administrator": person("administrator"),
    "author who manages": replace(person("caseworker", "manager", works_in=[TEAM], leads=[TEAM]), pk=AUTHOR.pk),
    "author who only manages now": replace(person("manager", leads=[TEAM]), pk=AUTHOR.pk),
    "author who deputises": replace(person("manager", leads=[OTHER_TEAM], deputises=[TEAM]), pk=AUTHOR.pk),
    "author above": replace(person("manager", leads=[OTHER_TEAM], backs=[TEAM], above=[TEAM]), pk=AUTHOR.pk),
    "author who left": replace(AUTHOR, is_active=False),
    "manager who left": replace(person("manager", leads=[TEAM]), is_active=False),
}

WRITE = {"author", "author who manages"}
ANSWER = {"manager", "deputy"}
MAY = {
    "edit": WRITE,
    "submit": WRITE,
    "use_space": WRITE,
    "record": WRITE,
    "take_back": WRITE,
    "withdraw": WRITE,
    "agree": ANSWER,
    "agree_with_conditions": ANSWER,
    "return": ANSWER,
    "refuse": ANSWER,
    "revise": WRITE,
    "ask_again": WRITE,
    "evaluate": WRITE,
    "object": ANSWER,
}
GIVE = {"manager", "author who manages", "author who only manages now"}
MAY_WITH_SPACE = dict.fromkeys(["edit", "grant", "holders", "suspend", "resume", "withdraw", "renew", "evaluate"], GIVE)


def deviation(**changes):
    case = SimpleNamespace(state=changes.pop("case_state", "open"), handler_id=AUTHOR.pk)
    facts = {"author_id": AUTHOR.pk, "team_id": TEAM, "register_id": None, "passed_on": 0, "case": case, **changes}
    return SimpleNamespace(**facts)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_with_a_deviation(who, action):
    assert bool(permissions.answer(PEOPLE[who], action, deviation())) is (who in MAY[action])


@pytest.mark.parametrize("action", ["agree", "agree_with_conditions", "return", "refuse"])
@pytest.mark.parametrize(
    ("passed_on", "answer"),
    [
        (0, {"manager", "deputy"}),
        (1, {"manager", "deputy", "fixed deputy"}),
        (2, {"manager", "deputy", "fixed deputy", "manager above"}),
    ],
)
def test_passing_a_request_on_adds_people_and_never_its_author(action, passed_on, answer):
    request = deviation(passed_on=passed_on)
    assert {who for who in PEOPLE if permissions.answer(PEOPLE[who], Action(action), request)} == answer


@pytest.mark.parametrize("action", SpaceAction)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_with_a_space(who, action):
    space = SimpleNamespace(team_id=TEAM, state="active", proposal=None)
    if action == SpaceAction.EXPIRE:
        with pytest.raises(KeyError):
            permissions.answer_with_space(PEOPLE[who], action, space)
    else:
        assert bool(permissions.answer_with_space(PEOPLE[who], action, space)) is (who in MAY_WITH_SPACE[action])


def test_the_author_cannot_decide_even_with_the_manager_role():
    for who in ("author who manages", "author who only manages now"):
        answer = permissions.answer(PEOPLE[who], Action.AGREE, deviation())
        assert "own request" in str(answer.reason) or "eigen" in str(answer.reason)


def test_somebody_of_two_teams_answers_only_for_the_team_they_lead():
    both = person("caseworker", "manager", works_in=[TEAM], leads=[OTHER_TEAM])
    assert not permissions.answer(both, Action.AGREE, deviation())
    assert permissions.answer(both, Action.AGREE, deviation(team_id=OTHER_TEAM))


@pytest.mark.parametrize("action", ["edit", "submit", "use_space", "record", "revise", "ask_again"])
def test_nothing_is_written_in_a_closed_case(action):
    assert not permissions.answer(AUTHOR, Action(action), deviation(case_state="closed"))


def test_the_handler_looks_back_when_the_author_cannot():
    handler = PEOPLE["colleague"]
    case = SimpleNamespace(state="open", handler_id=handler.pk)
    assert permissions.answer(handler, Action.EVALUATE, deviation(case=case))


def test_nobody_moves_what_was_imported():
    imported = deviation(author_id=None, case=None, register_id=uuid4())
    for who in PEOPLE.values():
        assert not any(permissions.answer(who, action, imported) for action in Action)


def test_holders_of_a_space_that_ended_stay_as_they_were():
    for state in ("withdrawn", "expired"):
        ended = SimpleNamespace(team_id=TEAM, state=state, proposal=None)
        assert not permissions.answer_with_space(PEOPLE["manager"], SpaceAction.HOLDERS, ended)


@pytest.mark.parametrize(
    ("state", "renew", "evaluate"),
    [("draft", False, False), ("active", True, True), ("suspended", True, True), ("expired", True, True),
     ("withdrawn", False, True)],
)  # fmt: skip
def test_a_space_that_was_given_is_looked_back_on_and_goes_on_unless_withdrawn(state, renew, evaluate):
    space = SimpleNamespace(team_id=TEAM, state=state, proposal=None)
    assert bool(permissions.answer_with_space(PEOPLE["manager"], SpaceAction.RENEW, space)) is renew
    assert bool(permissions.answer_with_space(PEOPLE["manager"], SpaceAction.EVALUATE, space)) is evaluate


@pytest.mark.parametrize("who", PEOPLE)
def test_only_administrators_and_policy_officers_keep_the_lists(who):
    assert bool(permissions.answer_about_terms(PEOPLE[who])) is (who in {"administrator", "policy officer"})
