"""Trying a space on the past: life, the transaction and the replay agree, and who may see it."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deviations.models import Deviation, RegisterImport, Simulation
from deviations.rules.replaying import COVERED
from deviations.services import assessing, deciding, granting, recalling, recording, simulating, submitting
from deviations.services.assessing import Terms
from deviations.services.submitting import Incomplete
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period
from organisation.models import Errand, Event, Notice
from tests.factories import DeviationFactory, GroundFactory, MembershipFactory, RoutineFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db
SOURCES = ("habit", "system", "work_instruction", "policy_rule", "ordinance", "statute")
TEXTS = ("purpose_served", "alternatives", "residents_view", "tension")


def tried(space, by, months=3, against=None) -> Simulation:
    simulation = simulating.ask(space=space, months=months, against=against, by=by)
    simulating.run(simulation_id=simulation.pk)
    simulation.refresh_from_db()
    return simulation


def written(dice: random.Random, grounds, routines) -> dict:
    """Any deviation at all."""
    texts = {name: dice.choice(("", "Because.")) for name in TEXTS}
    risks = {f"risk_{flag}": dice.random() < 0.1 for flag in ("child_safety", "fraud_inquiry", "rights_of_others")}
    money = dice.choice((0, 0, 10_000, 30_000, 60_000))
    ticked = dice.choice(([], [], grounds))
    return WORDS | texts | risks | {"routine": dice.choice(routines), "amount_cents": money, "grounds": ticked}


def room_of(dice: random.Random, routines) -> dict:
    """Any space that can be given."""
    return {
        "purpose_slider": dice.choice((0, 1, 2, 3, 4, 4)), "rules_slider": dice.choice((0, 2, 3, 4)),
        "means_slider": dice.randint(0, 4), "deciding_slider": dice.choice((0, 1, 3, 4, 4)),
        "cents_per_deviation": dice.choice((20_000, 50_000)), "cents_per_month": dice.choice((40_000, 200_000)),
        "cents_per_period": dice.choice((60_000, 300_000)), "routines": dice.sample(routines, 4),
        **{f"never_{flag}": dice.random() < 0.5 for flag in ("child_safety", "fraud_inquiry", "rights_of_others")},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_life_and_the_transaction_and_the_replay_give_the_same_answers(cast, case, space, seed):
    dice = random.Random(seed)
    routines = [RoutineFactory(version__source_type=source) for source in SOURCES]
    grounds = [GroundFactory(kind="interpretation")]
    room = space(**room_of(dice, routines))
    lived = {}
    for _number in range(10):
        draft = recording.begin(case=case, by=cast.caseworker, fields=written(dice, grounds, routines))
        live = assessing.answers(assessing.spaces_of(cast.caseworker, draft), draft, Terms.of(draft), cast.caseworker)
        try:
            sent = submitting.submit(deviation=draft, by=cast.caseworker)
        except Incomplete:
            continue
        assert live[0].covers == (sent.space_id == room.pk)
        lived[sent.pk] = live[0]
    this_month = Period.of_date(timezone.localdate())
    replay = simulating.replay_of(room, first=this_month, last=this_month)
    found = {row.key: replay.ask(row) for row in recalling.past(team_id=cast.income.pk, period=int(this_month))}
    assert {key: answer == COVERED for key, answer in found.items()} == {
        key: answer.covers for key, answer in lived.items()
    }
    stopped = {key: code for key, code in found.items() if code != COVERED}
    assert all(code in {limit.code for limit in lived[key].stops} for key, code in stopped.items())


def test_a_proposed_space_beside_the_present_one(cast, request_, space, routine):
    present = space(cents_per_deviation=5_000)
    asked = [request_(amount_cents=cents) for cents in (10_000, 20_000, 45_000)]
    deciding.decide(deviation=asked[0], action=Action.REFUSE, by=cast.manager, reasons="Not now.")
    deciding.decide(deviation=asked[1], action=Action.AGREE, by=cast.manager)
    fields = {
        "name": "Wider", "purpose": "More.", "rules_slider": 3, "means_slider": 1, "deciding_slider": 4,
        "purpose_slider": 4, "cents_per_deviation": 40_000, "routines": [routine], "valid_until": "2099-12-31",
    }  # fmt: skip
    proposed = granting.draft_space(team=cast.income, by=cast.manager, fields=fields)
    result = tried(proposed, cast.manager, against=present).result
    now, then = result["space"], result["against"]
    assert (now["requests"], now["covered"], now["refused"], now["cents"]) == (3, 2, 1, 30_000)
    assert (then["requests"], then["covered"]) == (3, 0)
    assert (now["stops"], then["stops"]) == ({"amount_per_deviation": 1}, {"amount_per_deviation": 3})
    assert now["slipped"] == [str(asked[0].pk)]


def imported(cast, routine, count=1, moment=None, **fields) -> None:
    register = RegisterImport.objects.create(
        file_name="r.csv", digest=f"{Deviation.objects.count():064d}", state="done"
    )
    then = moment or timezone.now() - timedelta(days=40)
    for line in range(count):
        DeviationFactory(
            register=register, register_line=line, case=None, author=None, team=cast.income, routine=routine,
            policy_domain=routine.policy_domain, state="agreed", answer="agreed",
            period=int(Period.of(then)), created_at=then, submitted_at=then, **fields,
        )  # fmt: skip


def test_the_register_of_before_counts_and_other_teams_and_older_months_do_not(cast, space, routine):
    long_ago = timezone.now() - timedelta(days=200)
    imported(cast, routine, 3)
    imported(cast, routine, moment=long_ago)
    imported(cast, routine, kind="considered")
    DeviationFactory(case__team=cast.youth, routine=routine, state="awaiting", period=int(Period.of(timezone.now())))
    said = tried(space(), cast.manager).result["space"]
    assert (said["rows"], said["requests"], said["covered"]) == (3, 3, 3)
    assert tried(space(), cast.manager, months=12).result["space"]["rows"] == 4


def test_a_register_that_is_not_finished_does_not_count(cast, space, routine):
    imported(cast, routine, 3)
    RegisterImport.objects.update(state="running")
    assert tried(space(), cast.manager).result["space"]["rows"] == 0


def test_white_space_is_no_explanation(cast, case, space, routine):
    this_month = int(Period.of(timezone.now()))
    for text in (" \n\t\xa0", "\u2003", ""):
        DeviationFactory(case=case, routine=routine, state="awaiting", period=this_month, why_here=text)
    assert tried(space(), cast.manager).result["space"]["stops"] == {"purpose": 3}


def test_a_register_has_no_place_for_the_explanation_so_it_counts_as_given(cast, space, routine):
    imported(cast, routine, why_here="")
    assert tried(space(purpose_slider=0), cast.manager).result["space"]["covered"] == 1


def test_who_asked_is_told_and_the_logbook_has_it(cast, space):
    simulation = tried(space(), cast.manager)
    assert simulation.state == Simulation.State.DONE
    notice = Notice.objects.get(recipient=cast.manager, event__verb="space.tried_out")
    assert notice.url == simulation.get_absolute_url()
    assert Event.objects.filter(verb="space.try_out", actor_id=cast.manager.pk).count() == 1


def test_asking_twice_is_one_replay_and_doing_it_twice_changes_nothing(cast, space, run_errands):
    room = space()
    first = simulating.ask(space=room, months=3, against=None, by=cast.manager)
    assert simulating.ask(space=room, months=3, against=None, by=cast.manager) == first
    assert Errand.objects.filter(task=simulating.TASK).count() == 1
    run_errands()
    first.refresh_from_db()
    done = first.finished_at
    simulating.run(simulation_id=first.pk)
    first.refresh_from_db()
    assert (first.state, first.finished_at) == ("done", done)
    assert Notice.objects.filter(event__verb="space.tried_out").count() == 1


def test_one_whose_worker_fell_silent_does_not_stand_in_the_way(cast, space):
    room = space()
    first = simulating.ask(space=room, months=3, against=None, by=cast.manager)
    Simulation.objects.filter(pk=first.pk).update(heard_at=timezone.now() - timedelta(minutes=11))
    assert simulating.ask(space=room, months=3, against=None, by=cast.manager) != first


def test_the_previous_result_is_kept_and_older_ones_go(cast, space):
    room = space()
    made = [tried(room, cast.manager).pk for _time in range(4)]
    other = tried(room, cast.manager, months=12).pk
    assert set(Simulation.objects.values_list("pk", flat=True)) == {*made[-2:], other}


def test_a_replay_that_breaks_off_leaves_the_previous_result(cast, space, monkeypatch):
    room = space()
    done = tried(room, cast.manager)
    again = simulating.ask(space=room, months=3, against=None, by=cast.manager)
    real = recalling.past
    monkeypatch.setattr(recalling, "past", lambda **_asked: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        simulating.run(simulation_id=again.pk)
    assert list(Simulation.objects.filter(state="done")) == [done]
    monkeypatch.setattr(recalling, "past", real)
    simulating.run(simulation_id=again.pk)
    again.refresh_from_db()
    assert again.state == "done"


@pytest.mark.parametrize("person", ["caseworker", "colleague", "othermanager", "policy", "admin"])
def test_only_who_may_give_the_space_may_try_it(cast, space, person):
    room = space()
    with pytest.raises(Refused):
        simulating.ask(space=room, months=3, against=None, by=getattr(cast, person))
    done = tried(room, cast.manager)
    assert not Simulation.objects.visible_to(getattr(cast, person)).filter(pk=done.pk).exists()
    assert Simulation.objects.visible_to(cast.manager).get() == done


def test_not_beside_a_space_of_another_team(cast, space, routine):
    MembershipFactory(user=cast.manager, team=cast.youth, role="manager")
    mine = space()
    fields = {"name": "x", "purpose": "x", "valid_until": "2099-12-31"}
    other = granting.draft_space(team=cast.youth, by=cast.othermanager, fields=fields)
    with pytest.raises(Refused):
        simulating.ask(space=mine, months=3, against=other, by=cast.manager)


def test_somebody_who_left_the_team_meanwhile_gets_no_result(cast, space):
    simulation = simulating.ask(space=space(), months=3, against=None, by=cast.manager)
    cast.manager.memberships.update(until=timezone.localdate())
    simulating.run(simulation_id=simulation.pk)
    simulation.refresh_from_db()
    assert (simulation.state, simulation.result) == ("failed", None)


def test_more_rows_do_not_mean_more_queries(cast, space, routine):
    room, counts = space(), []
    for more in (2, 40):
        imported(cast, routine, more)
        simulation = simulating.ask(space=room, months=3, against=None, by=cast.manager)
        with CaptureQueriesContext(connection) as asked:
            simulating.run(simulation_id=simulation.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
