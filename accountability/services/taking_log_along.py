"""Taking lines of the logbook along as a spreadsheet, or with the field names of the Logboek Dataverwerkingen."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accountability.permissions import logbook as permissions
from accountability.services.belonging import cases_behind
from accountability.services.reading_log import roles_in_words, why, without_words
from accountability.workflow.logbook import Action
from organisation import sentences
from organisation.kernel.digests import moment
from organisation.models import AccessEvent, Event, User
from organisation.models.logbook import LogLine

TRACE_ID = re.compile("[0-9a-f]{32}")
MOST = 50_000  # lines in one spreadsheet, which is made as a whole; other files are sent line by line and have no end
WHOLE = ("ods", "xlsx")
AT_ONCE = 1_000
Row = list[Any]


@transaction.atomic
def note_export(*, by: User, asked: str, kind: str, lines: QuerySet[Any]) -> int:
    """Write in the logbook that somebody takes lines along, and which; returns how many."""
    permissions.require(by, Action.EXPORT)
    count = (lines[:MOST] if kind in WHOLE else lines).count()
    Event.record(actor=by, verb="logbook.exported", target=by, before=f"{asked} {kind}".strip(), after=str(count))
    return count


def deeds(lines: QuerySet[Event]) -> Iterator[Row]:
    """What was done, with a row of names first. What somebody typed as a remark stays where it is."""
    yield deed_heads()
    yield from map(deed, _each(lines))


def openings(lines: QuerySet[AccessEvent]) -> Iterator[Row]:
    """What was opened, with a row of names first."""
    yield opening_heads()
    yield from map(opening, _each(lines))


def in_one_sheet(rows: Iterable[Row]) -> Iterator[Row]:
    """The row of names and the newest lines; the first row says so when there are more."""
    left = iter(rows)
    fitting = list(islice(left, MOST + 1))
    if next(left, None):
        yield [_("Only the newest %(most)s lines fit in this file. The CSV file has all of them.") % _most()]
    yield from fitting


def what_fits() -> str:
    """What a file holds, for before somebody takes it along."""
    return _("CSV and the processing log have all lines; ODS and XLSX the newest %(most)s.") % _most()


def deed_heads() -> Row:
    """The names of the columns of what was done."""
    return [_("when"), _("who"), _("roles"), _("what"), _("code"), _("about"), _("id")]


def deed(line: Event) -> Row:
    """One line of what was done; its words are to be left out first."""
    told, roles = sentences.sentence(line), roles_in_words(line.actor_roles)
    return [line.at, line.actor_name, roles, told, line.verb, line.target_label, str(line.pk)]


def opening_heads() -> Row:
    """The names of the columns of what was opened."""
    return [_("when"), _("who"), _("roles"), _("how"), _("about"), _("why"), _("id")]


def opening(line: AccessEvent) -> Row:
    """One line of what was opened."""
    roles, reason = roles_in_words(line.actor_roles), why(line.basis, line.basis_note)
    return [line.at, line.actor_name, roles, line.get_way_display(), line.target_label, reason, str(line.pk)]


def processing(lines: QuerySet[Any]) -> Iterator[str]:
    """Lines about case data as records of the Logboek Dataverwerkingen standard (Logius), one JSON object each.

    Whom it is about is a pseudonym of the case: this application knows no citizen service number.
    """
    rows = _each(lines)
    while some := list(islice(rows, AT_ONCE)):
        yield from records(some)


def records(lines: Sequence[Any]) -> Iterator[str]:
    """The records of these lines, as far as they are about a case: one question for each kind of thing."""
    cases = cases_behind((line.target_type, line.target_id) for line in lines if line.target_id)
    for line in lines:
        if case := cases.get((line.target_type, line.target_id)):
            yield json.dumps(record(line, case), ensure_ascii=False) + "\n"


def record(line: LogLine, case: UUID) -> dict[str, Any]:
    """One line with the field names of the standard (version of 2025, chapter "Component: Logboek")."""
    name = line.verb if isinstance(line, Event) else f"case_data.{line.way}"  # type: ignore[attr-defined]
    at = moment(line.at)
    return {
        "trace_id": trace_id(line),
        "span_id": line.pk.hex[-16:],
        "parent_span_id": "",
        "status": "Ok",
        "name": name,
        "start_time": at,
        "end_time": at,
        "resource": {"attributes": {"name": "handelingsruimte", "version": settings.VERSION}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{settings.PROCESSING_REGISTER}#{name.partition('.')[0]}",
            "dpl.core.data_subject_id": pseudonym(case),
            "dpl.core.data_subject_id_type": "urn:handelingsruimte:case",
        },
    }


def trace_id(line: LogLine) -> str:
    """Sixteen bytes in hexadecimal, the same for all lines of one request, whatever the proxy in front called that."""
    trace = line.trace.replace("-", "").lower() or line.pk.hex
    return trace if TRACE_ID.fullmatch(trace) else hashlib.sha256(trace.encode()).hexdigest()[:32]


def pseudonym(case: UUID) -> str:
    """Stands for a case outside: the same each time, and of no use to who has not the secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"data subject " + case.bytes, "sha256").hex()


def _each(lines: QuerySet[Any]) -> Iterator[Any]:
    return without_words(lines.iterator(chunk_size=AT_ONCE))


def _most() -> dict[str, str]:
    return {"most": number_format(MOST, force_grouping=True)}
