"""Who is asked again sees what they said before, and what changed since."""

import pytest

from deviations.services import consulting, recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(cast, draft, ask, as_user):
    """`again(first={…}, then={…})`: asked and advised, the text changed, asked again; what the colleague then sees."""

    def ask_twice(first=None, then=None, **fields):
        deviation = draft()
        asked = ask(deviation, **(first or {}))
        consulting.answer(consultation=asked, by=cast.colleague, view="agrees_if", text="Only with two of you.")
        recording.save_draft(deviation=deviation, by=cast.caseworker, fields=fields, version=deviation.version)
        deviation.refresh_from_db()
        anew = ask(deviation, **(then or {}))
        return as_user(cast.colleague).get(anew.get_absolute_url())

    return ask_twice


def test_the_earlier_advice_stands_there_with_the_words_that_changed(again):
    page = again(instead="We look at the statements with two of us.").content.decode()
    assert "Only with two of you." in page
    assert "<ins>" in page
    assert "with two of us" in page


def test_when_nothing_changed_it_says_so(again):
    seen = again().context["before"]
    assert (seen.opinion.text, seen.differences) == ("Only with two of you.", [])


def test_the_case_in_short_is_compared_as_well(again):
    seen = again(first={"story": "One contact."}, then={"story": "Two contacts."}).context["before"]
    assert [(each.before, each.after) for each in seen.differences] == [("One contact.", "Two contacts.")]


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_a_question_without_names_is_not_tied_to_one_with_names(again, first, then):
    assert again(first={"anonymous": first}, then={"anonymous": then}).context["before"] is None


def test_who_is_asked_first_sees_nothing_of_that(cast, draft, ask, as_user):
    assert as_user(cast.colleague).get(ask(draft()).get_absolute_url()).context["before"] is None
