"""From requests to a space: one answer for all, row by row, once, and never to one's own request."""

import pytest
from django.utils import timezone

from deviations.models import Decision, Deviation, DiscretionarySpace, GeneralAnswer, Generalisation
from deviations.services import deciding, generalising, recording, submitting, withdrawing
from deviations.services.generalising import MOST, Wish
from deviations.workflow import Action
from organisation import sentences
from organisation.kernel.access import Refused
from organisation.kernel.ids import new_id
from organisation.kernel.periods import Period
from organisation.models import Notice
from tests.factories import CaseFactory, DeviationFactory, MembershipFactory, RoutineFactory, UserFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(cast, routine):
    """`wish(grant=False)` is what the manager filled in."""

    def make(**more) -> Wish:
        space = {
            "name": "Statements", "purpose": "Helping sooner.", "rules_slider": 2, "means_slider": 0,
            "deciding_slider": 1, "purpose_slider": 4, "routines": [routine], "valid_until": "2099-12-31",
        }  # fmt: skip
        usual = {"action": Action.AGREE, "team": cast.income, "people": [cast.caseworker], "whole_team": False}
        return Wish(**{**usual, "space": space, "grant": True, **more})

    return make


@pytest.fixture
def generalise(cast, wish):
    """`generalise(requests)` answers them together."""

    def do(requests, by=None, key=None, versions=None, **more) -> Generalisation:
        read = {asked.pk: (versions or {}).get(asked.pk, asked.version) for asked in requests}
        return generalising.generalise(key=key or new_id(), requests=read, wish=wish(**more), by=by or cast.manager)

    return do


def results(made: Generalisation) -> dict[str, tuple[str, str]]:
    return {row.deviation.number: (row.result, row.reason) for row in made.answers.select_related("deviation")}


def test_four_alike_requests_become_one_space(cast, request_, generalise, draft):
    asked = [request_() for _number in range(4)]
    made = generalise(asked, reasons="You asked this often enough.")
    assert {result for result, _reason in results(made).values()} == {"agreed"}
    assert {deviation.state for deviation in Deviation.objects.all()} == {"agreed"}
    assert Decision.objects.filter(by=cast.manager, reasons="You asked this often enough.").count() == 4
    assert made.space.state == "active"
    assert submitting.submit(deviation=draft(), by=cast.caseworker).space == made.space


def test_the_author_hears_that_it_is_room_in_general(cast, request_, generalise):
    asked = request_()
    generalise([asked])
    notice = Notice.objects.get(recipient=cast.caseworker, event__target_id=asked.pk)
    assert "gaf daarvoor ruimte in het algemeen" in sentences.sentence(notice.event)


def test_of_a_draft_nobody_says_that_room_was_given(cast, request_, generalise, draft):
    asked = request_()
    made = generalise([asked], grant=False)
    assert (made.space.state, results(made)[asked.number][0]) == ("draft", "agreed")
    assert Notice.objects.get(recipient=cast.caseworker, event__target_id=asked.pk).event.verb == "deviation.agree"
    assert submitting.submit(deviation=draft(), by=cast.caseworker).state == "awaiting"


def test_conditions_are_those_of_all(request_, generalise):
    asked = [request_(), request_()]
    generalise(asked, action=Action.AGREE_WITH_CONDITIONS, conditions="Call within a week.")
    assert {deviation.state for deviation in Deviation.objects.all()} == {"agreed_with_conditions"}
    assert set(Decision.objects.values_list("conditions", flat=True)) == {"Call within a week."}


def test_what_cannot_be_answered_is_passed_over_with_its_reason(cast, case, request_, generalise):
    MembershipFactory(user=cast.manager, team=cast.income)
    good, changed, answered, withdrawn = (request_() for _number in range(4))
    own = recording.begin(case=case, by=cast.manager, fields={"routine": good.routine, **WORDS})
    own = submitting.submit(deviation=own, by=cast.manager)
    versions = {deviation.pk: deviation.version for deviation in (changed, answered, withdrawn)}
    withdrawing.take_back(deviation=changed, by=cast.caseworker)
    submitting.submit(deviation=changed, by=cast.caseworker)
    deciding.decide(deviation=answered, action=Action.REFUSE, by=cast.manager, reasons="No.")
    withdrawing.withdraw(deviation=withdrawn, by=cast.caseworker)
    found = results(generalise([good, changed, answered, withdrawn, own], versions=versions))
    assert found[good.number] == ("agreed", "")
    for asked, word in ((changed, "gewijzigd"), (answered, "geantwoord"), (withdrawn, "Ingetrokken"), (own, "eigen")):
        assert found[asked.number][0] == "skipped"
        assert word in found[asked.number][1], found[asked.number]


def test_advice_that_is_lacking_passes_one_over_and_leaves_the_rest(request_, generalise, terms):
    heavier = request_(
        routine=RoutineFactory(version__source_type="policy_rule"), grounds=[terms[0]], amount_cents=60_000
    )
    found = results(generalise([request_(), heavier], grant=False))
    assert heavier.weight == "B"
    assert sorted(result for result, _reason in found.values()) == ["agreed", "skipped"]
    assert "collega" in found[heavier.number][1]


def test_who_gives_the_room_at_once_needs_no_colleague_to_agree_first(request_, generalise, terms):
    heavier = request_(
        routine=RoutineFactory(version__source_type="policy_rule"), grounds=[terms[0]], amount_cents=60_000
    )
    assert results(generalise([heavier]))[heavier.number] == ("agreed", "")


def test_earlier_refusals_ask_for_words_and_the_reasons_for_all_of_them_are_these(cast, request_, generalise):
    bare, told, *refused = (request_() for _number in range(6))
    for earlier in refused:
        deciding.decide(deviation=earlier, action=Action.REFUSE, by=cast.manager, reasons="Not now.")
    assert results(generalise([bare]))[bare.number][0] == "skipped"
    assert results(generalise([told], reasons="From now on we do this."))[told.number][0] == "agreed"
    assert told.distinctions.get(side="decider").text == "From now on we do this."


def test_a_request_of_another_team_is_passed_over(cast, routine, request_, generalise):
    MembershipFactory(user=cast.manager, team=cast.youth, role="manager")
    case = CaseFactory(team=cast.youth, handler=cast.stranger)
    other = recording.begin(case=case, by=cast.stranger, fields={"routine": routine, **WORDS})
    other = submitting.submit(deviation=other, by=cast.stranger)
    found = results(generalise([request_(), other]))
    assert found[other.number][0] == "skipped"
    assert sorted(result for result, _reason in found.values()) == ["agreed", "skipped"]


def test_what_somebody_may_not_see_is_no_part_of_it(cast, routine, request_, generalise):
    case = CaseFactory(team=cast.youth, handler=cast.stranger)
    unseen = recording.begin(case=case, by=cast.stranger, fields={"routine": routine, **WORDS})
    unseen = submitting.submit(deviation=unseen, by=cast.stranger)
    made = generalise([request_(), unseen])
    assert unseen.number not in results(made)


def test_the_same_form_twice_makes_one_space_and_one_answer(request_, generalise):
    asked, key = [request_(), request_()], new_id()
    first = generalise(asked, key=key)
    assert generalise(asked, key=key) == first
    assert DiscretionarySpace.objects.count() == 1
    assert Decision.objects.count() == 2


def test_broken_off_half_way_it_goes_on_with_the_rest(cast, request_, generalise, monkeypatch):
    asked = [request_() for _number in range(3)]
    real, calls = deciding.decide, []

    def breaks(**said):
        calls.append(said)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(**said)

    monkeypatch.setattr(deciding, "decide", breaks)
    with pytest.raises(RuntimeError):
        generalise(asked)
    made = Generalisation.objects.get()
    assert sorted(result for result, _reason in results(made).values()) == ["", "", "agreed"]
    generalising.go_on(generalisation=made, by=cast.manager)
    assert {result for result, _reason in results(made).values()} == {"agreed"}
    assert Decision.objects.count() == 3


def test_when_the_space_cannot_be_given_nothing_is_answered(cast, request_, generalise):
    asked = request_()
    for wrong in ({"people": []}, {"people": [cast.manager]}, {"team": cast.youth}):
        with pytest.raises(Refused):
            generalise([asked], **wrong)
    asked.refresh_from_db()
    assert asked.state == "awaiting"
    assert not DiscretionarySpace.objects.exists()
    assert not GeneralAnswer.objects.exists()


@pytest.mark.parametrize("action", [Action.REFUSE, Action.RETURN, Action.WITHDRAW])
def test_many_at_once_are_only_agreed_to(request_, generalise, action):
    with pytest.raises(Refused):
        generalise([request_()], action=action)


def test_none_and_too_many_are_refused(cast, generalise, wish):
    with pytest.raises(Refused):
        generalise([])
    with pytest.raises(Refused):
        generalising.generalise(
            key=new_id(), requests={new_id(): 1 for _number in range(MOST + 1)}, wish=wish(), by=cast.manager
        )


@pytest.mark.parametrize("person", ["caseworker", "othermanager", "policy"])
def test_only_a_manager_of_the_team_does_this(cast, request_, generalise, person):
    with pytest.raises(Refused):
        generalise([request_()], by=getattr(cast, person))
    assert not Decision.objects.exists()


def test_nobody_goes_on_with_the_form_of_somebody_else(cast, request_, generalise):
    other = UserFactory()
    MembershipFactory(user=other, team=cast.income, role="manager")
    key, asked = new_id(), request_()
    made = generalise([asked], key=key)
    with pytest.raises(Refused):
        generalise([asked], key=key, by=other)
    with pytest.raises(Refused):
        generalising.go_on(generalisation=made, by=other)
    assert Generalisation.objects.visible_to(other).get() == made
    assert not Generalisation.objects.visible_to(cast.othermanager).exists()


def test_the_proposal_says_which_requests_it_would_not_cover(case, routine, request_):
    cheap = request_(amount_cents=10_000)
    month = int(Period.of(timezone.now()))
    heavy = DeviationFactory(
        case=case, routine=routine, state="awaiting", weight="D", period=month, amount_cents=2_600_000
    )
    proposal, not_covered = generalising.proposal_for([cheap, heavy])
    assert (proposal.per_deviation, proposal.routines) == (100, {routine.pk})
    assert list(not_covered) == [heavy.pk]
