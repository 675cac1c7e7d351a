"""Giving room in the browser, and room as people see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deviations.models import DiscretionarySpace
from deviations.services import granting, submitting
from organisation.kernel.ids import new_id
from tests.factories import CaseFactory, DeviationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000

NEW = "deviations:space-new"


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


@pytest.fixture
def typed(cast, routine):
    """`typed(name=…)` is what the form of a space sends."""

    def fields(**changes) -> dict:
        return {
            "name": "Statements", "purpose": "Helping sooner.", "team": str(cast.income.pk),
            "people": [str(cast.caseworker.pk)], "routines": [str(routine.pk)],
            "purpose_slider": "4", "rules_slider": "3", "means_slider": "1", "deciding_slider": "4",
            "sight_slider": "2", "cents_per_deviation": "200", "valid_from": timezone.localdate().isoformat(),
            "valid_until": "2099-12-31", **changes,
        }  # fmt: skip

    return fields


def test_room_is_given_in_one_go_and_used_at_once(cast, manager, typed, draft):
    answer = manager.post(reverse(NEW), typed())
    room = DiscretionarySpace.objects.get()
    assert (answer.status_code, answer.url, room.state) == (303, room.get_absolute_url(), "active")
    assert submitting.submit(deviation=draft(amount_cents=20_000), by=cast.caseworker).space == room
    page = manager.get(room.get_absolute_url())
    assert page.context["room"].uses == 1


def test_a_draft_is_kept_and_granted_later(manager, typed):
    answer = manager.post(reverse(NEW), typed(action="keep", people=[], routines=[]))
    room = DiscretionarySpace.objects.get()
    assert answer.url == reverse("deviations:space-edit", args=[room.pk])
    assert manager.get(answer.url).status_code == 200
    assert manager.post(reverse("deviations:space-grant", args=[room.pk])).status_code == 409
    assert manager.post(answer.url, typed(version=str(room.version))).status_code == 303
    room.refresh_from_db()
    assert room.state == "active"
    assert manager.get(reverse("deviations:space-edit", args=[room.pk])).url == room.get_absolute_url()


@pytest.mark.parametrize("script", [True, False])
def test_a_preset_sets_the_sliders_and_leaves_what_was_typed(cast, manager, typed, script):
    headers = {"HX-Request": "true"} if script else {}
    sent = typed(preset="ordinance", name="", people=[], cents_per_deviation="7")
    answer = manager.post(reverse(NEW), sent, headers=headers)
    form, page = answer.context["form"], answer.content.decode()
    assert (answer.status_code, DiscretionarySpace.objects.exists()) == (200, False)
    assert [form[f"{name}_slider"].value() for name in ("rules", "means", "deciding")] == ["4", "3", "1"]
    assert form["cents_per_month"].value() == "1500"
    assert form["purpose"].value() == "Helping sooner."
    assert not form.errors
    assert ("<h1" in page) is not script
    assert "Verordening" in page
    assert manager.get(reverse(NEW)).context["form"]["rules_slider"].value() == "4"


def test_a_preset_that_does_not_exist_is_not_found(manager, typed):
    assert manager.post(reverse(NEW), typed(preset="statute")).status_code == 404


def test_what_is_typed_is_kept_until_it_is_sent(manager, typed):
    key = manager.get(reverse(NEW)).context["form"].draft_key
    manager.post(reverse("organisation:draft", args=[key]), typed(name="Half of a na"))
    page = manager.get(reverse(NEW))
    assert page.context["form"]["name"].value() == "Half of a na"
    assert "Caseworker" in page.context["sentence"]
    assert not DiscretionarySpace.objects.exists()
    manager.post(reverse(NEW), typed())
    assert manager.get(reverse(NEW)).context["form"].draft is None


def test_one_form_sent_twice_makes_one_space(manager, typed):
    key = str(new_id())
    assert manager.post(reverse(NEW), typed(key=key)).status_code == 303
    again = manager.post(reverse(NEW), typed(key=key))
    assert (again.status_code, DiscretionarySpace.objects.count()) == (409, 1)
    assert "al verstuurd" in again.content.decode()


def test_a_new_space_proposes_half_a_year_with_a_look_back(manager):
    initial = manager.get(reverse(NEW)).context["form"].initial
    days = [(initial[name] - timezone.localdate()).days for name in ("valid_until", "evaluate_on")]
    assert days == [182, 91]


def test_a_draft_that_cannot_be_granted_says_why_and_is_kept(manager, typed):
    answer = manager.post(reverse(NEW), typed(people=[]))
    assert answer.status_code == 409
    assert DiscretionarySpace.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("valid_until", "2020-01-01"),
        ("cents_per_deviation", ""),
        ("deciding_slider", "5"),
        ("rules_slider", "7"),
        ("team", "00000000-0000-0000-0000-000000000000"),
        ("people", ["00000000-0000-0000-0000-000000000000"]),
        ("purpose", LONG),
        ("purpose", "BSN 111222333"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_is_said_at_the_field(manager, typed, field, value):
    answer = manager.post(reverse(NEW), typed(**{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not DiscretionarySpace.objects.exists()


def test_no_room_for_another_team_nor_for_people_outside_it(cast, manager, typed):
    for wrong in (
        {"team": str(cast.youth.pk)},
        {"people": [str(cast.stranger.pk)]},
        {"people": [str(cast.manager.pk)]},
    ):
        assert manager.post(reverse(NEW), typed(**wrong)).status_code == 422


def test_the_form_cannot_set_what_is_not_on_it(cast, manager, typed):
    manager.post(reverse(NEW), typed(action="keep", state="active", granted_by=str(cast.othermanager.pk), number="R-1"))
    room = DiscretionarySpace.objects.get()
    assert (room.state, room.granted_by) == ("draft", cast.manager)
    assert room.number != "R-1"


def test_an_older_window_is_told(manager, typed):
    manager.post(reverse(NEW), typed(action="keep"))
    room = DiscretionarySpace.objects.get()
    url = reverse("deviations:space-edit", args=[room.pk])
    assert manager.post(url, typed(action="keep", version="1")).status_code == 303
    told = manager.post(url, typed(action="keep", version="1", name="Mine"))
    assert told.status_code == 409
    assert "name" in {each.name for each in told.context["form"].conflict.differences}
    taken = manager.post(url, typed(action="keep", version="2", name="Mine", _take="name")).context["form"]
    assert taken["name"].value() == DiscretionarySpace.objects.get().name
    assert manager.post(url, typed(action="keep", version="2", name="Mine")).status_code == 303


def test_the_space_in_one_sentence_while_writing(cast, manager, typed):
    url = reverse("deviations:space-in-words")
    part = manager.post(url, typed(whole_team="on"), headers={"HX-Request": "true"}).content.decode()
    for word in ("Caseworker", "Inkomen", "€\N{NO-BREAK SPACE}200,00", "2099"):
        assert word in part
    assert "<html" not in part
    half = manager.post(url, typed(people=[], routines=[], team="", whole_team="on"))
    assert half.status_code == 200
    assert not DiscretionarySpace.objects.exists()


def test_room_is_stopped_and_taken_up_again(manager, space):
    room = space()
    for step, data, status in (
        ("suspend", {"reasons": ""}, 409),
        ("suspend", {"reasons": "x" * 9_000}, 422),
        ("suspend", {"reasons": "We talk first."}, 303),
        ("resume", {}, 303),
        ("withdraw", {"reasons": "It is over."}, 303),
        ("resume", {}, 409),
    ):
        assert manager.post(reverse(f"deviations:space-{step}", args=[room.pk]), data).status_code == status, step
    assert manager.get(room.get_absolute_url()).status_code == 200


def test_who_holds_it_is_changed_in_the_browser(cast, manager, as_user, space):
    room = space()
    url = reverse("deviations:space-holders", args=[room.pk])
    assert manager.post(url, {"people": [str(cast.stranger.pk)]}).status_code == 422
    assert manager.post(url, {}).status_code == 409
    assert manager.post(url, {"people": [str(cast.colleague.pk)]}).status_code == 303
    assert as_user(cast.caseworker).get(room.get_absolute_url()).status_code == 404
    assert as_user(cast.colleague).get(room.get_absolute_url()).status_code == 200


def test_a_holder_reads_the_room_but_does_not_change_it(cast, as_user, space):
    room, holder = space(), as_user(cast.caseworker)
    assert holder.get(room.get_absolute_url()).context["may"] == {}
    assert holder.get(reverse("deviations:space-edit", args=[room.pk])).status_code == 404
    assert holder.post(reverse("deviations:space-edit", args=[room.pk]), {}).status_code in (409, 422)
    assert holder.post(reverse("deviations:space-suspend", args=[room.pk]), {"reasons": "x"}).status_code == 409


def test_room_says_when_it_was_used_last_and_by_how_many_unless_they_are_few(cast, manager, space, routine):
    people = [UserFactory() for _number in range(5)]
    for person in people:
        MembershipFactory(user=person, team=cast.income)
    room, then = space(people=people), timezone.now() - timedelta(days=100)
    for number, person in enumerate(people, start=1):
        case = CaseFactory(team=cast.income, handler=person)
        facts = {"state": "agreed", "answer": "by_space", "space": room, "period": 202601, "decided_at": then}
        DeviationFactory(case=case, routine=routine, **facts)
        shown = manager.get(reverse("deviations:block-room-given")).context["rooms"][0]
        assert (shown.uses, shown.people) == (number, 5 if number == 5 else None)
    assert shown.last_used == then
    assert shown.flags == ("idle",)
    assert "door 5 collega" in manager.get(room.get_absolute_url()).content.decode()


def test_what_stands_out_is_shown_first(cast, manager, as_user, space, draft):
    used = space(means_slider=3, cents_per_deviation=100, cents_per_month=100, cents_per_period=100)
    submitting.submit(deviation=draft(amount_cents=100), by=cast.caseworker)
    soon = space(valid_until=timezone.localdate() + timedelta(days=3))
    halted = space()
    granting.suspend(space=halted, by=cast.manager, reasons="Wait.")
    rooms = manager.get(reverse("deviations:block-room-given")).context["rooms"]
    flags = {room.space: room.flags for room in rooms}
    assert flags == {used: ("exhausted",), soon: ("expiring", "unused"), halted: ()}
    assert rooms[0].space == soon
    mine = as_user(cast.caseworker).get(reverse("deviations:block-my-room")).context["rooms"]
    assert {room.space for room in mine} == {used, soon}


def test_free_within_the_period_shows_one_meter(cast, manager, space):
    room = space(means_slider=4, cents_per_deviation=None, cents_per_month=5, cents_per_period=900)
    shown = manager.get(room.get_absolute_url()).context["room"]
    assert [(meter.limit, meter.month) for meter in shown.meters] == [(900, False)]
    assert "€\N{NO-BREAK SPACE}9,00" in manager.get(room.get_absolute_url()).context["sentence"]


def test_every_way_to_say_a_space(manager, space, routine):
    for deciding in range(5):
        room = space(deciding_slider=deciding, means_slider=0, cents_per_deviation=None, whole_team=True)
        sentence = manager.get(room.get_absolute_url()).context["sentence"]
        assert str(routine) in sentence
        assert "zonder extra geld" in sentence
