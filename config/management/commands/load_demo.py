"""Makes the demo municipality: `manage.py load_demo [--size small|large] [--seed N]`."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import municipality, register
from config.demo.register import LARGE, SMALL


class Command(BaseCommand):
    """Loads it once; a second time it changes nothing."""

    help = "Make Gemeente Voorbeeld: people, cases, deviations, spaces and history. Only in demo mode."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and which of all possible histories."""
        parser.add_argument("--size", choices=("small", "large"), default="small", help="large adds 130,000 deviations")
        parser.add_argument("--seed", type=int, help="another generated history")

    def handle(self, *args: Any, size: str, seed: int | None, verbosity: int, **options: Any) -> None:
        """Make what is not there yet."""
        if not settings.DEMO:
            raise CommandError("This is not demo mode (DEMO=1): these accounts have a password that everybody knows.")
        started = time.monotonic()

        def say(sentence: str) -> None:
            if verbosity:
                self.stdout.write(f"  {time.monotonic() - started:5.1f} s  {sentence}")

        if self._make(size, seed, say):
            municipality.count()
            say("figures rolled up")
            municipality.seal()
            say("logbook sealed and verified")
        else:
            say("the demo municipality is there already")

    def _make(self, size: str, seed: int | None, say: municipality.Say) -> bool:
        try:
            made = not municipality.is_there()
        except municipality.PeopleAlready:
            raise CommandError("There are other people in this database. Load the demo into an empty one.") from None
        if made:
            municipality.make(size=SMALL, seed=seed, say=say)
        if size == "large" and not register.is_in(LARGE):
            municipality.bring_in(size=LARGE, seed=seed, say=say)
            made = True
        return made
