"""The journal: written once, changed for a day, corrected for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from cases.models import Case, JournalEntry
from cases.services.journalling import add_addendum, change_entry, write_entry
from organisation.kernel.access import Refused
from organisation.models import Event
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@pytest.fixture
def entry(cast, case):
    return write_entry(case=case, by=cast.caseworker, text="Called.", kind="contact")


def change(entry, by, text="Called twice.", seen=None):
    return change_entry(
        entry=entry, by=by, text=text, kind="note", occurred_at=entry.occurred_at, seen=seen or entry.fingerprint
    )


def test_an_entry_tells_who_wrote_it_and_when_it_happened(cast, case):
    yesterday = timezone.now() - timedelta(days=1)
    entry = write_entry(case=case, by=cast.colleague, text="Met.", kind="observation", occurred_at=yesterday)
    assert (entry.author, entry.occurred_at, entry.kind) == (cast.colleague, yesterday, "observation")
    assert Event.objects.about(case).get().verb == "journal.written"


def test_the_text_itself_is_not_in_the_logbook(case, entry):
    assert "Called" not in "".join(str(event.__dict__) for event in Event.objects.all())


def test_the_same_form_sent_twice_gives_one_entry(cast, case):
    key = uuid4()
    first = write_entry(case=case, by=cast.caseworker, text="Met.", key=key)
    assert write_entry(case=case, by=cast.caseworker, text="Met.", key=key) == first
    assert write_entry(case=case, by=cast.caseworker, text="Other.", key=key) != first
    assert case.journal.count() == 2


def test_within_a_day_the_author_changes_it_and_the_history_keeps_what_it_said(cast, entry):
    change(entry, cast.caseworker)
    entry.refresh_from_db()
    assert (entry.text, entry.kind) == ("Called twice.", "note")
    assert [row.text for row in entry.history.all()] == ["Called twice.", "Called."]


def test_after_a_day_nobody_changes_it(cast, entry):
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)), pytest.raises(Refused):
        change(entry, cast.caseworker)


def test_a_colleague_never_changes_it(cast, entry):
    with pytest.raises(Refused):
        change(entry, cast.colleague)


def test_a_second_window_overwrites_nothing(cast, entry):
    seen = entry.fingerprint
    change(entry, cast.caseworker, text="First window.")
    with pytest.raises(Refused):
        change(entry, cast.caseworker, text="Second window.", seen=seen)
    entry.refresh_from_db()
    assert entry.text == "First window."


def test_a_correction_stands_below_it_and_is_made_once(cast, entry):
    key = uuid4()
    addendum = add_addendum(entry=entry, by=cast.colleague, text="It was mail.", key=key)
    assert add_addendum(entry=entry, by=cast.colleague, text="It was mail.", key=key) == addendum
    assert list(entry.addenda.all()) == [addendum]
    assert addendum.kind == entry.kind
    entry.refresh_from_db()
    assert entry.text == "Called."


def test_a_correction_may_still_be_added_to_a_closed_case(cast, case, entry):
    Case.objects.filter(pk=case.pk).update(state="closed", result="not", closed_at=timezone.now())
    add_addendum(entry=entry, by=cast.caseworker, text="It was mail.")
    with pytest.raises(Refused):
        write_entry(case=case, by=cast.caseworker, text="More.")
    with pytest.raises(Refused):
        change(entry, cast.caseworker)


def test_a_correction_of_a_correction_is_refused(cast, entry):
    addendum = add_addendum(entry=entry, by=cast.colleague, text="It was mail.")
    with pytest.raises(Refused):
        add_addendum(entry=addendum, by=cast.colleague, text="No.")


def test_a_stranger_writes_nothing(cast, case, entry):
    for act in (
        lambda: write_entry(case=case, by=cast.stranger, text="x"),
        lambda: add_addendum(entry=entry, by=cast.stranger, text="x"),
        lambda: change(entry, cast.stranger),
    ):
        with pytest.raises(Refused):
            act()
    assert JournalEntry.objects.count() == 1
