"""The page of figures: which figures stand in which part of it, made and led to what is behind them."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.rules.publishing import Json
from learning.rules.selecting import Selection
from organisation.kernel.disclosure import Reason
from organisation.kernel.periods import Period
from organisation.models import PolicyDomain

from . import presenting_answers, presenting_costs, presenting_reasons, presenting_routines
from .closing_the_loop import Loop
from .presenting import Figure, Filters, Line, Shown, Words, reason

Make = Callable[[Json, Words], Figure]
OVERVIEW, ALL = "overview", "all"

# In the order of the page. What a figure is called in an address is its name here.
MAKERS: dict[str, Make] = {
    "trend": presenting_routines.trend,
    "routines": presenting_routines.routines,
    "practice": presenting_costs.practice,
    "heat": presenting_routines.heat,
    "sources": presenting_routines.sources,
    "kinds": presenting_routines.kinds,
    "causes": presenting_reasons.causes,
    "life_domains": presenting_reasons.life_domains,
    "structural": presenting_reasons.structural,
    "answers": presenting_answers.answers,
    "times": presenting_answers.times,
    "outcomes": presenting_answers.outcomes,
    "costs": presenting_costs.costs,
    "real_costs": presenting_costs.real_costs,
}
LOOP = "loop"
PARTS = {
    OVERVIEW: (_("Overview"), ("trend", "routines", "practice")),
    "routines": (_("Routines and teams"), ("routines", "heat", "sources", "kinds")),
    "reasons": (_("Why"), ("causes", "life_domains", "structural")),
    "answers": (_("Answers and outcome"), ("answers", "times", "outcomes", LOOP)),
    "costs": (_("Costs"), ("costs", "real_costs")),
    ALL: (_("All on one page"), (*MAKERS, LOOP)),
}
# The tables behind figures that are called otherwise.
TABLES = {"trend": "kinds", "real_costs": "costs"}


def figures(names: Iterable[str], published: Json, words: Words, selection: Selection) -> dict[str, Figure]:
    """These figures, by name, each with where it leads for whoever looks at this selection."""
    behind, found = _behind(selection), {}
    for name in names:
        if name == LOOP:
            made = presenting_answers.closed_loop(Loop(**published["loop"]))
        else:
            made = MAKERS[name](published, words)
        if TABLES.get(name, name) in published["missing"]:
            made.missing, made.rows, made.specs = reason(Reason.NOT_TOLD), [], None
        if behind is not None:
            made.rows = [Line(name, [_led(cell, behind) for cell in cells]) for name, cells in made.rows]
        found[name] = made
    return found


def listed(selection: Selection, **filters: str) -> str:
    """The address of the deviations behind a figure; empty for who does not read them."""
    behind = _behind(selection)
    return "" if behind is None else f"{reverse('deviations:list')}?{urlencode(behind | filters)}"


def _behind(selection: Selection) -> Filters | None:
    """What the list of deviations is filtered by; None for who may not read them, or of more than one team."""
    if not selection.exact or not selection.teams or len(selection.teams) > 1:
        return None
    first, last = (str(Period.from_int(month)) for month in (selection.first, selection.last))
    filters = {"team": selection.teams[0], "first": first, "last": last}
    if selection.domain:
        filters["domain"] = PolicyDomain.objects.values_list("code", flat=True).get(pk=selection.domain)
    return filters


def _led(cell: Shown, behind: Filters) -> Shown:
    if not cell.filters or not cell.value:
        return cell
    return cell._replace(href=f"{reverse('deviations:list')}?{urlencode(behind | cell.filters)}")


def of_part(name: str) -> tuple[str, ...]:
    """The figures of a part of the page; those of the first part when there is no such part."""
    return PARTS.get(name, PARTS[OVERVIEW])[1]
