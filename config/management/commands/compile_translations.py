"""`manage.py compile_translations`: from .po to .mo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.translations import compile_stale


class Command(BaseCommand):
    """Compiles the translations that changed."""

    help = "Compile the translations that changed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so, and say how many."""
        count = sum(compile_stale(folder) for folder in settings.LOCALE_PATHS)
        self.stdout.write(f"{count} compiled")
