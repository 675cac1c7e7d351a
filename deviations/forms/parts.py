"""The parts of the form beside the quick record: which are open, and the one sentence that says why."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from deviations.models import Ground
from deviations.rules.parts import NAMES, PARTS, Part
from deviations.rules.suggesting import Offer, suggest
from deviations.rules.weighing import Weighing
from deviations.services.assessing import SpaceAnswer, Stock

from .writing import DeviationForm


@dataclass(frozen=True)
class FormPart:
    """One part as it stands: `state` is missing, there or empty."""

    part: Part
    fields: tuple[BoundField, ...]
    state: str
    why: str
    is_open: bool

    @property
    def kinds(self) -> str:
        """For which kinds of record it is there, for the style sheet."""
        return " ".join(sorted(self.part.kinds))


def form_parts(
    form: DeviationForm, weighing: Weighing, stock: Stock, answers: Iterable[SpaceAnswer]
) -> tuple[FormPart, ...]:
    """Every part of the form. What is asked for and not there yet stands open, like what is wrong."""
    return tuple(_form_part(part, form, weighing, stock, tuple(answers)) for part in PARTS)


def _form_part(
    part: Part, form: DeviationForm, weighing: Weighing, stock: Stock, answers: tuple[SpaceAnswer, ...]
) -> FormPart:
    fields = tuple(form[name] for name in part.fields)
    names = set(part.fields)
    asked, wanting = names & weighing.required, names & set(stock.missing)
    state = "missing" if wanting else "there" if names & {*stock.there, *stock.more} else "empty"
    why = _asked_by_weight(weighing) if asked else _asked_by_space(names, answers) or str(part.offer)
    if wanting and len(fields) > 1:
        why = f"{why} {_still_to_fill_in(part, wanting)}"
    return FormPart(part, fields, state, why, bool(wanting) or any(field.errors for field in fields))


def _still_to_fill_in(part: Part, wanting: Collection[str]) -> str:
    names = ", ".join(str(NAMES[name]).lower() for name in part.fields if name in wanting)
    return _("Still to fill in: %(names)s.") % {"names": names}


def _asked_by_weight(weighing: Weighing) -> str:
    heaviest = next(reason for reason in weighing.reasons if reason.weight == weighing.weight)
    return _("Needed for its weight. %(reason)s") % {"reason": heaviest}


def _asked_by_space(names: set[str], answers: tuple[SpaceAnswer, ...]) -> str:
    """The nearest space that asks for something here."""
    for answer in answers:
        if any(names & set(limit.missing) for limit in answer.stops):
            return _("Not needed for its weight, but space %(space)s asks for it.") % {"space": answer.space}
    return ""


@dataclass(frozen=True)
class GroundChoice:
    """A ground to tick, with its tick box as the form draws it."""

    ground: Ground
    box: Any

    @property
    def is_ticked(self) -> bool:
        """Whether it was chosen."""
        return bool(self.box.data["selected"])


@dataclass(frozen=True)
class GroundChoices:
    """Those to show at once, those that may serve as well, and all others."""

    first: tuple[GroundChoice, ...]
    also: tuple[GroundChoice, ...]
    others: tuple[GroundChoice, ...]


def ground_choices(form: DeviationForm, source_type: str, domain: str) -> GroundChoices:
    """The grounds in the order in which they may help; what was ticked stands in sight."""
    rows = {row.code: row for row in form.grounds_offered()}
    boxes = {str(box.data["value"]): box for box in form["grounds"]}
    found = {code: GroundChoice(row, boxes[str(row.pk)]) for code, row in rows.items()}
    first, also, others = (
        [found[code] for code in codes] for codes in suggest(map(_offer, rows.values()), source_type, domain)
    )
    ticked = [choice for choice in (*also, *others) if choice.is_ticked]
    return GroundChoices((*ticked, *first), *(_not_ticked(choices) for choices in (also, others)))


def _not_ticked(choices: Iterable[GroundChoice]) -> tuple[GroundChoice, ...]:
    return tuple(choice for choice in choices if not choice.is_ticked)


def _offer(ground: Ground) -> Offer:
    domains = frozenset(domain.code for domain in ground.policy_domains.all())
    return Offer(ground.code, ground.weight, ground.kind, frozenset(ground.source_types), domains)


def names_with_fields(form: DeviationForm, names: Iterable[str]) -> Iterator[tuple[BoundField, str]]:
    """Each with its field on the form, to link to."""
    for name in names:
        yield form[name], str(NAMES[name])
