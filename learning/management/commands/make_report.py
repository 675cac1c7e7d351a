"""Makes the learning report of a quarter: its figures are frozen, its story waits to be written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.services import refreshing, reporting
from organisation.kernel.access import Refused
from organisation.kernel.periods import Quarter


def quarter(text: str) -> Quarter:
    """2026-Q3 from the command line."""
    year, mark, number = text.partition("-Q")
    if not (mark and year.isdecimal() and number in ("1", "2", "3", "4")):
        raise ValueError(text)
    return Quarter(int(year), int(number))


class Command(BaseCommand):
    """`make_report --period 2026-Q3 [--note "…"]`."""

    help = "Make the learning report of a quarter that is over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which quarter, and what changed since an earlier edition."""
        parser.add_argument("--period", type=quarter, required=True, metavar="YYYY-Qn")
        parser.add_argument("--note", default="", help="what changed since the edition before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Follow what changed, make it, and say how much could be shown."""
        refreshing.follow_the_logbook()
        try:
            report = reporting.make(quarter=options["period"], by=None, note=options["note"])
        except Refused as refused:
            raise CommandError(str(refused.reason)) from refused
        self.stdout.write(f"{report}: {100 * report.figures['share_shown']:.0f}% of the figures shown, {report.digest}")
