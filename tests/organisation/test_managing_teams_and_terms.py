"""Teams and lists of terms: made, changed and closed, with a line in the logbook for each."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from deviations.models import SpaceGroupPermission
from organisation.kernel.access import Refused
from organisation.models import Event, PolicyDomain, Team, User
from organisation.services import managing_teams, managing_terms
from tests.factories import SpaceFactory

pytestmark = pytest.mark.django_db


def test_a_new_team_has_its_own_group(cast, term):
    made = managing_teams.create_team(by=cast.admin, name="Wonen", policy_domains=[term])
    assert made.group.name == f"team:{made.pk}"
    assert list(made.policy_domains.all()) == [term]
    assert Event.objects.about(made).get().verb == "team.created"


def test_a_name_is_used_once(cast):
    with pytest.raises(Refused):
        managing_teams.create_team(by=cast.admin, name="Jeugd")
    with pytest.raises(Refused):
        managing_teams.edit_team(by=cast.admin, team=cast.income, name="Jeugd", policy_domains=[])


def test_a_team_changes_its_name_and_fields_of_work(cast, term):
    managing_teams.edit_team(by=cast.admin, team=cast.income, name="Inkomen en werk", policy_domains=[term])
    line = Event.objects.about(cast.income).get()
    assert (line.before, line.after) == ("Inkomen", "Inkomen en werk")
    assert list(cast.income.policy_domains.all()) == [term]


def test_closing_a_team_ends_its_places_and_what_was_given_to_it(cast):
    SpaceGroupPermission.objects.create(
        permission=Permission.objects.get(codename="use_space", content_type__app_label="deviations"),
        group=cast.income.group,
        content_object=SpaceFactory(team=cast.income, granted_by=cast.manager),
    )
    managing_teams.close_team(by=cast.admin, team=cast.income, remark="Merged")
    assert not SpaceGroupPermission.objects.exists()
    assert User.objects.get(pk=cast.manager.pk).roles == frozenset()
    assert User.objects.get(pk=cast.stranger.pk).roles == {"caseworker"}
    assert Team.objects.open().get() == cast.youth
    assert Event.objects.about(cast.income).get().before == "3"


def test_a_closed_team_cannot_be_closed_or_changed(cast):
    managing_teams.close_team(by=cast.admin, team=cast.income)
    with pytest.raises(Refused):
        managing_teams.close_team(by=cast.admin, team=cast.income)
    with pytest.raises(Refused):
        managing_teams.edit_team(by=cast.admin, team=cast.income, name="Anders", policy_domains=[])


def test_a_term_is_added_with_a_code_of_its_own(cast):
    made = managing_terms.add_term(
        by=cast.admin, model=PolicyDomain, code="rent", label_nl="Huur", label_en="Rent", valid_from=None
    )
    assert made.valid_from == timezone.localdate()
    assert Event.objects.about(made).get().after == "Huur / Rent"
    with pytest.raises(Refused):
        managing_terms.add_term(by=cast.admin, model=PolicyDomain, code="rent", label_nl="x", label_en="x")


def test_a_term_gets_other_words_and_keeps_its_code(cast, term):
    managing_terms.relabel_term(by=cast.admin, term=term, label_nl="Bestaan", label_en="Living")
    term.refresh_from_db()
    assert (term.code, term.label_nl, term.label_en) == ("income", "Bestaan", "Living")
    assert Event.objects.about(term).get().before == "Inkomen / Income"


def test_a_closed_term_is_not_valid_tomorrow_and_is_still_there(cast, term):
    managing_terms.close_term(by=cast.admin, term=term)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert PolicyDomain.objects.valid().filter(pk=term.pk).exists()
    assert not PolicyDomain.objects.valid(on=tomorrow).filter(pk=term.pk).exists()
    with pytest.raises(Refused):
        managing_terms.close_term(by=cast.admin, term=term)


@pytest.mark.parametrize("who", ["caseworker", "manager", "policy"])
def test_others_are_refused(cast, term, who):
    actor = getattr(cast, who)
    for act in (
        lambda: managing_teams.create_team(by=actor, name="Mine"),
        lambda: managing_teams.edit_team(by=actor, team=cast.income, name="Mine", policy_domains=[]),
        lambda: managing_teams.close_team(by=actor, team=cast.income),
        lambda: managing_terms.add_term(by=actor, model=PolicyDomain, code="x", label_nl="x", label_en="x"),
        lambda: managing_terms.relabel_term(by=actor, term=term, label_nl="x", label_en="x"),
        lambda: managing_terms.close_term(by=actor, term=term),
    ):
        with pytest.raises(Refused):
            act()
    assert not Event.objects.exists()
