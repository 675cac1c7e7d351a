"""Evidence of one case with a hundred thousand lines: within a minute, beside writing the same lines as plain CSV.

Also how long checking that file takes, and verifying the whole logbook around it.
"""

import sys
import tempfile
from datetime import timedelta

from tests.scale import scratch

LINES = 100_000  # about the case; among as many about others
GOAL, RATIO = 60, 8
AT_ONCE = 5_000


def main() -> int:
    """Print the seconds and the ratio; 1 when a goal was missed."""
    print(f"\n{scratch.start()}, {LINES:,} lines about one case among {2 * LINES:,}")
    evidence = _fill()
    plain = scratch.seconds(lambda: _plain(evidence))
    from accountability.services import gathering_evidence

    grown: list[float] = []
    with scratch.memory_growth(grown):
        took = scratch.seconds(lambda: gathering_evidence.run(evidence_id=evidence.pk))
    evidence.refresh_from_db()
    print(f"  {evidence.lines:,} lines, {evidence.size / 2**20:.0f} MB; as plain CSV {plain:.1f} s")
    print(f"  checking that file: {scratch.seconds(lambda: _check(evidence)):.1f} s")
    met = scratch.report("making the evidence", took, GOAL, " s")
    met &= scratch.report("beside plain CSV of the same lines", took / plain, RATIO)
    met &= scratch.report("memory that it adds", grown[0], 120, " MB")
    from accountability.services.verifying import verify

    verdict = verify()
    each = 1e6 * verdict.seconds / verdict.lines
    print(f"  verifying all {verdict.lines:,} lines: {verdict.seconds:.1f} s, {each:.0f} s for a million")
    return 0 if met and evidence.faults == 0 and verdict.is_sound else 1


def _fill():  # noqa: ANN202
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from accountability.models import Evidence
    from organisation.models import AccessEvent, Event, User
    from organisation.services import sealing
    from tests.factories import CaseFactory, UserFactory

    privacy: User = UserFactory(name="Privacy")
    privacy.groups.add(Group.objects.get(name="privacy_officer"))
    case, other = CaseFactory(), CaseFactory()
    people = [UserFactory() for _number in range(50)]
    start = timezone.now() - timedelta(days=300)

    def line(kind, number, about, **more):  # noqa: ANN001, ANN003, ANN202
        who = people[number % len(people)]
        told = {"target_type": "cases.case", "target_id": about.pk, "target_label": str(about)}
        return kind(
            at=start + timedelta(minutes=2 * number), actor_id=who.pk, actor_name=who.name, actor_roles="caseworker",
            trace=f"{number:032x}", **told, **more,
        )  # fmt: skip

    for begin in range(0, LINES, AT_ONCE):
        span = range(begin, begin + AT_ONCE)
        for about in (case, other):
            events = (line(Event, n, about, verb="case.held", remark="Words that stay.") for n in span if n % 2)
            Event.objects.bulk_create(events)
            opened = (line(AccessEvent, n, about, way="page", basis="team") for n in span if not n % 2)
            AccessEvent.objects.bulk_create(opened)
    while sealing.seal(brought_in=True):
        pass
    return Evidence.objects.create(case=case, reason="Measured", requested_by=privacy)


def _plain(evidence) -> None:  # noqa: ANN001
    from accountability.services import taking_log_along
    from accountability.services.packing_evidence import BOOKS, lines_of
    from accountability.services.reading_log import without_words
    from organisation.kernel.spreadsheet import csv_rows

    with tempfile.TemporaryFile() as file:
        for book, _name, _heads, row in BOOKS:
            lines = without_words(lines_of(evidence)[book].iterator(chunk_size=taking_log_along.AT_ONCE))
            file.writelines(text.encode() for text in csv_rows(map(row, lines)))


def _check(evidence) -> None:  # noqa: ANN001
    from django.core.files.storage import default_storage

    from accountability.services.checking_evidence import check
    from organisation.services import sealing

    with default_storage.open(evidence.file.name) as file:
        assert check(file, sealing.trusted()).holds  # noqa: S101


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
