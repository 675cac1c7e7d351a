"""Writes the words of deviations for search and precedents: `manage.py index_texts [--all]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from deviations.services import indexing


class Command(BaseCommand):
    """Does what is missing; safe to run at any moment and more than once."""

    help = "Write the words of deviations for search and precedents. Does what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Also what is there."""
        parser.add_argument("--all", action="store_true", help="write every row again, after a change of SIMILAR_TEXT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        self.stdout.write(f"{indexing.index_missing(everything=options['all'])} deviations indexed")
