"""Standing in for a manager who is away: who may name whom, what it gives, and that it ends by its date."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisation.kernel.access import Refused
from organisation.models import Deputising, Event, Notice, Team, User
from organisation.services import deputising, leaving, managing_teams
from tests.factories import DeputisingFactory, MembershipFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def day(number: int):
    return timezone.localdate() + timedelta(days=number)


def standing(person: User):
    return User.objects.get(pk=person.pk).standing


def test_a_manager_names_another_manager_and_both_are_told(cast):
    named = deputising.name_deputy(
        by=cast.admin, absent=cast.manager, deputy=cast.othermanager, until=day(5), reason="Leave"
    )
    assert (named.since, named.until) == (day(0), day(5))
    assert {notice.recipient for notice in Notice.objects.all()} == {cast.manager, cast.othermanager}
    assert Event.objects.about(cast.manager).get().verb == "deputy.named"
    assert standing(cast.othermanager).deputises == {cast.income.pk}
    assert standing(cast.othermanager).answers == {cast.income.pk, cast.youth.pk}
    assert standing(cast.othermanager).leads == {cast.youth.pk}


@pytest.mark.parametrize(("since", "until", "holds"), [(0, 1, True), (-3, 0, False), (1, 2, False), (-1, 1, True)])
def test_it_holds_from_the_first_day_up_to_the_first_day_back(cast, since, until, holds):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager, since=day(since), until=day(until))
    assert (cast.income.pk in standing(cast.othermanager).deputises) == holds


def test_it_does_not_go_on_to_a_third_person(cast):
    third = MembershipFactory(role="manager").user
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    DeputisingFactory(absent=cast.othermanager, deputy=third)
    assert standing(third).deputises == {cast.youth.pk}


def test_who_no_longer_leads_a_team_stands_in_for_nobody(cast):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    cast.othermanager.memberships.update(until=day(0))
    assert not standing(cast.othermanager).deputises


def test_a_manager_who_no_longer_leads_a_team_takes_it_out_of_the_hands_of_the_deputy(cast):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    cast.manager.memberships.update(until=day(0))
    assert not standing(cast.othermanager).deputises


@pytest.mark.parametrize("who", ["caseworker", "othermanager", "policy"])
def test_nobody_else_names_a_deputy_for_a_manager(cast, who):
    with pytest.raises(Refused):
        deputising.name_deputy(by=getattr(cast, who), absent=cast.manager, deputy=cast.othermanager, until=day(5))


def test_only_managers_stand_in_and_nobody_for_themselves(cast):
    for deputy in (cast.manager, cast.caseworker, cast.policy):
        with pytest.raises(Refused):
            deputising.name_deputy(by=cast.manager, absent=cast.manager, deputy=deputy, until=day(5))
    with pytest.raises(Refused):
        deputising.name_deputy(by=cast.admin, absent=cast.caseworker, deputy=cast.manager, until=day(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        DeputisingFactory(absent=cast.manager, deputy=cast.manager)


def test_an_administrator_who_manages_a_team_does_not_name_themselves(cast):
    MembershipFactory(user=cast.admin, role="manager")
    admin = User.objects.get(pk=cast.admin.pk)
    with pytest.raises(Refused):
        deputising.name_deputy(by=admin, absent=cast.manager, deputy=admin, until=day(5))


@pytest.mark.parametrize(("since", "until"), [(3, 3), (5, 3), (-5, 0)])
def test_the_days_follow_each_other_and_are_not_over(cast, since, until):
    with pytest.raises(Refused):
        deputising.name_deputy(
            by=cast.manager, absent=cast.manager, deputy=cast.othermanager, since=day(since), until=day(until)
        )


def test_one_deputy_at_a_time(cast):
    third = MembershipFactory(role="manager").user
    deputising.name_deputy(by=cast.manager, absent=cast.manager, deputy=cast.othermanager, until=day(5))
    with pytest.raises(Refused):
        deputising.name_deputy(by=cast.manager, absent=cast.manager, deputy=third, since=day(4), until=day(9))
    deputising.name_deputy(by=cast.manager, absent=cast.manager, deputy=third, since=day(5), until=day(9))


def test_ending_works_at_once_and_twice_is_once(cast):
    named = deputising.name_deputy(by=cast.manager, absent=cast.manager, deputy=cast.othermanager, until=day(5))
    with pytest.raises(Refused):
        deputising.end_deputising(by=cast.othermanager, deputising=named)
    for _time in range(2):
        deputising.end_deputising(by=cast.manager, deputising=named)
    assert not standing(cast.othermanager).deputises
    assert Event.objects.filter(verb="deputy.ended").count() == 1
    assert not Deputising.objects.not_over().exists()


def test_what_was_to_begin_later_is_cancelled_and_never_held(cast):
    named = deputising.name_deputy(
        by=cast.manager, absent=cast.manager, deputy=cast.othermanager, since=day(3), until=day(5)
    )
    ended = deputising.end_deputising(by=cast.manager, deputising=named)
    assert (ended.since, ended.until) == (day(3), day(3))
    assert not Deputising.objects.not_over().exists()


def test_who_leaves_stands_in_no_more_also_after_a_return(cast):
    DeputisingFactory(absent=cast.manager, deputy=cast.othermanager)
    managing_teams.edit_team(
        by=cast.admin, team=cast.income, name="Inkomen", policy_domains=[], deputy=cast.othermanager
    )
    leaving.deactivate(by=cast.admin, person=cast.othermanager)
    back = leaving.reactivate(by=cast.admin, person=cast.othermanager)
    MembershipFactory(user=back, team=cast.youth, role="manager")
    assert not standing(back).deputises
    assert not standing(back).backs


def test_a_team_names_its_fixed_deputy_and_the_team_above(cast):
    above = TeamFactory(name="Directie")
    chief = MembershipFactory(team=above, role="manager").user
    words = {"by": cast.admin, "team": cast.income, "name": "Inkomen", "policy_domains": []}
    managing_teams.edit_team(**words, deputy=cast.othermanager, escalates_to=above)
    assert standing(cast.othermanager).backs == {cast.income.pk}
    assert standing(chief).above == {cast.income.pk}
    with pytest.raises(Refused):
        managing_teams.edit_team(**words, deputy=UserFactory())
    managing_teams.edit_team(**words)
    assert not standing(cast.othermanager).backs
    assert not standing(chief).above


def test_teams_do_not_turn_to_each_other_in_a_circle(cast):
    above = TeamFactory(name="Directie")
    Team.objects.get(pk=cast.income.pk)
    for team, target in ((cast.income, above), (above, cast.youth)):
        managing_teams.edit_team(by=cast.admin, team=team, name=team.name, policy_domains=[], escalates_to=target)
    for target in (cast.income, above):
        target.refresh_from_db()
        with pytest.raises(Refused):
            managing_teams.edit_team(
                by=cast.admin, team=cast.youth, name="Jeugd", policy_domains=[], escalates_to=target
            )


def test_the_page_names_and_ends(cast, as_user):
    manager, deputy = as_user(cast.manager), as_user(cast.othermanager)
    assert manager.post("/deputies/", {"until": ""}).status_code == 422
    sent = {"deputy": cast.othermanager.pk, "until": day(7).isoformat(), "reason": "Verlof"}
    assert manager.post("/deputies/", sent).status_code == 303
    assert manager.post("/deputies/", sent).status_code == 409
    assert "Othermanager" in manager.get("/deputies/").content.decode()
    assert "Manager" in deputy.get("/deputies/").content.decode()
    end = f"/deputies/{Deputising.objects.get().pk}/end/"
    assert deputy.post(end).status_code == 409
    assert as_user(cast.stranger).post(end).status_code == 404
    assert manager.post(end).status_code == 303
    assert as_user(cast.caseworker).get("/deputies/").status_code == 404


def test_an_administrator_says_who_is_away(cast, as_user):
    sent = {"absent": cast.manager.pk, "deputy": cast.othermanager.pk, "until": day(7).isoformat()}
    assert as_user(cast.admin).post("/deputies/", sent).status_code == 303
    assert Deputising.objects.get().absent == cast.manager
    as_somebody_else = as_user(cast.othermanager).post("/deputies/", sent | {"deputy": cast.manager.pk})
    assert as_somebody_else.status_code == 303
    assert Deputising.objects.latest("pk").absent == cast.othermanager
