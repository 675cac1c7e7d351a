"""Checks a file with evidence: `manage.py verify_evidence FILE.zip [--signer KEY]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accountability.services.checking_evidence import check
from organisation.services import sealing


class Command(BaseCommand):
    """Exit code 0 when every line holds; 1, with what is wrong, when one does not; 2 when there is no such file."""

    help = "Check an evidence file: its digests, its signatures, and the proof of every line. It needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whose signature counts."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--signer", action="append", help="a public key that counts, instead of those of ours")

    def handle(self, *args: Any, file: Path, signer: list[str] | None, **options: Any) -> None:
        """Look, tell, and say by the exit code whether it holds."""
        trusted = frozenset("".join(key.split()).lower() for key in signer) if signer else sealing.trusted()
        try:
            with file.open("rb") as opened:
                found = check(opened, trusted)
        except OSError as fault:
            raise CommandError(f"{file} cannot be opened: {fault.strerror}.", returncode=2) from None
        looked = f"{found.lines} lines under {found.checkpoints} checkpoints, {found.unsealed} not sealed yet"
        self.stdout.write(f"Evidence about {found.about or '?'}: {looked}, {found.erased} erased.")
        for told in found.faults:
            self.stdout.write(told)
        if not found.holds:
            raise CommandError(f"It does not hold: {len(found.faults)} faults.", returncode=1)
        self.stdout.write("It holds.")
