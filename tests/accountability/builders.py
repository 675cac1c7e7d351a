"""Building blocks, self-scans and trust pulses for tests."""

from datetime import timedelta

from django.utils import timezone

from accountability.models import BuildingBlock, Scan, ScanAnswer
from accountability.services import loading_reference, pulsing, scanning


def blocks() -> list[BuildingBlock]:
    """The seven of the file."""
    loading_reference.load()
    return list(BuildingBlock.objects.all())


def scan(cast, *, filled=0, **fields) -> Scan:
    """The self-scan of team Inkomen in this half-year, with this many blocks filled in."""
    half = scanning.this_half()
    known = BuildingBlock.objects.all() or blocks()
    given = {"team": cast.income, "year": half.year, "half": half.number, "started_by": cast.manager} | fields
    made = Scan.objects.create(**given)
    for block in list(known)[:filled]:
        ScanAnswer.objects.create(
            scan=made, block=block, score=3, evidence="We talked about it.", written_by=cast.caseworker
        )
    return made


def closed_scan(cast, **fields) -> Scan:
    """One that is over."""
    return scan(cast, filled=7, state="closed", closed_by=cast.manager, closed_at=timezone.now(), **fields)


def pulse(cast, **values):
    """An open pulse for the cast; `values` answers it: caseworker=(4, 5)."""
    made = pulsing.open_pulse(by=cast.policy, closes_on=timezone.localdate() + timedelta(days=7))
    for name, (one, two) in values.items():
        pulsing.answer(pulse=made, by=getattr(cast, name), values={1: one, 2: two})
    return made
