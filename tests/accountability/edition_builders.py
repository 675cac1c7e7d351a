"""Accounts to management, board and council in any state, and stories for them."""

from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from accountability.models import Edition, EditionText
from accountability.rules.spans import Span
from accountability.services import sourcing
from learning.models import Link
from learning.rules.lattice import ANSWERS, KINDS, OUTCOMES
from tests.factories import UserFactory
from tests.learning.builders import question

TABLES = {"made": ("*",), "kinds": (*KINDS, "*"), "answers": ANSWERS, "outcomes": OUTCOMES}
_numbers = count()


def figures(span: Span, value: int | None = 40, teams: int = 0) -> dict:
    """A release of these quarters in which everything is this value; with teams, a routine of each."""
    values = [[[table, row, "*"], value] for table, rows in TABLES.items() for row in rows]
    names = [[f"t{number}", f"Team {number}"] for number in range(teams)]
    values += [[["made", row, column], value] for row in ("r", "*") for column, _name in names]
    values.append([["made", "r", "*"], value])
    frozen = {"k": 10, "routines": [["r", "R-01 Routine"]], "teams": names, "values": values, "hidden": [], "small": []}
    each = {"report": "", "edition": 1, "digest": "", "figures": frozen}
    return {"quarters": [each | {"quarter": str(quarter)} for quarter in span.quarters]}


def earlier_reporter():
    """A reporter who began things before, so that everybody in the cast is a second person."""
    person = UserFactory(name="Earlier reporter")
    person.groups.add(Group.objects.get_or_create(name="reporter")[0])
    return person


def edition(by, *, state="draft", parts=(), span: Span | None = None, publisher=None, **fields) -> Edition:
    """An account with these parts written; frozen and published ones have figures."""
    span = span or Span(2001 + next(_numbers) // 4, next(_numbers) % 4 + 1, 1)
    if state != "draft":
        frozen = fields.pop("figures", None) or figures(span)
        fields |= {
            "figures": frozen, "digest": sourcing.digest(frozen), "cut_off": timezone.now(), "frozen_by": by,
            "frozen_at": timezone.now(),
        }  # fmt: skip
    if state == "published":
        fields |= {"published_by": publisher or UserFactory(), "published_at": timezone.now()}
    made = Edition.objects.create(
        year=span.year, first_quarter=span.first, quarters=span.length, made_by=by, state=state, **fields
    )
    for part in parts:
        EditionText.objects.create(edition=made, part=part, text=f"About {part}.")
    return made


def told(cast, deviation, text="It went wrong, and then it went right.") -> Link:
    """A story that the caseworker told."""
    return Link.objects.create(
        question=question(cast), deviation=deviation, signaller=cast.caseworker, story=text, told_at=timezone.now()
    )
