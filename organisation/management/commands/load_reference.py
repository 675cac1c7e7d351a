"""Loads the reviewed reference data of every app; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisation.services.loading_reference import ReferenceFault, load_all


class Command(BaseCommand):
    """`manage.py load_reference`, after every `migrate`."""

    help = "Load policy domains, routines, grounds and the other lists. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything, or nothing when a file has a fault."""
        try:
            changed = load_all()
        except ReferenceFault as fault:
            raise CommandError(str(fault)) from fault
        for name, count in changed.items():
            self.stdout.write(f"{name}: {count} added, changed or closed")
