"""What an author thought through, as a page shows it: group by group, only what was written."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deviations.models import Deliberation, Deviation
from deviations.models.deliberating import DELIBERATED
from deviations.rules.parts import LANDED, NAMES, PARTS

SHOWN = ("values", "reverse_test", "triangle", "next")
SCALE = tuple(position for position, _words in LANDED)
MIDDLE = 2
# By how far it is from the middle.
NEAR: tuple[Promise, ...] = (
    _("In the middle between both"),
    _("More with “%(value)s”"),
    _("Wholly with “%(value)s”"),
)


@dataclass(frozen=True)
class Line:
    """One thing that was written, under its short name."""

    name: str
    label: Promise
    text: str


@dataclass(frozen=True)
class Group:
    """A part with everything that stands in it."""

    code: str
    title: Promise
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Landing:
    """Where somebody landed between two values: the place on a line, and the words for it."""

    one: str
    two: str
    position: int
    words: str

    @property
    def places(self) -> list[bool]:
        """Every place on the line, true for the one that was chosen."""
        return [place == self.position for place in SCALE]


def groups(deviation: Deviation, deliberation: Deliberation) -> list[Group]:
    """Every group with something in it, in the order of the form."""
    found = (
        Group(part.code, part.title, _lines(part.fields, deviation, deliberation))
        for part in PARTS
        if part.code in SHOWN
    )
    return [group for group in found if group.lines]


def landing(deliberation: Deliberation) -> Landing | None:
    """Where it landed, when two values and a place between them were given."""
    if deliberation.landed is None or not (deliberation.value_one and deliberation.value_two):
        return None
    one, two, position = deliberation.value_one, deliberation.value_two, deliberation.landed
    nearest = one if position < MIDDLE else two
    return Landing(one, two, position, str(NEAR[abs(position - MIDDLE)]) % {"value": nearest})


def _lines(names: tuple[str, ...], deviation: Deviation, deliberation: Deliberation) -> tuple[Line, ...]:
    lines = (Line(name, NAMES[name], _words(name, deviation, deliberation)) for name in names)
    return tuple(line for line in lines if line.text)


def _words(name: str, deviation: Deviation, deliberation: Deliberation) -> str:
    if name == "landed":
        return "" if deliberation.landed is None else str(dict(LANDED)[deliberation.landed])
    if name == "same_again":
        return str(deliberation.get_same_again_display())
    row = deliberation if name in DELIBERATED else deviation
    return str(getattr(row, name))
