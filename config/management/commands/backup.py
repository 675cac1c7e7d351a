"""Makes one archive of everything: `manage.py backup [FILE]`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import backing_up


class Command(BaseCommand):
    """Database, files, seals and the destruction ledger; read back before it counts."""

    help = "Make one archive of the database, the files, the seals and the destruction ledger, and verify it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it goes."""
        parser.add_argument("file", nargs="?", type=Path, help="by default a new file in BACKUP_DIR")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Make it, and say where it is."""
        name = f"handelingsruimte-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
        target = file or Path(settings.BACKUP_DIR) / name
        try:
            manifest = backing_up.back_up(target)
        except backing_up.Fault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{target}: {len(manifest['digests'])} files, verified.")
