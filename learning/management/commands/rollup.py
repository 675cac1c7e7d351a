"""Counts the figures now, all or some months, and proves them by counting once more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.services import preparing, recounting, refreshing, rolling_up
from organisation.kernel.periods import Period

SHOWN = 20


def month(text: str) -> Period:
    """A month from the command line."""
    return Period.parse(text)


class Command(BaseCommand):
    """`rollup`, `rollup --from 2026-01 --to 2026-06`, `rollup --verify`."""

    help = "Roll deviations and uses of routines up into the figures. Without options: everything."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which months, and whether to prove the result."""
        parser.add_argument("--from", dest="first", type=month, metavar="YYYY-MM", help="first month to count again")
        parser.add_argument("--to", dest="last", type=month, metavar="YYYY-MM", help="last month to count again")
        parser.add_argument("--all", action="store_true", dest="everything", help="count everything anew")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="recount all rows in another way and compare every cell; alone, it first follows what changed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Roll up, prove, and end with code 1 when a cell differs."""
        first, last = options["first"], options["last"]
        if bool(first) != bool(last) or (first and options["everything"]):
            raise CommandError("Give --from and --to together, or --all.")
        if first:
            if last < first:
                raise CommandError("--to lies before --from.")
            refreshing.refresh_months(first, last)
        elif options["everything"] or not options["verify"]:
            self._everything()
        else:
            refreshing.follow_the_logbook()
        preparing.keep_ready()
        if options["verify"]:
            self._verify()

    def _everything(self) -> None:
        run = rolling_up.roll_up_all()
        if run is None:
            raise CommandError("Another roll-up is running; this one was not started.")
        self.stdout.write(f"{run.steps_done} months, {run.rows} rows, {(run.milliseconds or 0) / 1000:.1f} s")

    def _verify(self) -> None:
        verdict = recounting.verify()
        for difference in verdict.differences[:SHOWN]:
            self.stderr.write(str(difference))
        if verdict.differences:
            raise CommandError(f"{len(verdict.differences)} of {verdict.cells} cells differ from the recount.")
        self.stdout.write(f"Verified: all {verdict.cells} cells equal an independent recount.")
