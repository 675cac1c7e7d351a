"""The trial run in the browser: asked for, watched, read, and for managers of the team only."""

import pytest
from django.urls import reverse

from deviations.models import Simulation
from deviations.services import deciding, granting
from deviations.workflow import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast, as_user):
    return as_user(cast.manager)


@pytest.fixture
def proposed(cast, routine):
    """A draft, for whoever will hold it."""
    fields = {
        "name": "Wider", "purpose": "More.", "rules_slider": 3, "means_slider": 2, "deciding_slider": 4,
        "purpose_slider": 4, "cents_per_deviation": 50_000, "cents_per_month": 30_000, "routines": [routine],
        "valid_until": "2099-12-31",
    }  # fmt: skip
    return granting.draft_space(team=cast.income, by=cast.manager, fields=fields)


def address(space) -> str:
    return reverse("deviations:simulate", args=[space.pk])


def test_from_asking_to_reading(manager, proposed, request_, cast, run_errands):
    for cents in (10_000, 20_000, 20_000):
        request_(amount_cents=cents)
    asked = manager.post(address(proposed), {"months": "6", "against": ""})
    assert (asked.status_code, asked.url) == (303, address(proposed) + "?months=6")
    waiting = manager.get(asked.url).content.decode()
    assert "Wacht op zijn beurt" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    run_errands()
    page = manager.get(asked.url)
    assert "2 van de 3 verzoeken waren niet nodig geweest" in page.content.decode()
    assert "Het geld van die maand was op" in page.content.decode()
    assert 'hx-trigger="every 2s"' not in page.content.decode()
    bar = page.context["shown"].bars[-1]
    assert (bar.requests, bar.covered, bar.y, bar.covered_y) == (3, 2, 0, 33)
    assert "3 verzoeken, 2 niet nodig" in page.content.decode()


def test_beside_the_space_of_now_which_is_proposed_by_itself(manager, proposed, space, request_, run_errands):
    present = space(cents_per_deviation=0)
    request_(amount_cents=10_000)
    form = manager.get(address(proposed)).context["form"]
    assert (form["months"].value(), form["against"].value()) == (12, present.pk)
    asked = manager.post(address(proposed), {"months": "12", "against": str(present.pk)})
    run_errands()
    shown = manager.get(asked.url).context["shown"]
    assert [side.said["covered"] for side in shown.sides] == [1, 0]
    assert [side.still for side in shown.sides] == [0, 1]


def test_a_renewal_is_proposed_beside_the_space_it_renews(manager, proposed, space):
    space()
    present = space()
    proposed.renews = present
    proposed.save()
    assert manager.get(address(proposed)).context["form"]["against"].value() == present.pk


def test_what_slipped_through_is_shown_by_number(manager, cast, proposed, request_, run_errands):
    refused = request_()
    deciding.decide(deviation=refused, action=Action.REFUSE, by=cast.manager, reasons="No.")
    asked = manager.post(address(proposed), {"months": "3"})
    run_errands()
    page = manager.get(asked.url).content.decode()
    assert refused.number in page
    assert "1 zou erdoor zijn geglipt" in page


def test_the_part_that_is_asked_while_it_runs_is_that_of_the_page(manager, proposed):
    url = manager.post(address(proposed), {"months": "3"}).url
    part = manager.get(url, headers={"HX-Request": "true", "HX-Target": "state"}).content.decode()
    assert "<html" not in part
    assert part.strip() in manager.get(url).content.decode()


def test_an_older_result_stays_in_sight_while_a_new_one_runs(manager, proposed, request_, run_errands):
    request_()
    url = manager.post(address(proposed), {"months": "3"}).url
    run_errands()
    manager.post(address(proposed), {"months": "3"})
    page = manager.get(url)
    assert page.context["going_on"]
    assert page.context["shown"]


def test_a_space_that_was_changed_since_says_so(manager, proposed, request_, run_errands, cast):
    request_()
    url = manager.post(address(proposed), {"months": "3"}).url
    run_errands()
    granting.save_space(space=proposed, by=cast.manager, fields={"name": "x"}, people=[], whole_team=False)
    assert "Deze ruimte is sindsdien veranderd" in manager.get(url).content.decode()


def test_one_that_failed_says_so_and_can_be_asked_again(manager, proposed):
    url = manager.post(address(proposed), {"months": "3"}).url
    Simulation.objects.update(state="failed")
    assert "Het proefdraaien is niet afgemaakt" in manager.get(url).content.decode()
    manager.post(address(proposed), {"months": "3"})
    assert Simulation.objects.filter(state="queued").count() == 1


def test_without_anything_to_try_the_page_says_so(manager, proposed, run_errands):
    url = manager.post(address(proposed), {"months": "3"}).url
    run_errands()
    assert "Niets om na te spelen" in manager.get(url).content.decode()


@pytest.mark.parametrize("wrong", [{"months": "5"}, {}, {"months": "3", "against": "x"}])
def test_what_cannot_be_asked_is_said_at_the_field(manager, proposed, wrong):
    assert manager.post(address(proposed), wrong).status_code == 422
    assert not Simulation.objects.exists()
    assert manager.get(address(proposed), {"months": "x", "against": "x"}).status_code == 200


def test_a_holder_and_another_manager_are_not_told_that_it_exists(as_user, cast, space):
    room = space()
    for person in (cast.caseworker, cast.othermanager, cast.policy):
        assert as_user(person).get(address(room)).status_code == 404
        assert as_user(person).post(address(room), {"months": "3"}).status_code == 404
    assert "Proefdraaien" not in as_user(cast.caseworker).get(room.get_absolute_url()).content.decode()
    assert "Proefdraaien" in as_user(cast.manager).get(room.get_absolute_url()).content.decode()
