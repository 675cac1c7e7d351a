"""The life of a signal: found once, looked at by somebody, dismissed with reasons, back only when it has grown."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from learning.models import Signal
from learning.rules.findings import Found, Kind, has_grown
from learning.rules.rises import Series
from learning.services import detecting, noticing, picturing, triaging
from organisation.kernel.access import Refused, WrongState
from organisation.kernel.periods import Period
from organisation.models import Event, Notice
from tests.factories import RoutineFactory, UserFactory
from tests.learning.builders import question, signal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def found(cast, monkeypatch):
    """What the rules find, to be changed by a test."""
    routine = RoutineFactory()
    rise = Found(
        kind=Kind.RISE, routine=str(routine.pk), team=str(cast.income.pk), since=Period(2026, 9), observed=41,
        expected=14.2, effect=2.9, interval=(2.0, 4.1), chance=1e-6, q_value=1e-4,
    )  # fmt: skip
    results = [rise]
    counts = np.array([7.0] * 16 + [20.0, 21.0])
    monkeypatch.setattr(detecting, "detect", lambda as_of: results)
    monkeypatch.setattr(
        detecting, "series", lambda last: [Series(rise.routine, rise.team, counts, np.ones(18), per_use=False)]
    )
    return results


def test_a_signal_has_an_owner_a_day_and_a_notice(found, cast):
    (new,) = noticing.notice(TODAY)
    assert new.owner == cast.policy
    assert new.due_on > timezone.localdate()
    assert Notice.objects.filter(recipient=cast.policy, url=new.get_absolute_url()).count() == 1
    assert Event.objects.get(verb="signal.found").target_label == str(new)


def test_looking_twice_changes_nothing(found, cast):
    noticing.notice(TODAY)
    assert noticing.notice(TODAY) == []
    assert Signal.objects.count() == 1
    assert Notice.objects.count() == 1


def test_the_work_is_shared_among_policy_officers(found, cast):
    other = UserFactory()
    other.groups.add(*cast.policy.groups.all())
    found += [replace(found[0], team=None), replace(found[0], routine=None), replace(found[0], routine=None, team=None)]
    noticing.notice(TODAY)
    assert Notice.objects.count() == 2
    assert {each.owner for each in Signal.objects.all()} == {cast.policy, other}


def test_without_a_policy_officer_a_signal_is_kept_all_the_same(found, cast):
    cast.policy.groups.clear()
    (new,) = noticing.notice(TODAY)
    assert new.owner is None


def test_a_dismissed_signal_stays_away_until_it_has_grown(found, cast):
    (new,) = noticing.notice(TODAY)
    triaging.dismiss(signal=new, by=cast.policy, reasons="A change in how it is recorded.")
    found[0] = replace(found[0], observed=45, effect=3.2)
    assert noticing.notice(TODAY + timedelta(days=1)) == []
    found[0] = replace(found[0], observed=90, effect=4.6)
    (back,) = noticing.notice(TODAY + timedelta(days=30))
    assert (back.pk, back.state, back.reasons) == (new.pk, "new", "")


@pytest.mark.parametrize(
    ("effect", "observed", "grown"), [(2.0, 20, False), (2.9, 30, False), (3.0, 20, True), (2.0, 40, True)]
)
def test_what_growing_is(effect, observed, grown):
    assert has_grown(effect, observed, 2.0, 20) is grown


def test_dismissing_asks_for_reasons(cast):
    with pytest.raises(Refused, match="waarom"):
        triaging.dismiss(signal=signal(), by=cast.policy, reasons="  ")


@pytest.mark.parametrize("person", ["manager", "reporter", "caseworker", "admin"])
def test_only_policy_officers_triage(cast, person):
    by = getattr(cast, person)
    with pytest.raises(Refused):
        triaging.take(signal=signal(), by=by)
    with pytest.raises(Refused):
        triaging.link(signal=signal(), question=question(cast), by=by)


def test_what_is_dismissed_cannot_be_taken(cast):
    done = triaging.dismiss(signal=signal(), by=cast.policy, reasons="No.")
    with pytest.raises(WrongState):
        triaging.take(signal=done, by=cast.policy)


def test_the_database_keeps_dismissed_signals_without_reasons_out():
    with pytest.raises(IntegrityError), transaction.atomic():
        signal(state="dismissed")


def test_a_manager_sees_the_signals_of_the_own_team_only(cast):
    here, there, whole = signal(team=cast.income), signal(team=cast.youth), signal()
    assert set(Signal.objects.visible_to(cast.manager)) == {here}
    assert set(Signal.objects.visible_to(cast.othermanager)) == {there}
    assert set(Signal.objects.visible_to(cast.policy)) == {here, there, whole}
    assert not Signal.objects.visible_to(cast.caseworker)


def test_the_page_tells_the_numbers_and_draws_the_months(as_user, cast):
    page = as_user(cast.policy).get(signal(team=cast.income, routine=RoutineFactory()).get_absolute_url())
    text = page.content.decode()
    assert "2,7 keer zo vaak" in text
    assert "hr-months__bar--out" in text
    assert "verborgen" in text


def test_a_small_number_is_never_said(cast):
    small = signal(
        kind="threshold", observed=7, expected=5, q_value=None, routine=RoutineFactory(), confidence="agreed"
    )
    assert "7" not in picturing.words(small, {}).split(" ")[0]


def test_months_with_few_are_hidden_in_what_is_stored(found, cast):
    (new,) = noticing.notice(TODAY)
    assert {number for _month, number, _usual in new.months} == {None, 20, 21}


def test_dismissing_in_the_browser(as_user, cast):
    there = signal(team=cast.income)
    client = as_user(cast.policy)
    empty = client.post(reverse("learning:signal-dismiss", args=[there.pk]), {"reasons": ""})
    assert empty.status_code == 422
    assert client.post(reverse("learning:signal-dismiss", args=[there.pk]), {"reasons": "Known."}).status_code == 302
    again = client.post(reverse("learning:signal-dismiss", args=[there.pk]), {"reasons": "Known."})
    assert again.status_code == 409
    there.refresh_from_db()
    assert (there.state, there.owner) == ("dismissed", cast.policy)


def test_taking_over_what_is_late(as_user, cast):
    late = signal(team=cast.income, due_on=timezone.localdate() - timedelta(days=1))
    client = as_user(cast.policy)
    assert "had klaar moeten zijn" in client.get(reverse("learning:signal-list")).content.decode()
    client.post(reverse("learning:signal-take", args=[late.pk]))
    late.refresh_from_db()
    assert (late.state, late.owner) == ("triaged", cast.policy)


@pytest.mark.parametrize(
    ("query", "shown"), [("", 1), ("?state=dismissed", 1), ("?state=all", 2), ("?kind=threshold", 0)]
)
def test_the_list_is_filtered_in_its_address(as_user, cast, query, shown):
    signal()
    signal(state="dismissed", reasons="Known.", dismissed_effect=2, dismissed_observed=20)
    page = as_user(cast.policy).get(reverse("learning:signal-list") + query)
    assert len(page.context["signals"]) == shown
