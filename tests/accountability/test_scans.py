"""The self-scan: filled in together, closed with evidence for every block, and read by those who learn from it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accountability.models import BuildingBlock, Scan, ScanAnswer
from accountability.services import scanning, showing_blocks
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft, Event, Notice

from . import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan(cast):
    return builders.scan(cast)


def write(scan, by, code="trust", **fields):
    given = {"score": 3, "evidence": "We talked about it.", "seen": 0} | fields
    return scanning.write(scan=scan, block=BuildingBlock.objects.get(code=code), by=by, **given)


def test_the_manager_begins_it_and_the_team_is_told(cast):
    made = scanning.start(team=cast.income, by=cast.manager)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {cast.caseworker.pk, cast.colleague.pk}
    with pytest.raises(Refused, match="Er is al"):
        scanning.start(team=cast.income, by=cast.manager)
    assert made.period == scanning.this_half()


@pytest.mark.parametrize("who", ["caseworker", "othermanager", "policy", "admin"])
def test_nobody_else_begins_it(cast, who):
    with pytest.raises(Refused):
        scanning.start(team=cast.income, by=getattr(cast, who))


def test_everybody_in_the_team_fills_in_and_nobody_else(cast, scan):
    write(scan, cast.caseworker)
    write(scan, cast.manager, "space")
    for who in (cast.stranger, cast.othermanager, cast.policy):
        with pytest.raises(Refused):
            write(scan, who, "craft")
    assert Event.objects.filter(verb="scan.write").count() == 2


def test_who_was_overtaken_is_told_and_overwrites_nothing(cast, scan):
    write(scan, cast.caseworker, evidence="The first.")
    with pytest.raises(ChangedMeanwhile) as told:
        write(scan, cast.colleague, evidence="The second.")
    assert told.value.now.evidence == "The first."
    write(scan, cast.colleague, evidence="The second.", seen=1)
    assert ScanAnswer.objects.get().evidence == "The second."
    assert ScanAnswer.history.count() == 2


def test_it_closes_when_every_block_has_its_evidence(cast, scan):
    with pytest.raises(Refused, match="Vul eerst"):
        scanning.close(scan=scan, by=cast.manager)
    for code in BuildingBlock.objects.values_list("code", flat=True):
        write(scan, cast.caseworker, code)
    with pytest.raises(Refused):
        scanning.close(scan=scan, by=cast.caseworker)
    scanning.close(scan=scan, by=cast.manager)
    with pytest.raises(Refused):
        write(scan, cast.caseworker, seen=1)


def test_others_read_it_when_it_is_closed(cast, scan):
    def sees(person):
        return Scan.objects.visible_to(person).exists()

    assert sees(cast.caseworker)
    assert sees(cast.manager)
    assert not sees(cast.policy)
    assert not sees(cast.stranger)
    Scan.objects.all().delete()
    builders.closed_scan(cast)
    assert [sees(getattr(cast, who)) for who in ("policy", "reporter", "controller")] == [True] * 3
    assert not sees(cast.othermanager)
    assert not sees(cast.privacy)


def test_a_score_outside_the_scale_and_no_evidence_cannot_be(cast, scan):
    for wrong in ({"score": 6}, {"score": 0}, {"evidence": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(scan, cast.caseworker, **wrong)


def test_the_form_goes_on_with_the_next_block_and_keeps_what_is_typed(cast, scan, as_user):
    client = as_user(cast.caseworker)
    url = reverse("accountability:scan-answer", args=[scan.pk, "meaning"])
    page = client.get(url).content.decode()
    assert "data-autosave" in page
    answered = client.post(url, {"score": "4", "evidence": "We asked three people.", "seen": "0"})
    assert answered.headers["Location"] == reverse("accountability:scan-answer", args=[scan.pk, "signalling"])
    assert not Draft.objects.exists()


def test_a_number_of_a_resident_is_refused_at_the_evidence(cast, scan, as_user):
    url = reverse("accountability:scan-answer", args=[scan.pk, "meaning"])
    answered = as_user(cast.caseworker).post(url, {"score": "4", "evidence": "BSN 111222333.", "seen": "0"})
    assert answered.status_code == 422
    assert not ScanAnswer.objects.exists()


def test_two_at_once_see_both_texts(cast, scan, as_user):
    write(scan, cast.colleague, "meaning", evidence="The first.")
    url = reverse("accountability:scan-answer", args=[scan.pk, "meaning"])
    answered = as_user(cast.caseworker).post(url, {"score": "4", "evidence": "The second.", "seen": "0"})
    assert answered.status_code == 409
    page = answered.content.decode()
    assert "The first." in page
    assert "The second." in page


def test_the_trend_is_of_one_team_and_has_a_gap_where_nothing_was_said(cast):
    first = builders.closed_scan(cast, year=2025, half=1)
    builders.closed_scan(cast, year=2025, half=2)
    ScanAnswer.objects.filter(scan=first, block__code="trust").delete()
    lines = showing_blocks.trend(cast.income, Scan.objects.closed())
    assert [line.block.code for line in lines][:2] == ["meaning", "signalling"]
    assert [dot.score for dot in next(line for line in lines if line.block.code == "trust").dots] == [None, 3]


def test_no_page_lays_scores_of_teams_beside_each_other(cast, as_user):
    builders.closed_scan(cast)
    builders.closed_scan(cast, team=cast.youth)
    page = as_user(cast.policy).get(reverse("accountability:block-list")).content.decode()
    assert "Inkomen" in page
    assert "3 van de 5" not in page
