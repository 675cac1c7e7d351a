"""The demo municipality: loaded once, lived through, and telling its story to every role."""

from collections import Counter as Tally
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, RoutineVersion
from deviations.models import Decision, Deviation, DiscretionarySpace, RegisterImport
from deviations.workflow import SpaceState, State
from learning.models import RollupRun
from learning.services import recounting
from organisation.models import Errand, Event, Notice, User

from .conftest import load_demo

pytestmark = pytest.mark.django_db

ROLES = {
    "caseworker": {"caseworker"},
    "colleague": {"caseworker"},
    "stranger": {"caseworker"},
    "manager": {"manager"},
    "othermanager": {"manager"},
    "policy": {"policy_officer"},
    "reporter": {"reporter"},
    "privacy": {"privacy_officer"},
    "controller": {"controller"},
    "admin": {"administrator"},
}
PAGES = [
    ("caseworker", "cases:list"),
    ("caseworker", "deviations:list"),
    ("caseworker", "deviations:space-list"),
    ("caseworker", "deviations:block-needs-me"),
    ("caseworker", "deviations:block-my-room"),
    ("caseworker", "cases:routine-list"),
    ("caseworker", "organisation:notices"),
    ("stranger", "cases:list"),
    ("manager", "deviations:queue"),
    ("manager", "deviations:block-queue"),
    ("manager", "deviations:block-room-given"),
    ("manager", "deviations:list"),
    ("othermanager", "deviations:queue"),
    ("policy", "learning:dashboard"),
    ("policy", "learning:rollup-list"),
    ("policy", "deviations:import-list"),
    ("reporter", "learning:dashboard"),
    ("admin", "organisation:people"),
    ("admin", "organisation:team-list"),
]


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.test")


def own() -> list[Deviation]:
    """Deviations that were recorded here, not brought in."""
    return list(Deviation.objects.filter(register=None).select_related("case"))


def everything() -> dict[str, int]:
    """How many rows every table holds, sessions apart."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize(("name", "roles"), ROLES.items())
def test_a_named_account_signs_in_with_its_role(municipality, client, name, roles):
    answer = client.post(reverse("account_login"), {"login": f"{name}@demo.test", "password": "demo"})
    assert answer.status_code == 302
    assert person(name).roles == roles


def test_every_state_is_there(municipality):
    assert {deviation.state for deviation in own()} == set(State)
    assert {"active", "withdrawn", "expired"} <= set(DiscretionarySpace.objects.values_list("state", flat=True))
    assert set(Case.objects.values_list("state", flat=True)) == {"open", "on_hold", "closed"}
    assert {deviation.weight for deviation in own()} == {"A", "B", "C", "D"}


def test_what_a_space_covers_is_agreed_by_it(municipality):
    by_space = [deviation for deviation in own() if deviation.answer == "by_space"]
    assert len(by_space) == 25
    used = DiscretionarySpace.objects.get(name="Passende inrichting")
    assert used.state == SpaceState.ACTIVE
    assert sum(deviation.amount_cents for deviation in by_space if deviation.space_id == used.pk) > 100_000


def test_one_use_is_open_to_objection_and_one_agreement_goes_against_the_law(municipality):
    now = timezone.now()
    assert Decision.objects.filter(answer="by_space", objection_until__gt=now).count() == 1
    against = [deviation for deviation in own() if deviation.lawfulness == "beyond_law"]
    assert [(deviation.weight, deviation.answer) for deviation in against] == [("D", "agreed")]


def test_the_queue_has_different_deadlines_and_one_that_has_passed(municipality):
    waiting = Deviation.objects.awaiting_answer_of(person("manager"))
    due = sorted(waiting.values_list("due_at", flat=True))
    assert len(set(due)) >= 3
    assert sum(moment < timezone.now() for moment in due) == 1


def test_what_happened_is_written_at_its_own_moment(municipality):
    case = Case.objects.order_by("opened_at").first()
    lines = list(Event.objects.about(case).order_by("at"))
    assert (timezone.now() - case.opened_at).days > 500
    assert abs((lines[0].at - case.opened_at).total_seconds()) < 1
    assert lines[0].actor_name == case.handler.name
    assert lines[-1].at <= case.closed_at + timedelta(seconds=1)
    assert case.history.last().history_date.date() == case.opened_at.date()
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def test_the_ordinance_that_changed_is_version_two(municipality):
    new = RoutineVersion.objects.get(routine__code="MIN-01", number=2)
    old = RoutineVersion.objects.get(routine__code="MIN-01", number=1)
    assert old.valid_until == new.valid_from < timezone.localdate()
    assert new.reason


def test_nobody_drowns_in_notices_and_nothing_is_mailed(municipality):
    unread = Tally(Notice.objects.unread().values_list("recipient__email", flat=True))
    assert unread["manager@demo.test"] >= 1
    assert max(unread.values()) < 10
    assert not Errand.objects.filter(task="organisation.tasks.mail_notice").exists()


def test_the_history_comes_in_as_a_register_and_is_in_the_figures(municipality):
    register = RegisterImport.objects.get()
    assert register.deviations_done == Deviation.objects.filter(register=register).count() > 200
    assert RollupRun.objects.filter(state=RollupRun.State.DONE).exists()
    assert not recounting.verify().differences


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_no_page_is_empty(municipality, as_user, name, page):
    answer = as_user(person(name)).get(reverse(page))
    assert answer.status_code == 200
    assert "hr-empty" not in answer.content.decode()


def test_loading_again_changes_nothing(municipality):
    before = everything()
    assert "already" in load_demo()
    call_command("load_reference", verbosity=0)
    assert everything() == before
