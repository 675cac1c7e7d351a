"""Seals the logbook now; after a restore it goes on from there: `manage.py seal_log [--restored "why"]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisation.services import sealing
from organisation.services.sealing_outside import Diverged


class Command(BaseCommand):
    """The worker seals every minute by itself; this is for after a restore, and for drills."""

    help = "Seal the logbook now. After a restore from a backup: --restored with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """Why the database is behind what stands outside."""
        parser.add_argument("--restored", metavar="REASON", help="the database was put back from a backup; say why")

    def handle(self, *args: Any, restored: str | None, **options: Any) -> None:
        """Seal, and say how many lines."""
        if restored:
            given_up = sealing.resume(reason=restored)
            self.stdout.write(f"Given up: checkpoints {given_up['after'] + 1} to {given_up['through']}.")
        try:
            self.stdout.write(f"{sealing.seal()} lines sealed. Public key: {sealing.signer().public}")
        except Diverged as fault:
            raise CommandError(f"{fault} Was the database put back? Then say why with --restored.") from None
