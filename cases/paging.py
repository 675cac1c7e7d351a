"""Pages of a list without counting all of it: one row too many tells whether there is a next page."""

from typing import Any

from django.db.models import QuerySet

ROWS = 25
FURTHEST = 400  # pages; whoever wants to go further is helped by a filter


class Page:
    """One page of rows; `next_page_number` and so on are what the pager asks for."""

    def __init__(self, rows: QuerySet[Any], number: str | None) -> None:
        self.number = min(max(int(number), 1), FURTHEST) if number and number.isdecimal() else 1
        start = (self.number - 1) * ROWS
        found = list(rows[start : start + ROWS + 1])
        self.rows = found[:ROWS]
        self.has_next = len(found) > ROWS and self.number < FURTHEST
        self.has_previous = self.number > 1
        self.next_page_number = self.number + 1
        self.previous_page_number = self.number - 1
