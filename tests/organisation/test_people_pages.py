"""The pages where administrators manage people."""

import pytest
from django.core import mail

from organisation import tasks
from organisation.models import Errand, Team, User
from organisation.services import leaving
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast, as_user):
    """The administrator's browser."""
    return as_user(cast.admin)


def names(answer):
    return [person.name for person in answer.context["page"].object_list]


def page_of(person):
    return f"/organisation/people/{person.pk}/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=COLLEAGUE", ["Colleague"]),
        ("q=stranger@demo", ["Stranger"]),
        ("role=controller", ["Controller"]),
        ("role=manager", ["Manager", "Othermanager"]),
        ("state=left", ["Reporter"]),
        ("q=reporter", []),
        ("q=reporter&state=all", ["Reporter"]),
        ("role=nonsense&q=colleague", None),
    ],
)
def test_people_are_found_by_filters_in_the_address(cast, admin, query, expected):
    leaving.deactivate(by=cast.admin, person=cast.reporter)
    found = names(admin.get(f"/organisation/people/?{query}"))
    assert found == expected if expected is not None else len(found) == 9


def test_people_are_found_by_team(cast, admin):
    assert names(admin.get(f"/organisation/people/?team={cast.youth.pk}")) == ["Othermanager", "Stranger"]


def test_twenty_five_people_stand_on_a_page(cast, admin):
    UserFactory.create_batch(20)
    assert len(names(admin.get("/organisation/people/"))) == 25
    assert len(names(admin.get("/organisation/people/?page=2"))) == 5


def test_the_list_costs_the_same_at_ten_and_at_twenty_five(cast, admin, queries_of):
    few = queries_of(admin, "/organisation/people/")
    for _ in range(15):
        MembershipFactory(team=cast.income)
    assert queries_of(admin, "/organisation/people/") == few


def test_the_page_of_a_person_costs_the_same_with_more_teams(cast, admin, queries_of):
    few = queries_of(admin, page_of(cast.colleague))
    for _ in range(5):
        MembershipFactory(user=cast.colleague)
    assert queries_of(admin, page_of(cast.colleague)) == few


def test_a_new_person_gets_a_mail_with_a_link(cast, admin):
    answer = admin.post("/organisation/people/new/", {"name": "Kim", "email": "Kim@demo.test"})
    made = User.objects.get(email="kim@demo.test")
    assert (answer.status_code, answer["Location"]) == (303, page_of(made))
    tasks.mail_password_link(str(Errand.objects.get().pk))
    assert mail.outbox[0].to == ["kim@demo.test"]


@pytest.mark.parametrize(
    "form", [{}, {"name": "Kim", "email": "no address"}, {"name": "K", "email": "Admin@demo.test"}]
)
def test_a_form_that_is_not_right_comes_back_with_what_is_wrong(cast, admin, form):
    answer = admin.post("/organisation/people/new/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_a_person_is_changed(cast, admin):
    url = page_of(cast.colleague) + "edit/"
    assert "Colleague" in admin.get(url).content.decode()
    assert admin.post(url, {"name": "Kim", "email": "kim@demo.test"}).status_code == 303
    assert admin.post(url, {"name": "", "email": "kim@demo.test"}).status_code == 422
    leaving.deactivate(by=cast.admin, person=cast.colleague)
    assert admin.post(url, {"name": "Kim", "email": "k@demo.test"}).status_code == 409


def test_two_at_once_for_one_address_shows_the_refusal(cast, admin, monkeypatch):
    monkeypatch.setattr("organisation.forms.PersonForm._post_clean", lambda form: None)
    taken = {"name": "Twin", "email": "stranger@demo.test"}
    assert admin.post("/organisation/people/new/", taken).status_code == 409
    assert admin.post(page_of(cast.colleague) + "edit/", taken).status_code == 409


def test_roles_are_saved_with_what_each_may_do_beside_them(cast, admin):
    assert "Ziet nooit een zaak" in admin.get(page_of(cast.colleague)).content.decode()
    assert admin.post(page_of(cast.colleague) + "roles/", {"roles": ["reporter"]}).status_code == 303
    assert User.objects.get(pk=cast.colleague.pk).has_role("reporter")
    assert admin.post(page_of(cast.colleague) + "roles/", {"roles": ["king"]}).status_code == 422


def test_somebody_joins_a_team_and_leaves_it(cast, admin):
    url = page_of(cast.policy) + "join/"
    assert admin.post(url, {"team": cast.youth.pk, "role": "manager"}).status_code == 303
    membership = cast.policy.memberships.get()
    assert admin.post(f"/organisation/memberships/{membership.pk}/end/").status_code == 303
    assert not User.objects.get(pk=cast.policy.pk).has_role("manager")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"role": "manager"}, 422),
        ({"team": "income", "role": "manager", "since": "2026-02-02", "until": "2026-02-01"}, 422),
        ({"team": "income", "role": "caseworker"}, 409),
    ],
)
def test_a_place_that_cannot_be_is_said_in_place(cast, admin, form, status):
    if "team" in form:
        form = form | {"team": cast.income.pk}
    assert admin.post(page_of(cast.colleague) + "join/", form).status_code == status


def test_a_closed_team_cannot_be_chosen(cast, admin):
    Team.objects.filter(pk=cast.youth.pk).update(closed_on="2026-01-01")
    form = {"team": cast.youth.pk, "role": "caseworker"}
    assert admin.post(page_of(cast.colleague) + "join/", form).status_code == 422


def test_a_link_is_shown_once_and_kept_nowhere(cast, admin):
    shown = admin.post(page_of(cast.colleague) + "link/", {"show": "1"})
    assert "/password/reset/key/" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert "/password/reset/key/" not in admin.get(page_of(cast.colleague)).content.decode()
    assert admin.post(page_of(cast.colleague) + "link/").status_code == 303
    assert admin.post(page_of(cast.admin) + "link/", {"show": "1"}).status_code == 409


def test_leaving_and_returning_on_the_page(cast, admin):
    assert admin.post(page_of(cast.colleague) + "leave/", {"remark": "Nummer 111222333"}).status_code == 422
    assert admin.post(page_of(cast.colleague) + "leave/", {"remark": "Other work"}).status_code == 303
    assert "Uit dienst" in admin.get(page_of(cast.colleague)).content.decode()
    assert admin.post(page_of(cast.colleague) + "leave/").status_code == 409
    assert admin.post(page_of(cast.colleague) + "return/").status_code == 303


def test_an_administrator_sees_why_they_cannot_change_themselves(cast, admin):
    assert "eigen rechten" in admin.get(page_of(cast.admin)).content.decode()
    answer = admin.post(page_of(cast.admin) + "leave/")
    assert answer.status_code == 409
    assert "eigen rechten" in answer.content.decode()
