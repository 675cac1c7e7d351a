"""Drawing a round: what is drawn from, who reviews, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.models import Review, ReviewRound
from accountability.services import closing_rounds, drawing_reviews, reviewing, watching_reviews
from organisation.kernel.access import Refused, WrongState
from organisation.models import Event, Notice
from tests.factories import MembershipFactory, UserFactory

from .rounds import SEED, asked, authors, drawn, first, space_of, used, yesterday

pytestmark = pytest.mark.django_db


def draw_up_to(cast, day, **more) -> ReviewRound:
    return drawing_reviews.draw_round(by=cast.controller, until=day, **more)


def test_a_round_keeps_its_seed_and_can_be_repeated_by_anybody(cast):
    space = space_of(cast)
    for number in range(9):
        used(cast, space, sight=2, days_ago=20 - number)
    made = draw_up_to(cast, yesterday(), seed=SEED)
    assert made.seed == SEED
    assert 2 <= made.reviews.count() <= 3
    assert drawing_reviews.repeat(made)
    # One other seed may draw the same by chance; twenty do not.
    repeated = []
    for number in range(20):
        made.seed = f"another {number}"
        repeated.append(drawing_reviews.repeat(made))
    assert not all(repeated)


def test_without_a_seed_one_is_made(cast):
    used(cast, space_of(cast))
    assert len(draw_up_to(cast, yesterday()).seed) == 16


def test_a_round_begins_where_the_last_one_ended(cast):
    space = space_of(cast)
    used(cast, space, days_ago=10)
    old = draw_up_to(cast, timezone.localdate() - timedelta(days=5))
    later = used(cast, space, days_ago=3)
    new = draw_up_to(cast, yesterday())
    assert new.since == old.until + timedelta(days=1)
    assert [row.decision for row in new.reviews.all()] == [later]
    assert drawing_reviews.repeat(old)


def test_only_what_a_space_agreed_to_and_still_counts_is_drawn_from(cast):
    space = space_of(cast)
    voided = used(cast, space, days_ago=4)
    voided.voided_at = timezone.now()
    voided.save()
    kept = used(cast, space)
    assert [row.decision for row in draw_up_to(cast, yesterday()).reviews.all()] == [kept]


@pytest.mark.parametrize("days", [0, -5, 400])
def test_a_day_that_has_not_passed_or_was_drawn_from_is_refused(cast, days):
    used(cast, space_of(cast))
    with pytest.raises(Refused):
        draw_up_to(cast, timezone.localdate() - timedelta(days=days))


def test_nothing_to_draw_from_is_refused(cast):
    with pytest.raises(Refused):
        draw_up_to(cast, yesterday())
    used(cast, space_of(cast, sight_slider=4), sight=4)
    with pytest.raises(Refused):
        draw_up_to(cast, yesterday())
    assert not ReviewRound.objects.exists()


def test_only_internal_control_draws_and_closes(cast):
    made = drawn(cast)
    for person in (cast.caseworker, cast.manager, cast.policy, cast.admin):
        with pytest.raises(Refused):
            drawing_reviews.draw_round(by=person, until=yesterday())
        with pytest.raises(Refused):
            closing_rounds.close(made=made, by=person)


def test_the_reviewer_is_of_another_team_and_had_no_part_in_it(cast):
    assert {row.reviewer for row in drawn(cast, uses=6, people=3).reviews.all()} == {cast.stranger}


def test_the_reviewer_with_the_fewest_to_do_comes_first(cast):
    space = space_of(cast)
    for number in range(6):
        used(cast, space, days_ago=20 - number)
    draw_up_to(cast, timezone.localdate() - timedelta(days=12))
    other = MembershipFactory(team=cast.youth, user=UserFactory()).user
    for number in range(4):
        used(cast, space, days_ago=8 - number)
    assert [row.reviewer for row in draw_up_to(cast, yesterday()).reviews.all()] == [other] * 4


def test_a_second_account_of_the_author_never_reviews(cast):
    cast.caseworker.person = cast.stranger.person = cast.caseworker.pk
    cast.caseworker.save()
    cast.stranger.save()
    assert asked(cast).reviewer == cast.colleague


def test_who_gave_the_space_never_reviews(cast):
    MembershipFactory(team=cast.youth, user=cast.manager)
    assert first(drawn(cast, uses=4)).decider == cast.manager
    assert cast.manager not in {row.reviewer for row in Review.objects.all()}


@pytest.mark.parametrize("part", ["author", "decider"])
def test_the_database_refuses_a_reviewer_who_had_a_part_in_it(cast, part):
    review = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(reviewer=getattr(review, part))


def test_each_reviewer_gets_one_notice_however_many_are_theirs(cast):
    drawn(cast, uses=4)
    told = Notice.objects.filter(recipient=cast.stranger)
    assert told.count() == 1
    assert told.get().event.verb == "review_round.draw"


def test_the_clock_reminds_once_and_tells_once_that_it_is_late(cast):
    made = drawn(cast, uses=2)
    assert watching_reviews.watch() == 0
    eve = made.due_on - timedelta(days=1)
    assert [watching_reviews.watch(on=eve), watching_reviews.watch(on=eve)] == [1, 0]
    after = made.due_on + timedelta(days=1)
    assert [watching_reviews.watch(on=after), watching_reviews.watch(on=after)] == [2, 0]
    verbs = Notice.objects.filter(recipient=cast.controller).values_list("event__verb", flat=True)
    assert list(verbs) == ["review.late"] * 2


def test_a_worker_watches(cast, run_errands):
    from organisation.services.running_errands import write_slots

    Review.objects.filter(pk=asked(cast).pk).update(due_on=yesterday())
    write_slots(timezone.now())
    run_errands()
    assert Event.objects.filter(verb="review.late").exists()


def test_a_round_is_closed_when_all_is_answered_or_its_day_has_passed(cast):
    made = drawn(cast, uses=2)
    reviewing.answer(review=first(made), by=cast.stranger, verdict="sound")
    with pytest.raises(Refused):
        closing_rounds.close(made=made, by=cast.controller)
    made.reviews.update(due_on=yesterday())
    closed = closing_rounds.close(made=made, by=cast.controller)
    assert (closed.report["drawn"], closed.report["answered"]) == (2, 1)
    with pytest.raises(WrongState):
        closing_rounds.close(made=made, by=cast.controller)


def test_a_round_in_which_nobody_answered_is_not_closed(cast):
    made = drawn(cast)
    made.reviews.update(due_on=yesterday())
    with pytest.raises(Refused):
        closing_rounds.close(made=made, by=cast.controller)


def test_answers_are_in_the_report_from_five_people_up(cast):
    made = drawn(cast, uses=10, people=5)
    for number, row in enumerate(made.reviews.all()):
        verdict = "not_sound" if number == 0 else "sound"
        reviewing.answer(review=row, by=cast.stranger, verdict=verdict, reasons="No ground." if number == 0 else "")
    report = closing_rounds.close(made=made, by=cast.controller).report
    assert report["answers"] == {"sound": 9, "lesson": 0, "not_sound": 1}
    assert report["estimates"]["not_sound"] == {"share": 0.1, "low": 0.1, "high": 0.1}


def test_of_fewer_people_nothing_is_said(cast):
    made = drawn(cast, uses=8, people=4)
    for row in made.reviews.all():
        reviewing.answer(review=row, by=cast.stranger, verdict="sound")
    report = closing_rounds.close(made=made, by=cast.controller).report
    assert (report["answers"], report["estimates"], report["responded"]) == (None, None, None)
    assert all(row["answers"] is None and row["drawn"] is None for row in report["teams"])


def test_everybody_concerned_hears_that_the_report_is_there(cast):
    made = drawn(cast, uses=2, people=2)
    authors(cast, 1)
    for row in made.reviews.all():
        reviewing.answer(review=row, by=cast.stranger, verdict="sound")
    closing_rounds.close(made=made, by=cast.controller)
    told = {notice.recipient for notice in Notice.objects.filter(event__verb="review_round.close")}
    assert {cast.stranger, cast.caseworker, cast.manager, cast.policy} <= told
    assert cast.othermanager not in told
