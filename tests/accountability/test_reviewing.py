"""One review: three answers, given once and without a name; the author responds once; a lesson goes to learning."""

import re

import pytest
from django.urls import reverse

from accountability.models import Review
from accountability.services import closing_rounds, reviewing, telling_reviews
from learning.models import Signal
from learning.services import asking, linking
from organisation.kernel.access import Refused, WrongState
from organisation.models import AccessEvent, Notice
from tests.factories import MembershipFactory, UserFactory

from .rounds import asked, authors, deviation_of, space_of, used, yesterday

pytestmark = pytest.mark.django_db

REASONS = "The second person was not asked."


@pytest.fixture
def review(cast) -> Review:
    """A use of space by the caseworker, which the stranger must review."""
    return asked(cast)


@pytest.fixture
def answered(cast, review) -> Review:
    """The same, not sound."""
    return reviewing.answer(review=review, by=cast.stranger, verdict="not_sound", reasons=REASONS)


def address(name: str, review: Review) -> str:
    return reverse(f"accountability:{name}", args=[review.pk])


def page(client, review: Review) -> str:
    return client.get(address("review", review)).content.decode()


@pytest.mark.parametrize(("verdict", "reasons"), [("sound", ""), ("lesson", "Write it down."), ("not_sound", "No.")])
def test_three_answers_each_given_once(cast, review, verdict, reasons):
    done = reviewing.answer(review=review, by=cast.stranger, verdict=verdict, reasons=reasons)
    assert (done.state, done.answer) == ("answered", verdict)
    with pytest.raises(WrongState):
        reviewing.answer(review=review, by=cast.stranger, verdict="sound")


@pytest.mark.parametrize("verdict", ["lesson", "not_sound"])
def test_a_lesson_and_a_no_have_words(cast, review, verdict):
    with pytest.raises(Refused):
        reviewing.answer(review=review, by=cast.stranger, verdict=verdict, reasons=" ")
    assert not Signal.objects.exists()


def test_nobody_else_answers(cast, review):
    for person in (cast.caseworker, cast.manager, cast.colleague, cast.controller):
        with pytest.raises(Refused):
            reviewing.answer(review=review, by=person, verdict="sound")


def test_the_author_hears_it_and_not_from_whom(cast, answered, as_user):
    notice = Notice.objects.get(recipient=cast.caseworker)
    assert notice.url == address("review", answered)
    for path in (address("review", answered), reverse("organisation:notices")):
        text = as_user(cast.caseworker).get(path).content.decode()
        assert cast.stranger.name not in text
    assert REASONS in page(as_user(cast.caseworker), answered)


def test_the_author_responds_once(cast, answered):
    reviewing.respond(review=answered, by=cast.caseworker, response="She was, by telephone.")
    with pytest.raises(WrongState):
        reviewing.respond(review=answered, by=cast.caseworker, response="And again.")
    assert {notice.recipient for notice in Notice.objects.filter(event__verb="review.respond")} == {
        cast.stranger,
        cast.controller,
    }


def test_only_the_author_responds_and_only_with_words(cast, review, answered):
    for person in (cast.stranger, cast.manager, cast.controller):
        with pytest.raises(Refused):
            reviewing.respond(review=answered, by=person, response="No.")
    with pytest.raises(Refused):
        reviewing.respond(review=answered, by=cast.caseworker, response=" ")


def test_nothing_is_said_before_the_answer_or_after_the_round(cast, review):
    with pytest.raises(WrongState):
        reviewing.respond(review=review, by=cast.caseworker, response="Early.")
    reviewing.answer(review=review, by=cast.stranger, verdict="sound")
    closing_rounds.close(made=review.round, by=cast.controller)
    with pytest.raises(Refused):
        reviewing.respond(review=review, by=cast.caseworker, response="Late.")


def test_a_lesson_becomes_a_signal_without_team_author_or_number(cast, review, as_user):
    done = reviewing.answer(review=review, by=cast.stranger, verdict="lesson", reasons="Ask the bank first.")
    signal = Signal.objects.get()
    assert done.signal == signal
    assert (signal.kind, signal.routine, signal.team, signal.owner) == (
        "lesson", deviation_of(review).routine, None, cast.policy,
    )  # fmt: skip
    text = as_user(cast.policy).get(signal.get_absolute_url()).content.decode()
    assert "Ask the bank first." in text
    for hidden in (deviation_of(review).number, cast.caseworker.name, cast.stranger.name, cast.income.name):
        assert hidden not in text


def test_who_drew_a_lesson_hears_what_is_learnt_from_it(cast, review):
    reviewing.answer(review=review, by=cast.stranger, verdict="lesson", reasons="Ask the bank first.")
    signal, question = Signal.objects.get(), {"title": "T", "problem": "P", "owner": cast.policy, "due_on": yesterday()}
    opened = asking.ask(by=cast.policy, **question)
    assert linking.link_signal(question=opened, signal=signal, by=cast.policy) == 1
    assert [link.deviation for link in opened.links.all()] == [deviation_of(review)]


def test_stepping_aside_gives_it_to_the_next_and_never_back(cast, review):
    other = MembershipFactory(team=cast.youth, user=UserFactory()).user
    moved = reviewing.step_aside(review=review, by=cast.stranger)
    assert moved.reviewer == other
    moved = reviewing.step_aside(review=moved, by=other)
    assert moved.reviewer == cast.colleague, "Of the own team when there is nobody else"
    moved = reviewing.step_aside(review=moved, by=cast.colleague)
    assert moved.reviewer is None
    assert Notice.objects.filter(recipient=cast.controller, event__verb="review.step_aside").exists()
    with pytest.raises(Refused):
        reviewing.reassign(review=moved, by=cast.controller)


def test_internal_control_gives_it_to_another(cast, review):
    assert reviewing.reassign(review=review, by=cast.controller).reviewer == cast.colleague
    with pytest.raises(Refused):
        reviewing.reassign(review=review, by=cast.manager)


def test_the_reviewer_reads_the_dossier_without_names_and_number_of_the_case(cast, review, as_user):
    client, deviation = as_user(cast.stranger), deviation_of(review)
    text = page(client, review)
    assert deviation.why_here in text
    for hidden in (cast.caseworker.name, cast.manager.name, deviation.case.number, deviation.number):
        assert hidden not in text, hidden
    line = AccessEvent.objects.about(deviation).get()
    assert (line.actor_id, line.basis) == (cast.stranger.pk, "reviewer")


def test_after_the_answer_the_reviewer_reads_it_no_longer(cast, answered, as_user):
    client, deviation = as_user(cast.stranger), deviation_of(answered)
    assert deviation.why_here not in page(client, answered)
    assert client.get(reverse("accountability:dossier", args=[deviation.pk])).status_code == 404


def test_the_reviewer_takes_nothing_along(cast, review, as_user):
    client = as_user(cast.stranger)
    path = reverse("accountability:dossier", args=[review.deviation_id])
    assert client.get(path).status_code == 200
    assert client.get(f"{path}pdf/").status_code == 404


def test_internal_control_and_the_manager_read_the_answer_and_colleagues_nothing(cast, answered, as_user):
    for person in (cast.controller, cast.manager):
        assert REASONS in page(as_user(person), answered)
    for person in (cast.colleague, cast.othermanager, cast.policy):
        assert as_user(person).get(address("review", answered)).status_code == 404


def test_before_the_answer_it_is_for_reviewer_and_internal_control(cast, review, as_user):
    for person in (cast.caseworker, cast.manager):
        assert as_user(person).get(address("review", review)).status_code == 404
    text = page(as_user(cast.controller), review)
    assert deviation_of(review).why_here not in text


def test_the_dossier_holds_what_a_review_said(cast, answered, as_user):
    path = reverse("accountability:dossier", args=[answered.deviation_id])
    assert REASONS in as_user(cast.caseworker).get(path).content.decode()


def test_what_reviews_said_of_a_space_has_each_heading_once(cast, as_user):
    space = space_of(cast)
    page = as_user(cast.manager).get(reverse("accountability:reviews-of-space", args=[space.pk])).content.decode()
    headings = [words.strip() for words in re.findall("<h[12][^>]*>([^<]+)<", page)]
    assert headings.count("Wat toetsen erover zeiden") == 1
    assert len(headings) == len(set(headings))


def test_the_look_back_on_a_space_counts_its_reviews_from_five_people_up(cast):
    space = space_of(cast)
    for number, person in enumerate([cast.caseworker, *authors(cast, 4)]):
        used(cast, space, by=person, days_ago=10 - number)
    from accountability.services import drawing_reviews

    made = drawing_reviews.draw_round(by=cast.controller, until=yesterday())
    rows = list(made.reviews.all())
    for row in rows[:4]:
        reviewing.answer(review=row, by=row.reviewer, verdict="sound")
    assert telling_reviews.of_space(space).answers is None
    reviewing.answer(review=rows[4], by=rows[4].reviewer, verdict="lesson", reasons="Ask.")
    found = telling_reviews.of_space(space)
    assert (found.drawn, found.waiting, [count for _label, count in found.answers]) == (5, 0, [4, 1, 0])


@pytest.mark.parametrize(("data", "status"), [({}, 422), ({"verdict": "lesson"}, 422), ({"verdict": "sound"}, 303)])
def test_the_form_says_what_is_missing(cast, review, as_user, data, status):
    assert as_user(cast.stranger).post(address("review-answer", review), data).status_code == status


def test_answering_twice_is_refused_in_place(cast, answered, as_user):
    again = as_user(cast.stranger).post(address("review-answer", answered), {"verdict": "sound"})
    assert again.status_code == 409
