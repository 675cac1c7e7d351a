"""One limit of a space as it is answered: passed or not, and the sentence that says why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise

from organisation.kernel.money import euros


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a space, passed or not; `sentence` says why. `missing` names fields still to fill in.

    The sentence is made when somebody reads it: whoever replays the past asks for thousands of limits and reads none.
    """

    code: str
    passed: bool
    said: str | Promise
    words: tuple[tuple[str, object], ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Why, in the language of the reader."""
        words = {name: _in_words(value) for name, value in self.words}
        return str(self.said) % words if words else str(self.said)


def _in_words(value: object) -> str:
    match value:
        case Decimal():
            return euros(value)
        case date():
            return date_format(value)
        case tuple():
            return ", ".join(str(each) for each in value)
        case _:
            return str(value)
