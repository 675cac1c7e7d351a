"""Verifies the logbook against its seals: `manage.py verify_log [--format json]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accountability.rules.tampering import Finding, Verdict
from accountability.services.verifying import verify


class Command(BaseCommand):
    """Exit code 0 when the logbook is as it was written; 1, with each fault and its place, when it is not."""

    help = "Verify the logbook: every line, every checkpoint, and the seals outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """How it is told, and which copy of the seals is trusted."""
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--seals", type=Path, help="another copy of the folder with seals, such as on a WORM disk")

    def handle(self, *args: Any, format: str, seals: Path | None, **options: Any) -> None:
        """Look, tell, and say by the exit code whether it is well."""
        if seals and not seals.is_dir():
            raise CommandError(f"There is no folder {seals}.", returncode=2)
        verdict = verify(folder=seals)
        self.stdout.write(json.dumps(verdict.fields(), indent=2) if format == "json" else _text(verdict))
        if not verdict.is_sound:
            raise CommandError(f"The logbook is not sound: {len(verdict.findings)} findings.", returncode=1)


def _text(verdict: Verdict) -> str:
    looked = (
        f"{verdict.lines} sealed lines under {verdict.checkpoints} checkpoints, {verdict.not_sealed} not sealed yet, "
        f"{verdict.erased} erased; {verdict.seconds:.1f} s."
    )
    findings = [_line(finding) for finding in verdict.findings]
    return "\n".join([looked, *map(str, verdict.notes), *findings, *([] if findings else ["Sound."])])


def _line(finding: Finding) -> str:
    where = {"checkpoint": finding.checkpoint, "position": finding.position, "line": finding.line}
    place = ", ".join(f"{name} {value}" for name, value in where.items() if value)
    return f"{finding.kind.value}: {place or 'everywhere'}: {finding.told}"
