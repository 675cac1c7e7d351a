"""Room to start from, by the heaviest source that may bend: slider positions and amounts, to be chosen in one click.

The heavier the source, the more is explained, the sooner somebody else hears of it, and the more is looked at
afterwards. Amounts are in whole cents; a municipality changes them in the form, before it grants the space.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Preset(NamedTuple):
    """A name, when to take it, five positions and three amounts, None where none is named."""

    label: Promise
    when: Promise
    purpose: int
    rules: int
    means: int
    deciding: int
    sight: int
    per_deviation: int | None = None
    per_month: int | None = None
    per_period: int | None = None

    def fields(self) -> dict[str, int | None]:
        """The fields of a space, by name."""
        sliders = ("purpose", "rules", "means", "deciding", "sight")
        amounts = ("per_deviation", "per_month", "per_period")
        return {f"{name}_slider": getattr(self, name) for name in sliders} | {
            f"cents_{name}": getattr(self, name) for name in amounts
        }


# The sources that each preset lets bend are those of its position of the slider rules (`covering.BENDING`).
PRESETS: dict[str, Preset] = {
    #                                                 purpose  rules  means  deciding  sight   amounts in cents
    "system": Preset(
        _("Habit or system"), _("Nobody decided it ever: people may simply do what helps."),
        4, 1, 1, 4, 3, 10_000,
    ),
    "work_instruction": Preset(
        _("Work instruction"), _("We agreed on it together: the team hears of it when somebody does otherwise."),
        3, 2, 1, 3, 2, 25_000,
    ),
    "policy_rule": Preset(
        _("Policy rule"), _("The board decided it: you hear of each use and may object for one working day."),
        2, 3, 2, 1, 1, 50_000, 200_000,
    ),
    "ordinance": Preset(
        _("Ordinance"), _("The council decided it: explain it fully, with a budget, and look at each use afterwards."),
        1, 4, 3, 1, 1, 50_000, 150_000, 600_000,
    ),
}  # fmt: skip
