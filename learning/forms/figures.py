"""The filter above the figures: which months, which policy domain, which team."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.rules.selecting import Selection, last_months, last_quarters
from organisation.kernel.periods import Period, Quarter
from organisation.models import PolicyDomain, Team

LAST_YEAR, LAST_QUARTERS, CHOSEN = "last12", "last4", "chosen"
QUARTERS, YEARS = 8, 3
LONGEST = 120  # months
_NO_PERIOD = _("Choose a period from the list.")


class MonthInput(forms.DateInput):
    """A month picker where the browser has one; else text such as 2026-03."""

    input_type = "month"


class FiguresFilter(forms.Form):
    """Every choice is in the address, so that it can be kept and shared. Each of the two below knows its periods."""

    period = forms.CharField(label=_("Period"), required=False)
    domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(),
        label=_("Policy domain"),
        required=False,
        to_field_name="code",
        empty_label=_("All policy domains"),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)
    opens_with = LAST_YEAR
    whose = _("All teams")
    exact = False

    def __init__(self, data: Any, *, teams: QuerySet[Team]) -> None:
        data = data.copy()
        data["period"] = self.period_of(data)
        super().__init__(data)
        choices = self.choices()
        if data["period"] not in dict(choices):
            choices.insert(1, (data["period"], data["period"]))
        self.fields["period"].widget = forms.Select(choices=choices)
        choose_team: Any = self.fields["team"]
        choose_team.queryset, choose_team.empty_label = teams, self.whose

    def period_of(self, data: Any) -> str:
        """The period in the address, or what the page opens with."""
        return data.get("period") or self.opens_with

    def choices(self) -> list[tuple[str, Any]]:
        """What can be chosen, newest first."""
        raise NotImplementedError

    def months(self, period: str) -> tuple[int, int] | None:
        """The months of a period; None when there is no such period."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """The months of the period."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["months"] = self.months(cleaned.get("period", ""))
        if cleaned["months"] is None and not self.errors:
            self.add_error("period", _NO_PERIOD)
        return cleaned

    def selection(self, mine: Iterable[str] | None) -> Selection:
        """What was chosen, inside the teams somebody reads (None: all)."""
        if not self.is_valid():
            raise ValidationError("Only of a filter that is valid.")
        first, last = self.cleaned_data["months"]
        domain, team = self.cleaned_data["domain"], self.cleaned_data["team"]
        teams = (str(team.pk),) if team else None if mine is None else tuple(mine)
        return Selection(first=first, last=last, domain=str(domain.pk) if domain else "", teams=teams, exact=self.exact)


class ExactFilter(FiguresFilter):
    """For who leads teams: any months, up to and including this one."""

    first = forms.CharField(label=_("From"), required=False, widget=MonthInput, max_length=7)
    last = forms.CharField(label=_("Up to and including"), required=False, widget=MonthInput, max_length=7)
    whose = _("All your teams")
    exact = True

    def __init__(self, data: Any, *, teams: QuerySet[Team]) -> None:
        self.today = Period.of(timezone.now())
        super().__init__(data, teams=teams)
        if self.data["period"] != CHOSEN:
            del self.fields["first"], self.fields["last"]

    def period_of(self, data: Any) -> str:
        """Months in the address are a choice; the last quarters of a view that somebody shared are our last year."""
        period = str(data.get("period") or (CHOSEN if data.get("first") or data.get("last") else LAST_YEAR))
        return LAST_YEAR if period == LAST_QUARTERS else period

    def choices(self) -> list[tuple[str, Any]]:
        """The last year, quarters, years, and months of one's own."""
        quarters = [(self.today - 3 * n).quarter for n in range(QUARTERS)]
        return [
            (LAST_YEAR, _("Last 12 months")),
            *((str(quarter), quarter.label) for quarter in quarters),
            *((str(year), str(year)) for year in range(self.today.year, self.today.year - YEARS, -1)),
            (CHOSEN, _("From and up to …")),
        ]

    def months(self, period: str) -> tuple[int, int] | None:
        """Also those that were chosen one by one."""
        if period == LAST_YEAR:
            return last_months(self.today)
        if period != CHOSEN:
            return _months(period)
        ends: dict[str, Period] = {}
        for name in ("first", "last"):
            try:
                ends[name] = Period.parse(self.cleaned_data.get(name, ""))
            except ValueError:
                self.add_error(name, _("Write a month as year-month, such as 2026-03."))
        if len(ends) < 2:
            return None
        if not 0 <= ends["last"] - ends["first"] < LONGEST:
            self.add_error("last", _("Choose a month that is not before the first one, and at most ten years later."))
        return int(ends["first"]), int(ends["last"])


class ToldFilter(FiguresFilter):
    """For everybody else: quarters of which figures were told, and years of those."""

    opens_with = LAST_QUARTERS

    def __init__(self, data: Any, *, teams: QuerySet[Team], told: Sequence[Quarter]) -> None:
        self.told = told
        super().__init__(data, teams=teams)

    def period_of(self, data: Any) -> str:
        """The last year of a view that somebody shared is our last quarters."""
        if not data.get("period") and (data.get("first") or data.get("last")):
            return CHOSEN
        period = str(data.get("period") or LAST_QUARTERS)
        return LAST_QUARTERS if period == LAST_YEAR else period

    def choices(self) -> list[tuple[str, Any]]:
        """The last four quarters, each quarter, and each year."""
        quarters = [(str(quarter), quarter.label) for quarter in reversed(self.told)]
        years = dict.fromkeys(quarter.year for quarter in reversed(self.told))
        return [
            (LAST_QUARTERS, _("Last four quarters")),
            *quarters,
            *((str(year), self._called(year)) for year in years),
        ]

    def _called(self, year: int) -> str:
        last = max(quarter.number for quarter in self.told if quarter.year == year)
        if last == 4:
            return str(year)
        return _("%(year)d up to quarter %(number)d") % {"year": year, "number": last}

    def months(self, period: str) -> tuple[int, int] | None:
        """Of whole quarters that were told, and no others."""
        if period == CHOSEN:
            self.add_error("period", _("Figures leave the teams by quarter. Choose a quarter or a year."))
            return None
        if period == LAST_QUARTERS:
            return last_quarters(self.told)
        asked = _months(period)
        here = [quarter for quarter in self.told if asked and asked[0] <= int(quarter.first) <= asked[1]]
        return (int(here[0].first), int(here[-1].last)) if here else None


def _months(period: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{4})(?:-Q([1-4]))?", period, flags=re.ASCII)
    if not found or not 1900 < int(found[1]) < 9000:
        return None
    if found[2]:
        quarter = Quarter(int(found[1]), int(found[2]))
        return int(quarter.first), int(quarter.last)
    return int(found[1]) * 100 + 1, int(found[1]) * 100 + 12
