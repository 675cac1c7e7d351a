"""Says before a start whether the settings are safe, and whether everything that work needs is there."""

from typing import Any

from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError

from organisation import readiness


class Command(BaseCommand):
    """`manage.py check_settings`: one line for each finding and each part; fails when something is wrong."""

    help = "Checks the settings and the parts that work needs. The sign of life is told, but does not fail the check."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell all of it, then say whether it is well."""
        findings = [finding for finding in run_checks() if not finding.is_silenced()]
        for finding in findings:
            self.stdout.write(f"{finding.id}: {finding.msg} {finding.hint or ''}".strip())
        parts = readiness.parts()
        for name, state in parts.items():
            self.stdout.write(f"{name}: {state}")
        # Before a start there is no worker yet, so its absence is no fault here.
        failed = [name for name, state in parts.items() if state != readiness.OK and name != "background"]
        wrong = any(finding.is_serious() for finding in findings)  # a warning is told, and stops nothing
        if wrong or failed:
            raise CommandError("The settings are not right." if wrong else f"Not ready: {', '.join(failed)}.")
