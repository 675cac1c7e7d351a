"""The parts of the form beside the quick record: which open, what they say, and that nothing in them is lost."""

import re

import pytest
from django.urls import reverse

from deviations.models import Deliberation, Deviation, Ground
from deviations.services import deciding, revising
from deviations.services.revising import Unconfirmed
from deviations.workflow import Action
from organisation.kernel.ids import new_id
from organisation.models import PolicyDomain
from tests.factories import GroundFactory, RoutineFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db

THOUGHT = {
    "value_one": "Legal certainty", "value_two": "Nearness", "landed": "3", "tension": "Nearness helps now.",
    "effect_resident": "A home.", "core_value": "Nobody without income.", "legal_route": "Article 18.",
    "conclusion": "Depart.", "legitimacy": "The law means this.", "yields": "Less debt.", "same_again": "if_alike",
    "same_again_why": "With children.",
}  # fmt: skip
FOR_THE_MANAGER = {"purpose_served": "Rest.", "alternatives": "None.", "residents_view": "Glad.", "same_again": "yes"}


@pytest.fixture
def typed(case, routine):
    """`typed(landed=…)` is what the form sends."""

    def fields(**changes) -> dict[str, str]:
        return {
            "case": str(case.pk), "draft": str(new_id()), "routine": str(routine.pk), "kind": "made",
            "urgency": "normal", "belongs_or_helps": "3", "version": "1", **WORDS, **changes,
        }  # fmt: skip

    return fields


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.caseworker)


def new(client, data):
    return client.post(reverse("deviations:new") + f"?case={data['case']}", data)


def part_for(client, data, target: str) -> str:
    """What htmx gets for this place on the page."""
    headers = {"HX-Request": "true", "HX-Target": target}
    return client.post(reverse("deviations:may-i"), data, headers=headers).content.decode()


def parts_of(client, data) -> dict:
    return {each.part.code: each for each in client.post(reverse("deviations:may-i"), data).context["parts"]}


def use(case, routine) -> None:
    case.routine_uses.create(
        routine_version=routine.version_on(), routine=routine, team=case.team, period=202611, applied_on="2026-11-01"
    )


def test_a_light_record_opens_nothing_and_asks_for_nothing_more(client, typed):
    parts = parts_of(client, typed())
    assert not [code for code, each in parts.items() if each.is_open or each.state != "empty"]
    assert all(each.why for each in parts.values())
    assert new(client, typed()).status_code == 303


def test_a_part_opens_by_weight_and_says_why(client, typed):
    parts = parts_of(client, typed(routine=str(RoutineFactory(version__source_type="ordinance").pk)))
    assert [code for code, each in parts.items() if each.is_open] == ["ground", "reasons", "next"]
    assert "verordening" in parts["ground"].why
    assert "verordening" not in parts["triangle"].why


def test_a_part_that_a_space_asks_for_says_which_space(client, typed, space):
    room = space(purpose_slider=2)
    assert str(room) in parts_of(client, typed())["reasons"].why


def test_a_part_with_something_in_it_says_so_and_stays_closed(client, typed):
    part = parts_of(client, typed(legitimacy="The law means this."))["triangle"]
    assert (part.state, part.is_open) == ("there", False)


def test_a_part_with_an_error_in_it_is_open(client, typed):
    page = new(client, typed(legitimacy="BSN 111222333"))
    assert page.status_code == 422
    assert [each.part.code for each in page.context["parts"] if each.is_open] == ["triangle"]
    assert not Deliberation.objects.exists()


def test_what_is_thought_through_is_kept_and_read_again(client, typed):
    answer = new(client, typed(action="keep", **THOUGHT))
    thought = Deliberation.objects.get()
    assert {name: str(getattr(thought, name)) for name in THOUGHT if hasattr(thought, name)} == {
        name: text for name, text in THOUGHT.items() if name != "tension"
    }
    page = client.get(answer.url).content.decode()
    assert all(text in page for text in ("Legal certainty", "Nobody without income.", "With children."))


def test_what_is_thought_through_is_saved_while_typing_without_a_row_of_history_each_time(client, typed):
    data = typed(value_one="Certainty")
    url = reverse("deviations:autosave", args=[data["draft"]])
    client.post(url, data)
    client.post(url, data | {"value_one": "Legal certainty", "core_value": "BSN 111222333"})
    thought = Deliberation.objects.get()
    assert (thought.value_one, thought.core_value, thought.history.count()) == ("Legal certainty", "", 1)


def test_what_is_emptied_again_is_empty(client, typed):
    data = typed(action="keep", **THOUGHT)
    url = new(client, data).url
    client.post(url, data | {"value_one": "", "landed": ""})
    thought = Deliberation.objects.get()
    assert (thought.value_one, thought.landed, thought.value_two) == ("", None, "Nearness")


def test_a_quick_record_makes_no_empty_deliberation(client, typed):
    new(client, typed())
    assert not Deliberation.objects.exists()


def test_changes_in_what_is_thought_through_stand_in_the_history(cast, client, typed):
    data = typed(action="keep", value_one="Certainty")
    url = new(client, data).url
    client.post(url, data | {"value_one": "Legal certainty"})
    deviation = Deviation.objects.get()
    page = client.get(reverse("organisation:history", args=["deviations.deviation", deviation.pk])).content.decode()
    assert "Certainty" in page
    assert "Legal certainty" in page


def test_for_the_manager_the_next_resident_is_asked_for(client, typed, terms):
    routine = RoutineFactory(version__source_type="ordinance")
    data = typed(routine=str(routine.pk), grounds=[str(terms[0].pk)], **FOR_THE_MANAGER)
    refused = new(client, data | {"same_again": ""})
    assert set(refused.context["form"].errors) == {"same_again"}
    assert client.post(refused.request["PATH_INFO"], data | {"version": "1"}).status_code == 303


def test_for_the_board_the_values_and_the_route_in_law_are_asked_for(client, typed):
    against = GroundFactory(code="CL", weight="D", kind="beyond_law")
    data = typed(grounds=[str(against.pk)], **FOR_THE_MANAGER)
    refused = new(client, data)
    assert set(refused.context["form"].errors) == {
        "value_one", "value_two", "tension", "core_value", "legal_route", "conclusion",
    }  # fmt: skip
    assert client.post(refused.request["PATH_INFO"], data | THOUGHT | {"version": "1"}).status_code == 303
    assert Deviation.objects.get().lawfulness == "beyond_law"


def test_the_state_of_every_part_comes_along_while_typing(client, typed):
    live = part_for(client, typed(), "may-i")
    assert len(re.findall(r'id="state-\w+" hx-swap-oob="true"', live)) == 9
    assert len(re.findall(r'id="why-\w+" hx-swap-oob="true"', live)) == 9


def test_the_routine_says_its_purpose_beside_the_question(client, case, typed):
    told = RoutineFactory(version__purpose="Nobody waits without reason.", version__prescribes="Wait four weeks.")
    text = part_for(client, typed(routine=str(told.pk)), "routine-text")
    assert "Nobody waits without reason." in text
    assert "Wait four weeks." in text
    assert "<select" not in text


def test_the_only_routine_of_a_case_is_chosen_already(client, case, routine):
    use(case, routine)
    page = client.get(reverse("deviations:new"), {"case": case.pk})
    assert page.context["form"]["routine"].value() == routine.pk
    assert routine.version_on().purpose in page.content.decode()
    assert re.search(r'<textarea[^>]*name="if_followed"[^>]*autofocus', page.content.decode())


def test_of_two_routines_none_is_chosen(client, case, routine):
    use(case, routine)
    use(case, RoutineFactory())
    page = client.get(reverse("deviations:new"), {"case": case.pk})
    assert page.context["form"]["routine"].value() is None
    assert re.search(r'<select[^>]*name="routine"[^>]*autofocus', page.content.decode())


def grounds(**fields) -> Ground:
    domain = fields.pop("domain", "")
    ground = GroundFactory(**fields)
    if domain:
        ground.policy_domains.add(PolicyDomain.objects.get_or_create(code=domain, label_nl=domain, label_en=domain)[0])
    return ground


def test_grounds_are_suggested_from_the_routine_live_and_at_each_page(client, case, typed):
    routine = RoutineFactory(version__source_type="policy_rule")
    own = grounds(code="AWB-4-84", source_types=["policy_rule"], label_nl="Eigen regel", to_show="What is special.")
    other = grounds(code="PW-16", source_types=["statute"], label_nl="Zeer dringend")
    elsewhere = grounds(code="JW-2-3", domain="elsewhere", label_nl="Jeugd")
    data = typed(routine=str(routine.pk))
    page = client.post(reverse("deviations:may-i"), data)
    choices = page.context["grounds"]
    assert [choice.ground for choice in choices.first] == [own]
    assert [choice.ground for choice in choices.others] == [elsewhere, other]
    live = part_for(client, data, "grounds")
    assert live.index("Eigen regel") < live.index("What is special.") < live.index("Zeer dringend")
    assert live.strip() in page.content.decode()


def test_a_ticked_ground_stands_in_sight_whatever_the_routine(client, typed):
    other = grounds(code="PW-16", source_types=["statute"])
    choices = client.post(reverse("deviations:may-i"), typed(grounds=[str(other.pk)])).context["grounds"]
    assert [(choice.ground, choice.is_ticked) for choice in choices.first] == [(other, True)]


def test_who_followed_the_routine_is_asked_three_things_and_nothing_is_urgent(client, typed):
    data = typed(kind="blocked", urgency="already_done", routine=str(RoutineFactory(version__source_type="statute").pk))
    assert new(client, data).status_code == 303
    deviation = Deviation.objects.get()
    assert (deviation.state, deviation.urgency, deviation.acted_on) == ("recorded", "normal", None)


def test_the_list_says_what_is_there_and_what_is_missing_in_words(client, typed):
    page = client.post(reverse("deviations:may-i"), typed(why_here="", legitimacy="Yes."))
    assert [name for _field, name in page.context["missing"]] == ["Waarom hier"]
    assert [str(name) for name in page.context["there"]][-1] == "Legitimiteit"
    assert "%" not in re.sub(r"<[^>]+>", "", page.content.decode())


def test_what_is_thought_through_is_part_of_what_was_decided_on(cast, request_):
    deviation = request_(value_one="Legal certainty", landed=0)
    decision = deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    assert (decision.snapshot["value_one"], decision.snapshot["landed"]) == ("Legal certainty", 0)
    with pytest.raises(Unconfirmed):
        revising.revise(deviation=deviation, by=cast.caseworker, fields={"value_one": "Nearness"})
