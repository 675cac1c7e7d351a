"""An untouched logbook is sound at every moment, however many write at once and however late they commit."""

import threading
import time

import pytest
from django.db import connection, transaction

from accountability.services.verifying import verify
from organisation.models import AccessEvent, AccessWay, Checkpoint, Event, SealedLine
from organisation.services import sealing
from organisation.services.erasing_lines import erase_lines
from tests.factories import CaseFactory, TeamFactory, UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WRITERS, TIMES = 5, 6


def in_thread(act, faults):
    def run():
        try:
            act()
        except BaseException as fault:  # noqa: BLE001 (told by the test)
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_nothing_is_missed_and_nothing_is_reported(cast):
    case, faults, over = CaseFactory(team=cast.income, handler=cast.caseworker), [], threading.Event()
    verdicts = []

    def write(number):
        for time_ in range(TIMES):
            with transaction.atomic():
                Event.record(actor=cast.caseworker, verb="case.held", target=case, remark=f"{number}.{time_}")
                AccessEvent.record(actor=cast.colleague, targets=[case, case], way=AccessWay.SEARCH)
                time.sleep(0.03 * (number % 3))  # the lines are dated, and seen only later

    def seal_all_the_time():
        while not over.is_set():
            sealing.seal()
            verdicts.append(verify())

    sealers = [in_thread(seal_all_the_time, faults) for _sealer in range(2)]
    writers = [in_thread(lambda number=number: write(number), faults) for number in range(WRITERS)]
    [thread.join() for thread in writers]
    over.set()
    [thread.join() for thread in sealers]
    sealing.seal()
    assert not faults
    assert not [finding for verdict in verdicts for finding in verdict.findings]
    assert SealedLine.objects.count() == Event.objects.count() + AccessEvent.objects.count() >= WRITERS * TIMES * 3
    assert verify().is_sound
    assert sum(each.lines for each in Checkpoint.objects.all()) == SealedLine.objects.count()


def test_erasing_while_it_is_verified_is_no_fault():
    people, faults, over, verdicts = UserFactory(), [], threading.Event(), []
    teams = TeamFactory.create_batch(12)
    for team in teams:
        Event.record(actor=people, verb="team.changed", target=team)
    sealing.seal()

    def verify_all_the_time():
        while not over.is_set():
            verdicts.append(verify())

    looking = in_thread(verify_all_the_time, faults)
    for team in teams:
        erase_lines(about=[("organisation.team", team.pk)], because_of=people, by=None)
    over.set()
    looking.join()
    assert not faults
    assert not [finding for verdict in verdicts for finding in verdict.findings]
    assert verify().erased == len(teams)
