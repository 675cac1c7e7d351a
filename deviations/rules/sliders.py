"""The five sliders of a space in words: what each position means, and what is checked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.money import euros


class Slider(NamedTuple):
    """A slider: its name, what the software checks, and the words at its positions."""

    label: Promise
    checks: Promise
    positions: dict[int, Promise]


SLIDERS: dict[str, Slider] = {
    "purpose": Slider(
        _("Purpose: how much must be explained?"),
        _("Checked: which explanation is filled in."),
        {
            0: _("Reason, purpose, ground, alternatives and the resident's view"),
            1: _("Reason, purpose, ground and alternatives"),
            2: _("Reason, purpose and ground"),
            3: _("Reason and purpose"),
            4: _("Only why here: the quick record says it all"),
        },
    ),
    "rules": Slider(
        _("Rules: which may bend?"),
        _("Checked: the kind of source of the routine. A statute never bends."),
        {
            0: _("None"),
            1: _("Habits and systems"),
            2: _("Also work instructions"),
            3: _("Also policy rules"),
            4: _("Also ordinances"),
        },
    ),
    "means": Slider(
        _("Means: how much money?"),
        _("Checked: the amounts below. Together people never spend more than there is."),
        {
            0: _("No money"),
            1: _("An amount per deviation"),
            2: _("Also an amount per month"),
            3: _("Also a budget for the whole period"),
            4: _("Free within the budget of the whole period"),
        },
    ),
    "deciding": Slider(
        _("Deciding: who decides?"),
        _("Checked: who decides before it counts as agreed, and who is told."),
        {
            0: _("The manager, beforehand; this space only says what is possible"),
            1: _("The professional; the manager is told at once and may object for one working day"),
            2: _("The professional, once a colleague of the team agrees"),
            3: _("The professional; the team is told"),
            4: _("The professional alone"),
        },
    ),
    "sight": Slider(
        _("Sight: how is account given?"),
        _("Checked: nothing beforehand; it says how many uses are looked at afterwards."),
        {
            0: _("Each use is reported before acting"),
            1: _("Each use is looked at afterwards"),
            2: _("One in four is looked at afterwards"),
            3: _("One in ten is looked at afterwards"),
            4: _("A conversation afterwards"),
        },
    ),
}

BEFOREHAND = _("%(who)s may put a departure from %(reach)s before the manager")
ALONE = _("%(who)s may depart from %(reach)s")
# slider deciding: what is said behind it
AND_THEN: dict[int, Promise] = {
    1: _("The manager is told at once and may object for one working day."),
    2: _("A colleague agrees first."),
    3: _("The team is told."),
}


class InWords(NamedTuple):
    """What the sentence about a space is made of; amounts in euros, None where the space names none."""

    who: Sequence[str]
    reach: Sequence[str]
    deciding: int
    means: int
    per_deviation: Decimal | None
    per_month: Decimal | None
    per_period: Decimal | None
    until: date | None


def sum_up(words: InWords) -> str:
    """The space in one plain sentence, and who hears of it, as somebody would say it to a colleague."""
    if not (words.who and words.reach):
        return gettext("Choose who may use it and for what. Then the space stands here in one sentence.")
    who, reach = _enumerate(words.who), _enumerate(words.reach)
    may = BEFOREHAND if words.deciding == 0 else ALONE
    parts = [str(may) % {"who": who, "reach": reach}, _money(words)]
    if words.until:
        parts.append(gettext("up to and including %(date)s") % {"date": date_format(words.until)})
    return " ".join([", ".join(parts) + ".", *(str(then) for then in (AND_THEN.get(words.deciding),) if then)])


def _money(words: InWords) -> str:
    named = (
        (words.per_deviation, words.means in (1, 2, 3), gettext("%(amount)s each time")),
        (words.per_month, words.means in (2, 3), gettext("%(amount)s a month")),
        (words.per_period, words.means in (3, 4), gettext("%(amount)s in all")),
    )
    amounts = [text % {"amount": euros(amount)} for amount, counts, text in named if counts and amount is not None]
    if words.means == 0 or not amounts:
        return gettext("without extra money")
    return gettext("for at most %(amounts)s") % {"amounts": _enumerate(amounts)}


def _enumerate(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
