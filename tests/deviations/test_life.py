"""The life of deviations and spaces, played at random: no illegal move, no one who decides for themselves, no debt."""

import os
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from deviations.models import Decision, Deviation, DiscretionarySpace, SpaceBudget, Spending
from deviations.services import deciding, evaluating, granting, recording, submitting, withdrawing
from deviations.services.submitting import Incomplete
from deviations.workflow import MOVES, SPACE_MOVES, Action, SpaceAction
from organisation.kernel.access import Refused
from organisation.models import Membership, Team, User
from tests.factories import CaseFactory, MembershipFactory, RoutineFactory, UserFactory

from .conftest import WORDS

FULL = os.environ.get("DRILL") == "full"
STEPS, EXAMPLES = (100, 100) if FULL else (25, 4)
PEOPLE = 4  # 0: caseworker, 1: caseworker who also leads, 2: manager, 3: manager of another team
ANSWERS = (Action.AGREE, Action.AGREE_WITH_CONDITIONS, Action.REFUSE)
LEGAL = {(origin, move.target) for move in MOVES.values() for origin in move.origins}
LEGAL_SPACE = {(origin, move.target) for move in SPACE_MOVES.values() for origin in move.origins}
who, which, cents = st.integers(0, PEOPLE - 1), st.integers(0, 5), st.sampled_from([0, 2_500, 9_000, 20_000])


class Life(RuleBasedStateMachine):
    """People who try everything on everything; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict = {}
        self.world = transaction.atomic()
        self.world.__enter__()

    def teardown(self) -> None:
        """Each life starts with an empty world."""
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.team = Team.objects.create(name="Inkomen", group=Group.objects.create(name="team:Inkomen"))
        other = Team.objects.create(name="Jeugd", group=Group.objects.create(name="team:Jeugd"))
        self.people = [UserFactory() for _ in range(PEOPLE)]
        for number, team, role in (
            (0, self.team, "caseworker"), (1, self.team, "caseworker"), (1, self.team, "manager"),
            (2, self.team, "manager"), (3, other, "manager"),
        ):  # fmt: skip
            MembershipFactory(user=self.people[number], team=team, role=role)
        self.case = CaseFactory(team=self.team, handler=self.people[0])
        self.routine = RoutineFactory(version__source_type="habit")

    def person(self, number: int) -> User:
        return User.objects.get(pk=self.people[number].pk)

    def one(self, model, number: int):
        rows = list(model.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def attempt(self, service, thing, **words) -> None:
        if thing is not None:
            name = "deviation" if isinstance(thing, Deviation) else "space"
            with suppress(Refused, Incomplete):
                service(**{name: thing}, **words)

    @rule(by=who, cents=cents, kind=st.sampled_from(["made", "made", "considered"]))
    def write(self, by, cents, kind) -> None:
        fields = {"routine": self.routine, "amount_cents": cents, "kind": kind, **WORDS}
        try:
            recording.begin(case=self.case, by=self.person(by), fields=fields)
        except Refused:
            assert by in (2, 3)

    @rule(by=who, which=which, reply=st.sampled_from(["", "So."]))
    def submit(self, by, which, reply) -> None:
        self.attempt(submitting.submit, self.one(Deviation, which), by=self.person(by), reply=reply)

    @rule(by=who, which=which)
    def take_back(self, by, which) -> None:
        self.attempt(withdrawing.take_back, self.one(Deviation, which), by=self.person(by))

    @rule(by=who, which=which)
    def withdraw(self, by, which) -> None:
        self.attempt(withdrawing.withdraw, self.one(Deviation, which), by=self.person(by))

    @rule(by=who, which=which, action=st.sampled_from(ANSWERS))
    def decide(self, by, which, action) -> None:
        words = {"reasons": "Because.", "conditions": "If."}
        self.attempt(deciding.decide, self.one(Deviation, which), by=self.person(by), action=action, **words)

    @rule(by=who, which=which)
    def ask(self, by, which) -> None:
        self.attempt(deciding.return_with_question, self.one(Deviation, which), by=self.person(by), question="Why?")

    @rule(by=who, which=which)
    def look_back(self, by, which) -> None:
        self.attempt(evaluating.evaluate, self.one(Deviation, which), by=self.person(by), helped="yes")

    @rule(by=who, holder=who, whole_team=st.booleans())
    def give(self, by, holder, whole_team) -> None:
        fields = {
            "name": "Room", "routines": [self.routine], "rules_slider": 4, "means_slider": 3, "deciding_slider": 4,
            "purpose_slider": 4, "cents_per_deviation": 10_000, "cents_per_month": 15_000, "cents_per_period": 15_000,
            "valid_until": "2099-01-01",
        }  # fmt: skip
        with suppress(Refused):
            room = granting.draft_space(
                team=self.team, by=self.person(by), fields=fields, people=[self.people[holder]], whole_team=whole_team
            )
            granting.grant_space(space=room, by=self.person(by))

    @rule(by=who, which=which, service=st.sampled_from([granting.suspend, granting.resume, granting.withdraw_space]))
    def move_space(self, by, which, service) -> None:
        self.attempt(service, self.one(DiscretionarySpace, which), by=self.person(by), reasons="Because.")

    @invariant()
    def every_move_is_in_the_table(self) -> None:
        for model, legal in ((Deviation, LEGAL), (DiscretionarySpace, LEGAL_SPACE)):
            for thing in model.objects.all():
                before = self.states.get(thing.pk, "draft")
                assert before == thing.state or (before, thing.state) in legal, (before, thing.state)
                self.states[thing.pk] = thing.state

    @invariant()
    def nobody_decides_for_themselves(self) -> None:
        for decision in Decision.objects.select_related("deviation", "space"):
            assert decision.by_id != decision.deviation.author_id
            if decision.space:
                assert decision.space.granted_by_id != decision.deviation.author_id
            else:
                assert Membership.objects.filter(user=decision.by, team=self.team, role="manager").exists()

    @invariant()
    def money_adds_up(self) -> None:
        for budget in SpaceBudget.objects.all():
            taken = Spending.objects.filter(space=budget.space, returned_at=None)
            assert budget.spent_cents == sum(spending.cents for spending in taken) <= budget.limit_cents


def test_every_action_is_played():
    played = {"edit": "write", "record": "submit", "use_space": "submit", "return": "ask"}
    played |= {"agree": "decide", "agree_with_conditions": "decide", "refuse": "decide", "evaluate": "look_back"}
    assert all(hasattr(Life, played.get(action, action)) for action in Action)
    assert set(SpaceAction) - {"edit", "expire", "holders"} == {"grant", "suspend", "resume", "withdraw"}


@pytest.mark.drill
@pytest.mark.timeout(3600 if FULL else 180)
@pytest.mark.django_db
def test_no_life_goes_astray():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not FULL,
            database=None,
        ),
    )
