"""Where it is seen how a deviation stands in law: its page, the lists, the queue and the page of an answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deviations.services import consulting, deciding, submitting, withdrawing
from deviations.workflow import Action
from tests.factories import GroundFactory, RoutineFactory

pytestmark = pytest.mark.django_db

FOR_THE_BOARD = {
    "purpose_served": "Rest.", "alternatives": "None.", "residents_view": "Glad.", "same_again": "no",
    "same_again_why": "This was one of a kind.", "value_one": "The law", "value_two": "A life", "landed": 4,
    "tension": "A life weighs more.", "core_value": "Income for all.", "legal_route": "None.",
    "conclusion": "Depart.", "legitimacy": "Not in law.", "yields": "A home.",
}  # fmt: skip


@pytest.fixture
def against(cast, request_):
    """A request that goes against the law."""
    return request_(grounds=[GroundFactory(code="CL", weight="D", kind="beyond_law")], **FOR_THE_BOARD)


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def shown(client, **filters):
    return client.get(reverse("deviations:list"), filters).context["page"].rows


def test_against_the_law_is_red_and_named_so_wherever_it_stands(cast, manager, against):
    for address in (
        against.get_absolute_url(),
        reverse("deviations:list"),
        reverse("deviations:queue"),
        reverse("deviations:block-queue"),
        reverse("deviations:decide", args=[against.pk]),
    ):
        text = page(manager, address)
        assert "Tegen of buiten de wet" in text, address
        assert "hr-badge--danger" in text, address


def test_it_stays_red_after_any_answer(cast, against):
    deciding.decide(deviation=against, action=Action.REFUSE, by=cast.manager, reasons="No.")
    against.refresh_from_db()
    assert (against.state, against.lawfulness) == ("refused", "beyond_law")


def test_the_list_can_be_narrowed_to_how_it_stands(manager, against, request_):
    plain = request_()
    assert shown(manager, lawfulness="beyond_law") == [against]
    assert shown(manager, lawfulness="within_rule") == [plain]
    assert shown(manager, lawfulness="needs_attention") == []


def test_the_page_lists_what_is_there_and_says_where_it_landed(manager, against):
    text = page(manager, against.get_absolute_url())
    for words in ("A life weighs more.", "Not in law.", "This was one of a kind.", "Helemaal bij ‘A life’"):
        assert words in text
    found = manager.get(against.get_absolute_url()).context
    assert [group.code for group in found["thought"]] == ["next", "values", "reverse_test", "triangle"]
    assert found["landing"].places == [False, False, False, False, True]
    assert "Conclusie" in [str(name) for name in found["there"]]


def test_a_quick_record_shows_no_empty_groups(manager, request_):
    found = manager.get(request_().get_absolute_url()).context
    assert (found["thought"], found["landing"]) == ([], None)


def test_a_ground_that_gives_no_room_is_named_as_missing(cast, manager, request_):
    routine = RoutineFactory(version__source_type="policy_rule")
    wrong = GroundFactory(code="PW-16", weight="B", source_types=["statute"])
    request = request_(routine=routine, grounds=[wrong])
    assert request.lawfulness == "needs_attention"
    assert "Geen gekozen grondslag geeft ruimte in een beleidsregel." in page(manager, request.get_absolute_url())


def test_what_was_done_already_needs_attention_until_it_is_agreed_to(cast, request_):
    done = request_(urgency="already_done")
    assert done.lawfulness == "needs_attention"
    deciding.decide(deviation=done, action=Action.AGREE, by=cast.manager)
    done.refresh_from_db()
    assert done.lawfulness == "within_rule"


def test_a_draft_again_stands_nowhere_yet(cast, request_):
    request = request_()
    assert request.lawfulness == "within_rule"
    assert withdrawing.take_back(deviation=request, by=cast.caseworker).lawfulness == ""


def test_agreed_by_space_stands_like_any_other(cast, request_, space):
    space()
    assert request_().lawfulness == "within_rule"


def test_what_was_done_already_stands_apart_in_list_queue_and_figures(cast, manager, request_):
    plain = request_()
    waits, agreed, refused = (request_(urgency="already_done") for _each in range(3))
    deciding.decide(deviation=agreed, action=Action.AGREE, by=cast.manager)
    deciding.decide(deviation=refused, action=Action.REFUSE, by=cast.manager, reasons="Too soon.")
    assert set(shown(manager, urgency="already_done")) == {waits, agreed, refused}
    queue = manager.get(reverse("deviations:queue")).context
    assert (list(queue["page"].rows), list(queue["already_done"])) == ([plain], [waits])
    assert queue["done_first"] == {"all": 3, "agreed": 1, "refused": 1, "waiting": 1}
    assert "Al gedaan" in page(manager, waits.get_absolute_url())


def test_acting_first_is_counted_over_twelve_months_and_for_own_teams(cast, as_user, request_):
    old = request_(urgency="already_done")
    old.submitted_at = timezone.now() - timedelta(days=366)
    old.save()
    request_(urgency="already_done")
    for person, expected in ((cast.manager, 1), (cast.othermanager, 0)):
        assert as_user(person).get(reverse("deviations:queue")).context["done_first"]["all"] == expected


def test_the_questions_stand_there_as_they_were_asked(cast, as_user, draft):
    blocked = submitting.submit(deviation=draft(kind="blocked"), by=cast.caseworker)
    text = page(as_user(cast.caseworker), blocked.get_absolute_url())
    assert "Wat hield u tegen?" in text
    assert "Hoeveel haast" not in text


def test_a_request_of_weight_b_needs_attention_until_a_colleague_agrees(cast, request_):
    routine = RoutineFactory(version__source_type="policy_rule")
    request = request_(routine=routine, grounds=[GroundFactory(code="AWB-4-84", weight="B")])
    assert request.lawfulness == "needs_attention"
    asked = consulting.ask(deviation=request, by=cast.caseworker, kind="peer", asked=cast.colleague, question="Right?")
    consulting.answer(consultation=asked, by=cast.colleague, view="agrees")
    request.refresh_from_db()
    assert request.lawfulness == "lawful_deviation"
