"""The page with the runs: how far they are, and the button that asks for one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import RollupRun
from learning.services import rolling_up
from organisation.models import Errand

from . import builders

pytestmark = pytest.mark.django_db
URL = "learning:rollup-list"


def page(client, **headers) -> str:
    return client.get(reverse(URL), headers=headers).content.decode()


def test_a_policy_officer_asks_for_a_run_and_sees_it_wait(cast, as_user):
    client = as_user(cast.policy)
    assert client.post(reverse(URL)).status_code == 302
    assert RollupRun.objects.get().requested_by == cast.policy
    assert Errand.objects.filter(task=rolling_up.TASK, subject=RollupRun.objects.get().pk).exists()
    assert "<progress" in page(client)


def test_pressing_twice_asks_for_one_run(cast, as_user):
    client = as_user(cast.admin)
    client.post(reverse(URL))
    client.post(reverse(URL))
    assert RollupRun.objects.count() == 1


def test_a_reporter_sees_why_the_button_is_closed_and_is_refused_in_place(cast, as_user):
    client = as_user(cast.reporter)
    assert "aria-disabled" in page(client)
    response = client.post(reverse(URL))
    assert response.status_code == 409
    assert not RollupRun.objects.exists()


def test_while_a_run_goes_on_the_part_asks_for_itself_again(cast, as_user):
    run = RollupRun.objects.create(
        state="running", steps_done=9, steps_total=36, leased_until=timezone.now() + timedelta(minutes=1)
    )
    part = page(as_user(cast.policy), **{"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in part
    assert 'value="25"' in part
    assert "<html" not in part
    RollupRun.objects.filter(pk=run.pk).update(state="done", finished_at=timezone.now())
    assert "hx-trigger" not in page(as_user(cast.policy), **{"HX-Request": "true"})


def test_a_run_whose_worker_died_is_shown_as_such_and_does_not_close_the_button(cast, as_user):
    RollupRun.objects.create(state="running", leased_until=timezone.now() - timedelta(minutes=1))
    html = page(as_user(cast.policy))
    assert "Stopped half way" in html or "Halverwege gestopt" in html
    assert "<progress" not in html


def test_a_finished_run_says_what_it_did(cast, as_user):
    builders.add(builders.town(), 3)
    rolling_up.roll_up_all()
    html = page(as_user(cast.policy))
    assert "januari 2026" in html
    assert "0,0 s" in html or "0,1 s" in html or "s</td>" in html
