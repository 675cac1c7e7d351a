"""The process that destroys is killed with `kill -9` at any moment: every case is whole or gone, the next goes on."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from accountability.models import Certificate, DestructionList
from accountability.services import ledger, replaying
from cases.models import Attachment, Case, JournalEntry
from organisation.models import Errand
from tests.learning import kennel

from .destruction import approved, due_cases

FULL = os.environ.get("DRILL") == "full"
ROUNDS = 20 if FULL else 2
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
    pytest.mark.drill,
    pytest.mark.timeout(3600 if FULL else 180),
]
CASES = 25  # more than two transactions


@pytest.fixture
def workers(tmp_path):
    with kennel.opened(tmp_path) as opened:
        yield opened


def filled(cast) -> list[Case]:
    """Cases that are due, each with an entry, its history and a file."""
    cases = due_cases(cast, CASES)
    for number, case in enumerate(cases):
        JournalEntry.objects.create(case=case, text="Called back.", author=cast.caseworker)
        told = {"title": "Brief", "kind": "txt", "size": 9, "digest": f"{number:064}", "added_by": cast.caseworker}
        made = Attachment(case=case, **told)
        made.file.save("", ContentFile(b"een brief"), save=False)
        made.save()
    return cases


def files() -> set[str]:
    """The files that are there, by their names."""
    return {
        str(path.relative_to(settings.MEDIA_ROOT)) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()
    }


def assert_whole_or_gone(cases: list[Case]) -> None:
    for case in cases:
        parts = {
            Case.objects.filter(pk=case.pk).count(), JournalEntry.objects.filter(case=case.pk).count(),
            Attachment.objects.filter(case=case.pk).count(), min(Case.history.filter(id=case.pk).count(), 1),
            min(JournalEntry.history.filter(case=case.pk).count(), 1),
        }  # fmt: skip
        assert len(parts) == 1, parts
    assert set(Attachment.objects.values_list("file", flat=True)) <= files()
    assert replaying.is_up_to_date(), "the site would close while a list is being carried out"


def finish(workers) -> None:
    """Minutes go by, and the tick hands out what a killed worker held."""
    Errand.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(hours=1))
    while waiting := Errand.objects.due().first():
        assert workers.work(waiting.task, waiting.pk)


def begun(cast) -> tuple[DestructionList, Errand]:
    made = approved(cast)
    return made, Errand.objects.get(subject=made.pk, done_at__isnull=True)


def test_killed_at_any_moment_each_case_is_whole_or_gone_and_the_next_run_ends_it(workers, cast):
    filled(cast)
    _made, errand = begun(cast)
    took = workers.timed(errand.task, errand.pk)
    for _round in range(ROUNDS):
        cases = filled(cast)
        made, errand = begun(cast)
        for _kill in range(2):  # the third attempt is the last, so that one is spared
            workers.killed(errand.task, errand.pk, took)
            assert_whole_or_gone(cases)
            Errand.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(hours=1))
        finish(workers)
        assert not Case.objects.exists()
        assert files() == set()
        assert Certificate.objects.get(pk=made.pk).cases == CASES
        told = {line.entry["thing"] for line in ledger.read() if line.entry["what"] == ledger.DESTROYED}
        assert {str(case.pk) for case in cases} <= told
        assert replaying.behind().cases == set()
