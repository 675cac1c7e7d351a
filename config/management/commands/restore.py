"""Puts an archive back, notes that with the seals, and destroys again what was destroyed: `manage.py restore FILE`."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accountability.services import replaying
from config import backing_up
from organisation.services import sealing


class Command(BaseCommand):
    """On an empty machine, or with `--overwrite` over what is there. Stop web, worker and beat first."""

    help = "Put a backup back: verify, restore, migrate, note it with the seals, and destroy again what was destroyed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one, and whether it may replace what is here."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", default="", help="why; it stands in the logbook and with the seals")
        parser.add_argument("--overwrite", action="store_true", help="replace the database and the files that are here")

    def handle(self, *args: Any, file: Path, overwrite: bool, reason: str, **options: Any) -> None:
        """Restore, migrate, tell the chain, destroy again, seal."""
        try:
            manifest = backing_up.restore(file, overwrite=overwrite)
        except backing_up.Fault as fault:
            raise CommandError(str(fault)) from fault
        call_command("migrate", verbosity=0)
        sealing.resume(reason=" ".join(part for part in (f"Backup of {manifest['made_at']}.", reason) if part))
        done = replaying.replay()
        sealing.seal()
        self.stdout.write(f"Restored the backup of {manifest['made_at']}; {done.destroyed} destroyed again.")
