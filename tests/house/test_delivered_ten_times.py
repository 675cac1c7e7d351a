"""A broker delivers now and then twice: every piece of background work of the house does what it does once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.apps import apps
from django.core import mail
from django.utils import timezone

from organisation.models import Errand, Event, Notice

from .code import APPS
from .due import WORK

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NO_ERRAND = {"organisation.tasks.tick"}  # what the clock does itself
# Done twice when the worker dies between doing it and saying so: a second mail with a link, a second count of the same.
MAY_BE_TOLD_AGAIN = {"organisation.tasks.mail_password_link", "learning.tasks.roll_up_all"}


def written(row: tuple) -> str:
    """PostgreSQL gives bytes as a look into memory, which says only where they are."""
    return str([bytes(value) if isinstance(value, memoryview) else value for value in row])


def everything() -> dict[str, list[str]]:
    """All rows of the house, and the mail."""
    tables = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    rows = {model._meta.label: sorted(map(written, model._base_manager.values_list())) for model in tables}
    return rows | {"mail": [message.body for message in mail.outbox]}


def without_errands(seen: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: rows for name, rows in seen.items() if name != Errand._meta.label}


def told() -> tuple[list[str], int, int]:
    """What people hear of it."""
    return sorted(Event.objects.values_list("verb", flat=True)), Notice.objects.count(), len(mail.outbox)


def deliver(errand: Errand) -> None:
    current_app.tasks[errand.task](str(errand.pk))


def test_the_table_knows_all_work():
    current_app.loader.import_default_modules()
    assert {name for name in current_app.tasks if name.split(".")[0] in APPS} - NO_ERRAND == set(WORK)


@pytest.mark.parametrize("task", sorted(WORK), ids=lambda task: task.replace(".tasks.", " "))
def test_ten_deliveries_have_one_effect(cast, task):
    current_app.loader.import_default_modules()
    with time_machine.travel(NOW, tick=False):
        subject = WORK[task].make(cast)
    with time_machine.travel(NOW + WORK[task].after, tick=False) as clock:
        errand, before = Errand.objects.create(task=task, subject=subject), everything()
        deliver(errand)
        once, said = everything(), told()
        assert without_errands(once) != without_errands(before), "there was nothing to do"
        for _delivery in range(9):
            deliver(errand)
        assert everything() == once
        # The worker was killed when all was done and nobody knew: the next one does it again.
        clock.shift(timedelta(minutes=3))
        Errand.objects.filter(pk=errand.pk).update(done_at=None, attempts=1, leased_until=timezone.now())
        clock.shift(timedelta(seconds=1))
        deliver(errand)
        assert Errand.objects.get(pk=errand.pk).done_at
        assert (told() == said) == (task not in MAY_BE_TOLD_AGAIN)
