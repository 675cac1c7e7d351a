"""Checking a register before it is brought in: reads every row, writes nothing but the report."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Routine
from deviations.models import Cause, RegisterImport
from deviations.rules.register_rows import Fault, Names, Reader, Row, Tally, missing_columns
from organisation.kernel import personal_data
from organisation.kernel.spreadsheet import sniff_delimiter
from organisation.models import Errand, LifeDomain, Neighbourhood, PolicyDomain, Team

STEP = 2_000  # rows between two lines of progress
CREATABLE = frozenset({"team", "policy_domain", "routine"})


class UnreadableRegister(Exception):
    """The file is not a register at all; the text says why and is fit to show."""


def check(*, register: RegisterImport, errand: Errand | None = None) -> RegisterImport:
    """Read the whole file and report: the number of rows, what is wrong on which line, which names are unknown."""
    names = known_names(creatable=register.create_missing)
    faults, rows = Tally(), 0
    try:
        with open_register(register) as reader:
            for row, row_faults in rows_of(reader, names):
                rows += 1
                if row and personal_data.blocking(row.reasons):
                    row_faults = [_names_somebody(row)]
                for fault in row_faults:
                    faults.add(fault)
                if rows % STEP == 0:
                    _progress(register, rows, errand)
    except UnreadableRegister as why:
        faults = Tally()
        faults.add(Fault(1, "", str(why)))
    register.rows_checked = register.rows_total = rows
    register.faults = [list(group) for group in faults.report()]
    register.faults_total = faults.total
    register.missing = {column: sorted(values.values()) for column, values in names.met.items()}
    register.state = RegisterImport.State.REJECTED if faults.total else RegisterImport.State.CHECKED
    register.save()
    return register


def _names_somebody(row: Row) -> Fault:
    return Fault(row.line, "reasons", _("There is a citizen service number (BSN) in this text."))


def _progress(register: RegisterImport, rows: int, errand: Errand | None) -> None:
    register.rows_checked = rows
    register.save(update_fields=["rows_checked"])
    if errand:
        errand.renew()


def rows_of(reader: "csv.DictReader[str]", names: Names) -> Iterator[tuple[Row | None, list[Fault]]]:
    """Each line of the file as a row, or as what is wrong with its cells. Memory does not grow with the file."""
    rows = Reader(names=names, today=timezone.localdate())
    try:
        for cells in reader:
            yield rows.read(reader.line_num, cells)
    except (csv.Error, UnicodeDecodeError) as why:
        raise UnreadableRegister(_not_text()) from why


@contextmanager
def open_register(register: RegisterImport) -> Iterator["csv.DictReader[str]"]:
    """The file of an import, as rows by the names of its columns. Raises `UnreadableRegister`."""
    # Opened by name: the field itself would share one handle between two readers.
    with register.file.storage.open(str(register.file.name), "rb") as file, _as_text(file) as text:
        yield _dict_reader(text)


def _as_text(file: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")


def _dict_reader(text: io.TextIOWrapper) -> "csv.DictReader[str]":
    try:
        sample = "".join(islice(text, 20))
    except UnicodeDecodeError as why:
        raise UnreadableRegister(_not_text()) from why
    text.seek(0)
    reader = csv.DictReader(text, delimiter=sniff_delimiter(sample), restval="")
    if lacking := missing_columns([name.strip() for name in reader.fieldnames or []]):
        words = {"columns": ", ".join(lacking)}
        raise UnreadableRegister(_("The first line must name the columns. These are missing: %(columns)s.") % words)
    reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
    return reader


def _not_text() -> str:
    return _("This is not a CSV file in UTF-8. Save the sheet as “CSV UTF-8” and try again.")


def known_names(*, creatable: bool) -> Names:
    """The names and codes that a register may use."""

    def values(*lists: Any) -> frozenset[str]:
        return frozenset(str(value).casefold() for values in lists for value in values)

    def codes(model: Any) -> Any:
        return model.objects.values_list("code", flat=True)

    return Names(
        known={
            "team": values(Team.objects.values_list("name", flat=True)),
            "policy_domain": values(codes(PolicyDomain), PolicyDomain.objects.values_list("label_nl", flat=True)),
            "routine": values(codes(Routine)),
            "neighbourhood": values(codes(Neighbourhood), Neighbourhood.objects.values_list("label_nl", flat=True)),
            "life_domains": values(codes(LifeDomain)),
            "causes": values(codes(Cause)),
        },
        creatable=CREATABLE if creatable else frozenset(),
    )


def check_by_id(register_id: UUID, errand: Errand | None = None) -> None:
    """Check an import that still waits for it; one that was checked already is left alone."""
    register = RegisterImport.objects.filter(pk=register_id, state=RegisterImport.State.CHECKING).first()
    if register:
        check(register=register, errand=errand)
