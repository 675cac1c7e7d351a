"""The pages where administrators manage teams, terms and look at the settings."""

import pytest

from organisation.models import Heartbeat, PolicyDomain, Team
from tests.factories import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast, as_user):
    """The administrator's browser."""
    return as_user(cast.admin)


def test_teams_are_listed_with_their_size(cast, admin):
    teams = {team.name: team.size for team in admin.get("/organisation/teams/").context["page"].object_list}
    assert teams == {"Inkomen": 3, "Jeugd": 2}


def test_closed_teams_are_shown_on_request_and_names_can_be_searched(cast, admin):
    Team.objects.filter(pk=cast.youth.pk).update(closed_on="2026-01-01")
    assert len(admin.get("/organisation/teams/").context["page"].object_list) == 1
    assert len(admin.get("/organisation/teams/?closed=1").context["page"].object_list) == 2
    assert len(admin.get("/organisation/teams/?closed=1&q=jeu").context["page"].object_list) == 1
    assert "Geen team gevonden" in admin.get("/organisation/teams/?q=zzz").content.decode()


def test_the_lists_cost_the_same_with_more_rows(cast, admin, term, queries_of):
    addresses = ["/organisation/teams/", f"/organisation/teams/{cast.income.pk}/", "/organisation/terms/"]
    few = [queries_of(admin, url) for url in addresses]
    for _ in range(5):
        MembershipFactory(team=cast.income)
        team = TeamFactory()
        team.policy_domains.add(term)
    assert [queries_of(admin, url) for url in addresses] == few


def test_a_team_is_made_changed_and_closed(cast, admin, term):
    made = admin.post("/organisation/teams/new/", {"name": "Wonen", "policy_domains": [term.pk]})
    team = Team.objects.get(name="Wonen")
    assert (made.status_code, made["Location"]) == (303, f"/organisation/teams/{team.pk}/")
    page = f"/organisation/teams/{team.pk}/"
    assert admin.post(page + "edit/", {"name": "Huis"}).status_code == 303
    assert admin.post(page + "close/", {"remark": "Nummer 111222333"}).status_code == 422
    assert admin.post(page + "close/").status_code == 303
    assert admin.post(page + "close/").status_code == 409
    assert admin.post(page + "edit/", {"name": "Thuis"}).status_code == 409
    assert "Gesloten" in admin.get(page).content.decode() or "Opgeheven" in admin.get(page).content.decode()


def test_a_team_form_that_is_not_right_comes_back(cast, admin, monkeypatch):
    assert admin.get("/organisation/teams/new/").status_code == 200
    assert admin.post("/organisation/teams/new/", {"name": ""}).status_code == 422
    assert admin.post("/organisation/teams/new/", {"name": "Jeugd"}).status_code == 422
    page = f"/organisation/teams/{cast.income.pk}/edit/"
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"name": "Jeugd"}).status_code == 422
    monkeypatch.setattr("organisation.forms.TeamForm._post_clean", lambda form: None)
    assert admin.post("/organisation/teams/new/", {"name": "Jeugd"}).status_code == 409


def test_a_team_shows_who_is_in_it_and_who_was(cast, admin):
    MembershipFactory(team=cast.income, user__name="Earlier", until="2027-01-01")
    page = admin.get(f"/organisation/teams/{cast.income.pk}/").content.decode()
    assert "Colleague" in page
    assert "Earlier" in page


def test_a_term_is_added_relabelled_and_closed(cast, admin):
    form = {"code": "rent", "label_nl": "Huur", "label_en": "Rent"}
    assert admin.post("/organisation/terms/policy-domains/new/", form).status_code == 303
    assert admin.post("/organisation/terms/policy-domains/new/", form).status_code == 422
    term = PolicyDomain.objects.get(code="rent")
    page = f"/organisation/terms/policy-domains/{term.pk}/"
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"label_nl": "Wonen", "label_en": "Housing"}).status_code == 303
    assert admin.post(page, {"label_nl": ""}).status_code == 422
    assert admin.post(page + "close/").status_code == 303
    assert admin.post(page + "close/").status_code == 409


def test_a_list_that_does_not_exist_is_not_found(cast, admin, term):
    assert admin.get("/organisation/terms/grounds/new/").status_code == 404
    assert admin.get(f"/organisation/terms/neighbourhoods/{term.pk}/").status_code == 404


def test_the_settings_page_shows_what_runs_and_no_secret(cast, admin, settings):
    Heartbeat.beat("worker")
    page = admin.get("/organisation/settings/").content.decode()
    assert settings.SECRET_KEY not in page
    assert "Werk op de achtergrond loopt" in page
