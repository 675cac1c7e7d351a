"""Prints the signals in the figures: one object each, as JSON, or a line."""

import json
from datetime import date
from math import isfinite
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cases.models import Routine
from learning.rules.findings import Found
from learning.services import detecting, explaining, refreshing
from organisation.models import Team


class Command(BaseCommand):
    """`detect_signals`, `detect_signals --as-of 2026-11-01 --format json`. Stores nothing."""

    help = "Find signals in the figures of closed months and print them."

    def add_arguments(self, parser: CommandParser) -> None:
        """On which day, and in which form."""
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day; default today")
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Follow what changed, look, and print."""
        refreshing.follow_the_logbook()
        found = detecting.detect(options["as_of"] or timezone.localdate())
        names = Names()
        rows = [names.row(each) for each in found]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for row in rows:
                self.stdout.write(f"{row['kind']}: {row['explanation']}")


class Names:
    """The names that people know for the keys in signals."""

    def __init__(self) -> None:
        self.routines = {str(routine.pk): routine for routine in Routine.objects.all()}
        self.teams = {str(team.pk): team for team in Team.objects.all()}
        self.values = explaining.names()

    def row(self, found: Found) -> dict[str, Any]:
        """One signal as it is printed: routines by code, teams by name, numbers to three decimals."""
        routine, team = self.routines.get(found.routine or ""), self.teams.get(found.team or "")
        value = team.name if found.dimension == "team" and team else found.value
        said = self.values.get(found.dimension, {}).get(found.value, value)
        return {
            "kind": found.kind.value,
            "routine": routine.code if routine else None,
            "team": team.name if team else None,
            "dimension": found.dimension or None,
            "value": value or None,
            "since": str(found.since),
            "observed": found.observed,
            "expected": round(found.expected, 3),
            "effect": round(found.effect, 3),
            "q_value": found.q_value,
            "interval": [round(end, 3) if isfinite(end) else None for end in found.interval],
            "confidence": found.confidence.value,
            "explanation": explaining.explain(found, routine=str(routine or ""), team=str(team or ""), value=said),
        }
