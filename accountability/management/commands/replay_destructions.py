"""Does the destructions again that a database does not know of, because an older backup was put back."""

from typing import Any

from django.core.management.base import BaseCommand

from accountability.services import replaying


class Command(BaseCommand):
    """`replay_destructions`: reads the ledger outside the database; a second time it changes nothing."""

    help = "Destroy again what the destruction ledger says was destroyed. `restore` does this by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Destroy, and say how much."""
        done = replaying.replay()
        self.stdout.write(f"{done.lines} lines in the ledger, {done.destroyed} destroyed again.")
