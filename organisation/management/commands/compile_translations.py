"""Compiles the translations, also where gettext is absent."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py compile_translations`: every `locale/*/LC_MESSAGES/*.po` becomes an `.mo` beside it."""

    help = "Compiles locale/*/LC_MESSAGES/*.po to .mo; files that are up to date are left alone."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what is newer than its result."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                result = source.with_suffix(".mo")
                if result.exists() and result.stat().st_mtime_ns > source.stat().st_mtime_ns:
                    continue
                polib.pofile(str(source)).save_as_mofile(str(result))
                self.stdout.write(f"{source.parent.parent.name}: {source.stem}")
