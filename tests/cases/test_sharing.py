"""Sharing a case: with a reason, until a day, told to whoever gets it, and over when it is over."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import CaseGroupPermission, CaseUserPermission
from cases.services.sharing import end_expired, end_share, share_case
from cases.tasks import end_expired_sharing
from organisation.kernel.access import Refused
from organisation.models import Errand, Event, Membership, Notice, User
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def share(cast, case, to, *, days=10, by=None, work=False):
    until = timezone.localdate() + timedelta(days=days)
    return share_case(case=case, by=by or cast.caseworker, to=to, work=work, reason="Knows them", until=until)


def test_a_colleague_is_told_and_the_logbook_knows_why(cast, case):
    share(cast, case, cast.stranger)
    notice = Notice.objects.get(recipient=cast.stranger)
    assert notice.url == case.get_absolute_url()
    event = Event.objects.about(case).get()
    assert (event.verb, event.remark) == ("case.shared", "Knows them")
    assert event.after == f"Stranger, {timezone.localdate() + timedelta(days=9)}: view_case"


def test_a_team_is_told_everybody_who_is_in_it_today(cast, case):
    Membership.objects.filter(user=cast.othermanager).update(until=timezone.localdate())
    share(cast, case, cast.youth, work=True)
    assert {notice.recipient for notice in Notice.objects.all()} == {cast.stranger}
    assert CaseGroupPermission.shares.get().permission.codename == "work_on_case"


def test_sharing_again_replaces_what_was_shared(cast, case):
    share(cast, case, cast.stranger, work=True)
    again = share(cast, case, cast.stranger, days=3)
    assert list(CaseUserPermission.shares.all()) == [again]
    assert again.permission.codename == "view_case"
    assert Event.objects.about(case).first().verb == "case.share_changed"


def test_a_colleague_of_the_team_shares_too_but_who_it_was_shared_with_does_not_pass_it_on(cast, case):
    share(cast, case, cast.stranger, work=True, by=cast.colleague)
    with pytest.raises(Refused):
        share(cast, case, cast.othermanager, by=cast.stranger)


@pytest.mark.parametrize("who", ["manager", "othermanager", "policy", "admin"])
def test_nobody_else_shares(cast, case, who):
    with pytest.raises(Refused):
        share(cast, case, cast.stranger, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["policy", "reporter", "privacy", "controller", "admin", "caseworker"])
def test_it_is_not_shared_with_the_handler_nor_with_who_sees_no_cases(cast, case, who):
    with pytest.raises(Refused, match=getattr(cast, who).name):
        share(cast, case, getattr(cast, who))


def test_it_is_not_shared_with_who_has_left_or_a_closed_team(cast, case):
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False, left_at=timezone.now())
    with pytest.raises(Refused):
        share(cast, case, User.objects.get(pk=cast.stranger.pk))
    cast.youth.closed_on = timezone.localdate()
    with pytest.raises(Refused):
        share(cast, case, cast.youth)


def test_a_share_ends_after_today(cast, case):
    with pytest.raises(Refused):
        share(cast, case, cast.stranger, days=0)


def test_ending_a_share_twice_is_ending_it_once(cast, case):
    given = share(cast, case, cast.stranger)
    for _time in range(2):
        end_share(share=given, by=cast.colleague)
    assert Event.objects.about(case).filter(verb="case.share_ended").count() == 1


def test_who_it_was_shared_with_cannot_end_it(cast, case):
    given = share(cast, case, cast.stranger, work=True)
    with pytest.raises(Refused):
        end_share(share=given, by=cast.stranger)


def test_the_night_takes_away_what_has_ended_and_says_so_once(cast, case):
    share(cast, case, cast.stranger, days=1)
    share(cast, case, cast.youth, days=1)
    share(cast, case, cast.othermanager, days=9)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        errand = Errand.put(task="cases.tasks.end_expired_sharing", key="x")
        for _delivery in range(3):
            end_expired_sharing(str(errand.pk))
        assert end_expired() == 0
    assert [each.user for each in CaseUserPermission.shares.all()] == [cast.othermanager]
    assert not CaseGroupPermission.shares.exists()
    ended = Event.objects.about(case).filter(verb="case.share_expired")
    assert {(event.before, event.actor_id) for event in ended} == {("Stranger", None), ("Jeugd", None)}
    assert len(ended) == 2


def test_a_share_that_was_prolonged_meanwhile_stays(cast, case, monkeypatch):
    given = share(cast, case, cast.stranger, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        from cases.services import sharing

        share(cast, case, cast.stranger, days=9)
        assert sharing._end_one(CaseUserPermission, given.pk) == 0
    assert CaseUserPermission.shares.count() == 1
