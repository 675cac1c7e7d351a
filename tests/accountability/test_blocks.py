"""The building blocks: seven as editable data, each with two figures that say when there is too little to say."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from accountability.models import BuildingBlock, Stock
from accountability.rules.indicators import INDICATORS, halfway, of_block, share
from accountability.services import keeping_blocks, loading_reference, taking_stock
from learning.services import rolling_up
from organisation.kernel.access import Refused
from organisation.kernel.periods import HalfYear
from organisation.models import Event
from tests.factories import CaseFactory, DeviationFactory, SpaceFactory
from tests.learning import builders as learning

from . import builders

pytestmark = pytest.mark.django_db
FIRST = HalfYear(2026, 1)
INSIDE = datetime(2026, 3, 10, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def recorded(cast, count, **fields):
    """Deviations of our own in March."""
    case = CaseFactory(team=cast.income, handler=cast.caseworker)
    given = {"period": 202603, "state": "awaiting", "created_at": INSIDE} | fields
    return DeviationFactory.create_batch(count, case=case, **given)


def test_there_are_seven_and_loading_twice_changes_nothing():
    assert [block.order for block in builders.blocks()] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(loading_reference.load().values()) == 0
    assert BuildingBlock.objects.filter(is_reconstruction=True).get().code == "craft"


def test_every_block_has_two_indicators_that_are_measured():
    for block in builders.blocks():
        assert len(of_block(block.code)) == 2
    assert set(taking_stock.MEASURES) == {indicator.code for indicator in INDICATORS}


def test_words_that_people_changed_stay_when_the_file_is_loaded_again(cast):
    block = builders.blocks()[0]
    keeping_blocks.save_block(block=block, by=cast.policy, fields={"label_nl": "De bedoeling", "code": "other"})
    loading_reference.load()
    block.refresh_from_db()
    assert (block.label_nl, block.code) == ("De bedoeling", "meaning")
    assert Event.objects.filter(verb="block.save").count() == 1


@pytest.mark.parametrize("who", ["caseworker", "manager", "reporter", "controller"])
def test_only_policy_officers_and_administrators_change_them(cast, who, as_user):
    block = builders.blocks()[0]
    with pytest.raises(Refused):
        keeping_blocks.save_block(block=block, by=getattr(cast, who), fields={})
    url = reverse("accountability:building-block-edit", args=[block.code])
    assert as_user(getattr(cast, who)).get(url).status_code == 404


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(3, 9, None), (0, 0, None), (10, 10, 100), (1, 3000, 0), (61, 100, 60), (63, 100, 65)]
)
def test_a_share_is_in_steps_of_five_and_not_of_few(part, whole, said):
    assert share(part, whole, 10) == said


def test_half_of_five_days_or_more():
    assert halfway([1, 2, 9, 3]) is None
    assert halfway([1, 2, 9, 3, 30]) == 3


def test_what_is_put_in_words_is_of_deviations_of_some_weight(cast):
    recorded(cast, 6, weight="B", purpose_served="So that they can live.")
    recorded(cast, 6, weight="C")
    recorded(cast, 30, weight="A")
    assert taking_stock.purpose_in_words(FIRST) == 50
    assert taking_stock.purpose_in_words(FIRST + 1) is None


def test_an_answer_counts_as_in_time_until_its_last_moment(cast):
    for days, count in ((9, 8), (11, 4)):
        recorded(cast, count, due_at=INSIDE.replace(day=20), decided_at=INSIDE.replace(day=10 + days))
    assert taking_stock.answered_in_time(FIRST) == 65


def test_a_space_is_used_when_something_was_agreed_by_it(cast):
    spaces = [SpaceFactory(team=cast.income, valid_from="2026-01-01") for _ in range(5)]
    SpaceFactory(team=cast.income, valid_from="2026-01-01", state="draft")
    recorded(cast, 1, state="agreed", answer="by_space", space=spaces[0])
    assert taking_stock.spaces_used(FIRST) == 20


def test_room_and_looking_back_come_from_the_cube(cast):
    town = learning.town(routines=1, teams=[cast.income])
    learning.add(town, 12, answer="by_space", outcome="yes")
    learning.add(town, 12, answer="agreed")
    learning.add(town, 24, kind="blocked")
    rolling_up.roll_up_all()
    assert taking_stock.room_before(FIRST) == 50
    assert taking_stock.looked_back(FIRST) == 50
    assert taking_stock.said_without_acting(FIRST) == 50


def test_complete_is_when_nothing_is_missing_in_law(cast):
    for lawfulness, count in (("lawful_deviation", 9), ("needs_attention", 3)):
        recorded(cast, count, state="agreed", answer="agreed", lawfulness=lawfulness)
    assert taking_stock.reasons_complete(FIRST) == 75


def test_stock_is_taken_once_of_a_half_year_that_is_over(cast, as_user):
    recorded(cast, 12, weight="B", purpose_served="So that they can live.")
    assert taking_stock.take_due() == 1
    assert taking_stock.take_due() == 0
    assert Stock.objects.get().readings["purpose_in_words"] == 100
    builders.blocks()
    page = as_user(cast.caseworker).get(reverse("accountability:block-list")).content.decode()
    assert "100%" in page
    assert "Te weinig om iets te zeggen" in page


def test_a_block_of_their_own_has_no_figures(cast, as_user):
    client = as_user(cast.policy)
    fields = {"code": "nearness", "order": "8", "label_nl": "Nabij", "label_en": "Near", "question": "Q?", "asks": "A."}
    sent = client.post(reverse("accountability:building-block-new"), fields | {"valid_from": "2026-01-01"})
    assert sent.status_code == 302
    assert of_block("nearness") == ()
    assert "Nabij" in client.get(reverse("accountability:block-list")).content.decode()
    wrong = client.post(
        reverse("accountability:building-block-new"), fields | {"code": "new", "valid_from": "2026-01-01"}
    )
    assert wrong.status_code == 422
