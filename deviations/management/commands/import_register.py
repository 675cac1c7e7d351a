"""Brings in a spreadsheet register: `manage.py import_register FILE.csv [--dry-run] [--create-missing]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from deviations.models import RegisterImport
from deviations.services import checking_register, importing_register
from organisation.kernel.access import Refused
from organisation.models import User


class Command(BaseCommand):
    """Checks the whole file first; with a single fault nothing is brought in."""

    help = "Brings in a register of deviations (CSV, UTF-8, `;` or `,`). Columns: see docs/how-to/import-a-register.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how far to go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, bring in nothing")
        parser.add_argument("--create-missing", action="store_true", help="make unknown teams, routines and domains")
        parser.add_argument("--by", default="", help="e-mail address of the person who asks for it")

    def handle(self, *args: Any, file: Path, dry_run: bool, create_missing: bool, by: str, **options: Any) -> None:
        """Check, report, and bring in unless asked not to."""
        register = self._receive(file, create_missing, by)
        checking_register.check(register=register)
        self._report(register)
        if register.faults_total or dry_run:
            register.file.delete(save=False)
            register.delete()
            if register.faults_total:
                raise CommandError("Nothing was brought in.")
            return
        try:
            importing_register.start(register=register, by=register.requested_by, background=False)
        except Refused as refusal:
            register.file.delete(save=False)
            register.delete()
            raise CommandError(str(refusal)) from None
        importing_register.bring_in(register_id=register.pk)
        register.refresh_from_db()
        self.stdout.write(f"{register.rows_done} rows, {register.deviations_done} deviations brought in.")

    def _receive(self, file: Path, create_missing: bool, by: str) -> RegisterImport:
        person = None
        if by and (person := User.objects.filter(email=by.lower(), is_active=True).first()) is None:
            raise CommandError(f"There is no active person with the address {by}.")
        try:
            with file.open("rb") as handle:
                return importing_register.receive(
                    file=File(handle), name=file.name, create_missing=create_missing, by=person, background=False
                )
        except OSError as why:
            raise CommandError(f"{file}: {why.strerror}") from None

    def _report(self, register: RegisterImport) -> None:
        self.stdout.write(f"{register.rows_total} rows checked, {register.faults_total} errors.")
        kept = register.faults_by_line
        for line, column, message in kept:
            self.stdout.write(f"line {line}: {column}: {message}" if column else f"line {line}: {message}")
        if register.faults_total > len(kept):
            self.stdout.write(f"... and {register.faults_total - len(kept)} more.")
        for column, values in register.missing.items():
            verb = "will be made" if register.create_missing else "unknown"
            self.stdout.write(f"{column} {verb}: {', '.join(values[:50])}")
