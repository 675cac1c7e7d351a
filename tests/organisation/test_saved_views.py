"""Saved views: the filters of a page under a name, for oneself and for colleagues."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.models import Event, Membership, Notice, SavedView
from organisation.services import leaving
from tests.factories import CaseFactory, TeamFactory

pytestmark = pytest.mark.django_db
CASES = "cases:list"
BSN = "123456782"


def keep(client, query, *, page=CASES, name="Stil"):
    """Send the form beside the filters."""
    return client.post(reverse("organisation:view-new"), {"page": page, "query": query, "name": name})


def made(owner, **facts):
    """A view that is there already."""
    return SavedView.objects.create(owner=owner, **({"page": CASES, "name": "Stil", "query": "state=on_hold"} | facts))


def change(client, view, **data):
    """Send the form of a view."""
    sent = {"name": view.name, "audience": "owner"} | data
    return client.post(reverse("organisation:view-change", args=[view.pk]), sent)


def opened(client, view):
    """Where a view leads, and what is said there."""
    answer = client.get(view.get_absolute_url(), follow=True)
    return answer.redirect_chain[0][0] if answer.redirect_chain else answer.status_code, answer.content.decode()


def test_filters_are_kept_under_a_name_and_found_beside_the_filters(cast, as_user):
    client = as_user(cast.caseworker)
    assert keep(client, "state=on_hold&whose=mine").status_code == 303
    view = SavedView.objects.get()
    assert (view.owner, view.page, view.query) == (cast.caseworker, CASES, "state=on_hold&whose=mine")
    assert view.get_absolute_url() in client.get(reverse(CASES)).content.decode()
    assert view.get_absolute_url() not in as_user(cast.colleague).get(reverse(CASES)).content.decode()
    assert opened(client, view)[0] == "/cases/?state=on_hold&whose=mine"


def test_only_filters_of_that_page_are_kept(cast, as_user):
    keep(as_user(cast.caseworker), "state=on_hold&page=3&handler=nonsense&evil=1&practice=")
    assert SavedView.objects.get().address == "state=on_hold"


def test_without_filters_there_is_nothing_to_keep(cast, as_user):
    answer = keep(as_user(cast.caseworker), "page=2")
    assert answer.status_code == 409
    assert not SavedView.objects.exists()


def test_a_name_stands_once_at_a_page_and_may_stand_at_another(cast, as_user):
    client = as_user(cast.caseworker)
    keep(client, "state=on_hold")
    assert keep(client, "state=all", name="STIL").status_code == 409
    assert keep(client, "state=draft", page="deviations:list").status_code == 303
    assert keep(as_user(cast.colleague), "state=on_hold").status_code == 303


def replace(client, query, *, name="Stil"):
    """Press the button that stands beside the refusal of a name in use."""
    sent = {"page": CASES, "query": query, "name": name, "replace": "1"}
    return client.post(reverse("organisation:view-new"), sent)


def test_ones_own_view_of_that_name_is_replaced_when_asked_and_stays_shared(cast, as_user):
    client, view = as_user(cast.caseworker), made(cast.caseworker, audience="team", team=cast.income)
    assert 'name="replace"' in keep(client, "state=all").content.decode()
    assert replace(client, "state=all", name="STIL").status_code == 303
    assert opened(as_user(cast.colleague), view)[0] == "/cases/?state=all"
    assert replace(client, "q=huur").status_code == 409  # search words are never shared
    assert SavedView.objects.get().address == "state=all"
    assert replace(as_user(cast.colleague), "state=on_hold").status_code == 303
    assert SavedView.objects.get(owner=cast.caseworker).address == "state=all"


def test_an_administrator_stops_the_sharing_of_an_unwelcome_view_and_its_owner_is_told(cast, as_user):
    view = made(cast.caseworker, name="Onaardig", audience="team", team=cast.income)
    made(cast.caseworker, name="Van mijzelf")
    page = as_user(cast.admin).get(reverse("organisation:view-list")).content.decode()
    assert "Onaardig" in page
    assert "Van mijzelf" not in page
    address = reverse("organisation:view-unshare", args=[view.pk])
    assert address in page
    assert address not in as_user(cast.manager).get(reverse("organisation:view-list")).content.decode()
    assert as_user(cast.manager).post(address).status_code == 404
    assert as_user(cast.admin).post(address).status_code == 303
    assert opened(as_user(cast.colleague), view)[0] == 404
    assert opened(as_user(cast.caseworker), view)[0] == "/cases/?state=on_hold"
    notice = Notice.objects.get()
    assert (notice.recipient, notice.event.verb, notice.event.actor_id) == (
        cast.caseworker, "view.unshared", cast.admin.pk,
    )  # fmt: skip
    assert as_user(cast.admin).post(address).status_code == 404


def test_twenty_views_at_a_page_are_enough(cast, as_user):
    for number in range(20):
        made(cast.caseworker, name=f"View {number}")
    assert keep(as_user(cast.caseworker), "state=all").status_code == 409


def test_a_service_number_is_never_kept_and_other_text_about_a_person_stays_out(cast, as_user):
    client = as_user(cast.caseworker)
    assert keep(client, f"q={BSN}&state=all").status_code == 409
    assert not SavedView.objects.exists()
    keep(client, "q=mevrouw+Jansen&state=all")
    assert SavedView.objects.get().address == "state=all"
    assert keep(client, "state=all", name=f"Van {BSN}").status_code == 422


def test_search_words_are_for_oneself_only(cast, as_user):
    client = as_user(cast.caseworker)
    keep(client, "q=huur&state=all")
    view = SavedView.objects.get()
    assert (view.query, view.words) == ("state=all", "q=huur")
    assert opened(client, view)[0] == "/cases/?state=all&q=huur"
    assert change(client, view, audience="everybody").status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        made(cast.caseworker, name="Fout", words="q=huur", audience="everybody")


def test_a_view_is_shared_with_a_team_or_with_everybody_and_the_logbook_says_so(cast, as_user):
    client, view = as_user(cast.caseworker), made(cast.caseworker)
    change(client, view, audience=str(cast.income.pk))
    assert opened(as_user(cast.colleague), view)[0] == "/cases/?state=on_hold"
    assert opened(as_user(cast.stranger), view)[0] == 404
    change(client, view, audience="everybody")
    assert opened(as_user(cast.stranger), view)[0] == "/cases/?state=on_hold"
    change(client, view)
    assert opened(as_user(cast.stranger), view)[0] == 404
    assert list(Event.objects.order_by("at", "id").values_list("verb", "after")) == [
        ("view.shared", "Inkomen"), ("view.shared", "everybody"), ("view.unshared", ""),
    ]  # fmt: skip


def test_nobody_shares_with_a_team_they_are_not_in(cast, as_user):
    assert change(as_user(cast.caseworker), made(cast.caseworker), audience=str(cast.youth.pk)).status_code == 422


def test_a_view_gives_no_rights_and_says_what_it_left_out(cast, as_user):
    CaseFactory(team=cast.income, handler=cast.caseworker, subject="Koelkast stuk")
    view = made(cast.caseworker, query=f"handler={cast.colleague.pk}&state=all", audience="everybody")
    where, page = opened(as_user(cast.stranger), view)
    assert where == "/cases/?state=all"
    assert "Koelkast stuk" not in page
    assert "Weggelaten uit ‘Stil’" in page
    assert "Behandelaar" in page
    assert "Weggelaten" not in opened(as_user(cast.colleague), view)[1]


def test_who_may_not_open_the_page_opens_no_view_of_it(cast, as_user):
    view = made(cast.privacy, page="accountability:log", query="what=people", audience="everybody")
    assert opened(as_user(cast.controller), view)[0] == "/accountability/log/?what=people"
    assert opened(as_user(cast.caseworker), view)[0] == 404
    assert keep(as_user(cast.caseworker), "what=people", page="accountability:log").status_code == 404
    assert keep(as_user(cast.caseworker), "what=people", page="nonsense").status_code == 404


def test_leaving_the_team_ends_it_for_both_and_leaving_the_house_for_everybody(cast, as_user):
    view = made(cast.caseworker, audience="team", team=cast.income)
    everybody = made(cast.caseworker, name="Alle", audience="everybody")
    Membership.objects.filter(user=cast.colleague).get().delete()
    assert opened(as_user(cast.colleague), view)[0] == 404
    assert opened(as_user(cast.manager), view)[0] == "/cases/?state=on_hold"
    place = Membership.objects.get(user=cast.caseworker)
    place.until = timezone.localdate()
    place.save()
    assert opened(as_user(cast.manager), view)[0] == 404
    leaving.deactivate(by=cast.admin, person=cast.caseworker)
    assert opened(as_user(cast.manager), everybody)[0] == 404
    assert not SavedView.objects.exists()


def test_a_removed_view_is_gone_for_all_and_can_be_put_back_for_a_day(cast, as_user):
    client, view = as_user(cast.caseworker), made(cast.caseworker, audience="team", team=cast.income)
    client.post(reverse("organisation:view-remove", args=[view.pk]))
    assert opened(as_user(cast.colleague), view)[0] == 404
    back = reverse("organisation:view-put-back", args=[view.pk])
    assert back in client.get(reverse("organisation:view-list")).content.decode()
    assert as_user(cast.colleague).post(back).status_code == 404
    client.post(back)
    assert opened(as_user(cast.colleague), view)[0] == "/cases/?state=on_hold"
    client.post(reverse("organisation:view-remove", args=[view.pk]))
    SavedView.objects.update(removed_at=timezone.now() - timedelta(days=2))
    assert client.post(back).status_code == 409
    keep(client, "state=all", name="Nieuw")
    assert SavedView.objects.get().name == "Nieuw"


def test_a_view_is_not_put_back_over_another_of_its_name(cast, as_user):
    client, view = as_user(cast.caseworker), made(cast.caseworker)
    client.post(reverse("organisation:view-remove", args=[view.pk]))
    keep(client, "state=all")
    assert client.post(reverse("organisation:view-put-back", args=[view.pk])).status_code == 409


def test_what_was_shared_with_a_team_one_left_comes_back_for_oneself(cast, as_user):
    view = made(cast.caseworker, audience="team", team=TeamFactory(), removed_at=timezone.now())
    as_user(cast.caseworker).post(reverse("organisation:view-put-back", args=[view.pk]))
    view.refresh_from_db()
    assert (view.audience, view.team, view.removed_at) == ("owner", None, None)


def test_a_page_opens_with_the_view_one_chose_and_with_one_only(cast, as_user):
    client, first, second = as_user(cast.caseworker), made(cast.caseworker), made(cast.caseworker, name="Mijn")
    for view in (first, second):
        change(client, view, is_opening="on")
        answer = client.get(reverse(CASES))
        assert (answer.status_code, answer.headers["Location"]) == (302, view.get_absolute_url())
    assert SavedView.objects.filter(is_opening=True).count() == 1
    assert client.get(reverse(CASES), {"plain": 1}).status_code == 200
    assert client.get(reverse(CASES), {"state": "all"}).status_code == 200
    assert as_user(cast.colleague).get(reverse(CASES)).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        made(cast.caseworker, name="Derde", is_opening=True)


def test_a_view_of_nothing_that_is_left_does_not_send_its_page_round_and_round(cast, as_user):
    made(cast.caseworker, query=f"handler={cast.stranger.pk}", is_opening=True)
    answer = as_user(cast.caseworker).get(reverse(CASES), follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, "/cases/?plain=1")


def test_the_views_of_a_page_cost_one_query_however_many(cast, as_user):
    client = as_user(cast.caseworker)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(CASES), {"state": "all"})
        return len(queries)

    client.get(reverse(CASES))
    before = asked()
    for number in range(9):
        made(cast.colleague, name=f"View {number}", audience="team", team=cast.income)
    assert asked() == before


def test_a_figure_of_months_of_ones_own_is_left_out_where_only_quarters_are_told(cast, as_user):
    view = made(
        cast.manager, page="learning:dashboard", audience="everybody",
        query="first=2026-01&last=2026-02&part=causes&period=chosen",
    )  # fmt: skip
    assert opened(as_user(cast.manager), view)[0].endswith("period=chosen")
    assert opened(as_user(cast.policy), view)[0] == "/learning/?part=causes"
