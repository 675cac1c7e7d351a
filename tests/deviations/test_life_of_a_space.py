"""The life of a space after it was given: reminders, looking back with figures, and going on with it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from deviations.models import DiscretionarySpace, SpaceEvaluation, SpaceReminder, SpaceStop
from deviations.models.space_life import Verdict
from deviations.rules.space_figures import enough_people, most_stopping
from deviations.services import (
    evaluating,
    evaluating_space,
    granting,
    objecting,
    recording,
    reminding_of_spaces,
    renewing,
    submitting,
)
from deviations.tasks import remind_of_spaces
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Notice, User
from tests.factories import MembershipFactory, UserFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db

SIX_WEEKS = timedelta(weeks=6)


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def look_back(space, by, verdict=Verdict.KEEP, words="It helps.", **more) -> SpaceEvaluation:
    return evaluating_space.look_back(
        space=space, by=fresh(by), verdict=verdict, words=words, today=timezone.localdate(), **more
    )


@pytest.fixture
def use(cast, case, routine):
    """`use(person, amount_cents=…)`: they send something in that a space of the team may cover."""

    def send(by=None, **fields):
        author = fresh(by or cast.caseworker)
        drafted = recording.begin(case=case, by=author, fields={"routine": routine, **WORDS, **fields})
        return submitting.submit(deviation=drafted, by=author)

    return send


def test_the_managers_hear_thirty_days_before_the_end_once(cast, space):
    ending, later = space(valid_until=day(30)), space(valid_until=day(31))
    assert [reminding_of_spaces.remind() for _time in range(3)] == [1, 0, 0]
    notice = Notice.objects.get(event__verb="space.ends_soon")
    assert (notice.recipient, notice.url) == (cast.manager, ending.get_absolute_url())
    assert reminding_of_spaces.remind(on=day(1)) == 1
    assert set(SpaceReminder.objects.values_list("space", flat=True)) == {ending.pk, later.pk}


def test_who_goes_on_with_a_space_is_not_reminded_that_it_ends(cast, space):
    renewing.renew(space=space(valid_until=day(20)), by=cast.manager)
    assert reminding_of_spaces.remind() == 0


def test_nobody_is_reminded_of_what_has_ended(cast, space):
    gone = space(valid_until=day(3), evaluate_on=day(1))
    assert reminding_of_spaces.remind(on=day(4)) == 0
    granting.withdraw_space(space=gone, by=cast.manager, reasons="Enough.")
    assert reminding_of_spaces.remind(on=day(1)) == 0


def test_the_day_of_the_look_back_is_told_by_the_clock_and_stays_visible(cast, as_user, space):
    given = space(evaluate_on=day(42), valid_until=day(180))
    errand = Errand.put(task="deviations.tasks.remind_of_spaces")
    with time_machine.travel(timezone.now() + SIX_WEEKS):
        remind_of_spaces(str(errand.pk))
        remind_of_spaces(str(errand.pk))
        assert Notice.objects.filter(event__verb="space.evaluation_due").count() == 1
        for address in ("/space/", "/space/given/", given.get_absolute_url()):
            assert "Terugblik nodig" in as_user(cast.manager).get(address).content.decode(), address
        look_back(given, cast.manager, next_on=day(60))
        assert "Terugblik nodig" not in as_user(cast.manager).get("/space/").content.decode()


def test_six_weeks_later_the_figures_are_there(cast, space, use):
    money = {"cents_per_deviation": 20_000, "cents_per_month": 90_000, "cents_per_period": 100_000}
    room = space(people=[], whole_team=True, means_slider=3, deciding_slider=1, evaluate_on=day(42), **money)
    people = [UserFactory() for _ in range(5)]
    for person in people:
        MembershipFactory(user=person, team=cast.income)
    used = [use(person, amount_cents=10_000) for person in people]
    objecting.object_to(deviation=used[4], by=fresh(cast.manager), reasons="Not this way.")
    too_dear = use(amount_cents=30_000)
    assert [each.state for each in (*used[:4], too_dear)] == [*["agreed"] * 4, "awaiting"]
    evaluating.evaluate(deviation=used[0], by=fresh(people[0]), helped="yes")
    use(cast.colleague, amount_cents=500)
    with time_machine.travel(timezone.now() + SIX_WEEKS):
        found = evaluating_space.figures(room)
    assert (found.uses, found.people, found.spent_cents, found.budget_cents) == (5, 5, 40_500, 100_000)
    assert (found.outcomes, found.objections) == ({"yes": 1, "": 4}, 1)
    assert found.stops == {"amount_per_deviation": 1}


def test_fewer_than_five_people_are_not_counted_out_loud(cast, as_user, space, use):
    room = space(people=[], whole_team=True)
    for _number in range(7):
        use()
    found = evaluating_space.figures(room)
    assert (found.uses, found.people) == (7, None)
    page = as_user(cast.manager).get(room.get_absolute_url() + "evaluate/").content.decode()
    assert "minder dan vijf mensen" in page.lower()


@pytest.mark.parametrize(("count", "shown"), [(0, None), (4, None), (5, 5), (30, 30)])
def test_the_least_number_of_people(count, shown):
    assert enough_people(count) == shown


def test_only_limits_that_can_be_moved_are_named_the_first_five():
    codes = ("rules", "weight", "means", "purpose", "deciding", "amount_per_month")
    stops = {code: number + 1 for number, code in enumerate(codes)} | {"state": 99, "holder": 9, "amount_per_period": 0}
    assert list(most_stopping(stops)) == ["amount_per_month", "deciding", "purpose", "means", "weight"]


def test_what_a_space_was_not_meant_for_is_not_counted_against_it(cast, space, use):
    from tests.factories import RoutineFactory

    space(routines=[RoutineFactory()], cents_per_deviation=1)
    use(amount_cents=10_000)
    assert not SpaceStop.objects.exists()


def test_a_look_back_is_kept_with_its_figures_logged_and_told(cast, space, use):
    room = space(evaluate_on=day(0), valid_until=day(100))
    use(amount_cents=10_000)
    kept = look_back(room, cast.manager, next_on=day(50))
    use(amount_cents=10_000)
    kept.refresh_from_db()
    room.refresh_from_db()
    assert (kept.figures["uses"], kept.planned_on, room.evaluate_on, room.state) == (1, day(0), day(50), "active")
    event = Event.objects.about(room).first()
    assert (event.verb, event.after, event.remark) == ("space.evaluate", "keep", "It helps.")
    assert Notice.objects.filter(event=event).get().recipient == cast.caseworker


def test_to_stop_is_to_withdraw(cast, space):
    room = space()
    look_back(room, cast.manager, Verdict.STOP, "Nobody needs it.")
    room.refresh_from_db()
    assert room.state == "withdrawn"
    look_back(room, cast.manager, Verdict.STOP, "Looked at once more.")


@pytest.mark.parametrize("who", ["caseworker", "othermanager", "policy", "admin"])
def test_nobody_else_looks_back_or_goes_on(cast, space, who):
    room, person = space(), getattr(cast, who)
    for act in (lambda: look_back(room, person), lambda: renewing.renew(space=room, by=fresh(person))):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("wrong", [{"words": " "}, {"next_on": "yesterday"}, {"next_on": "too late"}])
def test_a_look_back_has_words_and_a_next_day_that_makes_sense(cast, space, wrong):
    days = {"yesterday": day(-1), "too late": day(400)}
    fields = {name: days.get(value, value) for name, value in wrong.items()}
    with pytest.raises(Refused):
        look_back(space(valid_until=day(100)), cast.manager, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceEvaluation.objects.create(space=space(), by=cast.manager, verdict="keep", words="", figures={})


def test_a_draft_is_not_looked_back_on_nor_renewed(cast, space):
    room = space()
    room.state = "draft"
    room.save()
    with pytest.raises(Refused):
        look_back(room, cast.manager)
    with pytest.raises(Refused):
        renewing.renew(space=room, by=cast.manager)


def test_going_on_makes_one_draft_of_the_same_room_for_as_long_again(cast, space, routine):
    room = space(valid_from=day(-100), valid_until=day(10), evaluate_on=day(-50), people=[cast.caseworker])
    following = renewing.renew(space=room, by=cast.manager)
    assert renewing.renew(space=room, by=cast.manager) == following
    assert (following.state, following.renews, following.valid_from) == ("draft", room, day(11))
    assert (following.valid_until, following.evaluate_on) == (day(121), day(66))
    assert list(following.routines.all()) == [routine]
    assert [row.user for row in following.user_grants.all()] == [cast.caseworker]
    assert following.cents_per_deviation == room.cents_per_deviation


def test_who_no_longer_works_in_the_team_does_not_come_along(cast, space):
    room = space(people=[cast.caseworker, cast.colleague])
    cast.colleague.memberships.update(until=day(0))
    following = renewing.renew(space=room, by=cast.manager)
    assert [row.user for row in following.user_grants.all()] == [cast.caseworker]


def test_a_renewal_that_was_withdrawn_can_be_made_again_and_a_withdrawn_space_cannot(cast, space):
    room = space()
    first = renewing.renew(space=room, by=cast.manager)
    granting.withdraw_space(space=first, by=cast.manager, reasons="")
    assert renewing.renew(space=room, by=cast.manager) != first
    granting.withdraw_space(space=room, by=cast.manager, reasons="Enough.")
    with pytest.raises(Refused):
        renewing.renew(space=room, by=cast.manager)


def test_the_new_one_takes_the_place_of_the_old_one_and_never_both(cast, space, use):
    room = space(valid_from=day(-30), valid_until=day(60), people=[cast.caseworker])
    following = renewing.renew(space=room, by=cast.manager, at_once=True)
    assert use().space == room
    granting.grant_space(space=following, by=cast.manager)
    room.refresh_from_db()
    assert (room.valid_until, room.state_today) == (day(-1), "expired")
    assert use().space == following
    assert Event.objects.about(room).first().verb == "space.succeed"
    assert granting.expire() == 1


def test_what_began_today_is_withdrawn_when_another_takes_its_place(cast, space):
    room = space(valid_from=day(0), valid_until=day(60))
    following = renewing.renew(space=room, by=cast.manager, at_once=True)
    granting.grant_space(space=following, by=cast.manager)
    room.refresh_from_db()
    assert room.state == "withdrawn"


def test_a_renewal_that_begins_after_the_end_leaves_the_old_one_alone(cast, space):
    room = space(valid_from=day(-30), valid_until=day(10))
    granting.grant_space(space=renewing.renew(space=room, by=cast.manager), by=cast.manager)
    room.refresh_from_db()
    assert (room.state, room.valid_until) == ("active", day(10))


def test_the_pages_look_back_and_go_on(cast, as_user, space):
    room, manager = space(valid_until=day(20)), as_user(cast.manager)
    page = room.get_absolute_url()
    assert manager.get(page + "evaluate/").status_code == 200
    assert manager.post(page + "evaluate/", {"verdict": "keep", "words": ""}).status_code == 422
    said = {"verdict": "widen", "words": "The amount is too small.", "next_on": day(90).isoformat()}
    assert manager.post(page + "evaluate/", said).status_code == 409
    kept = manager.post(page + "evaluate/", said | {"next_on": ""})
    following = DiscretionarySpace.objects.get(renews=room)
    assert kept.url == f"/space/{following.pk}/edit/"
    assert following.valid_from == day(0)
    assert "Er is een concept" in manager.get(page).content.decode()
    assert manager.post(page + "renew/").url == kept.url
    shown = as_user(cast.caseworker).get(page).content.decode()
    assert "The amount is too small." in shown
    assert following.number not in shown
    assert as_user(cast.caseworker).get(page + "evaluate/").status_code == 404
    assert as_user(cast.caseworker).post(page + "renew/").status_code == 409


def test_what_ends_soon_is_renewed_from_the_first_screen(cast, as_user, space):
    room, manager = space(valid_until=day(20)), as_user(cast.manager)
    assert f"/space/{room.pk}/renew/" in manager.get("/space/given/").content.decode()
    manager.post(f"/space/{room.pk}/renew/")
    assert f"/space/{room.pk}/renew/" not in manager.get("/space/given/").content.decode()
