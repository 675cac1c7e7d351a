"""The filter above the figures: which months, which policy domain, which team."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.rules.selecting import Selection, last_months
from organisation.kernel.periods import Period, Quarter
from organisation.models import PolicyDomain, Team

LAST_YEAR, CHOSEN = "last12", "chosen"
QUARTERS, YEARS = 8, 3
LONGEST = 120  # months
_NO_PERIOD = _("Choose a period from the list.")


class MonthInput(forms.DateInput):
    """A month picker where the browser has one; else text such as 2026-03."""

    input_type = "month"


def period_choices(today: Period) -> list[tuple[str, Any]]:
    """What can be chosen, newest first."""
    quarters = [(today - 3 * n).quarter for n in range(QUARTERS)]
    return [
        (LAST_YEAR, _("Last 12 months")),
        *((str(quarter), quarter.label) for quarter in quarters),
        *((str(year), str(year)) for year in range(today.year, today.year - YEARS, -1)),
        (CHOSEN, _("From and up to …")),
    ]


class FiguresFilter(forms.Form):
    """Every choice is in the address, so that it can be kept and shared."""

    period = forms.CharField(label=_("Period"), required=False)
    domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(),
        label=_("Policy domain"),
        required=False,
        to_field_name="code",
        empty_label=_("All policy domains"),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False)
    first = forms.CharField(label=_("From"), required=False, widget=MonthInput, max_length=7)
    last = forms.CharField(label=_("Up to and including"), required=False, widget=MonthInput, max_length=7)

    def __init__(self, data: Any, *, teams: QuerySet[Team], whole: bool) -> None:
        data = data.copy()
        if not data.get("period"):
            data["period"] = CHOSEN if data.get("first") or data.get("last") else LAST_YEAR
        super().__init__(data)
        self.today = Period.of(timezone.now())
        choices = period_choices(self.today)
        if data["period"] not in dict(choices):
            choices.insert(1, (data["period"], data["period"]))
        self.fields["period"].widget = forms.Select(choices=choices)
        choose_team: Any = self.fields["team"]
        choose_team.queryset, choose_team.empty_label = teams, _("All teams") if whole else _("All your teams")
        if data["period"] != CHOSEN:
            del self.fields["first"], self.fields["last"]

    def clean(self) -> dict[str, Any]:
        """The months of the period; from and up to are read only when they are what was chosen."""
        cleaned = super().clean() or self.cleaned_data
        period = cleaned.get("period", "")
        if period == CHOSEN:
            cleaned["months"] = self._chosen(cleaned)
        else:
            cleaned["months"] = _months(period, self.today)
            if cleaned["months"] is None:
                self.add_error("period", _NO_PERIOD)
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> tuple[int, int] | None:
        ends: dict[str, Period] = {}
        for name in ("first", "last"):
            try:
                ends[name] = Period.parse(cleaned.get(name, ""))
            except ValueError:
                self.add_error(name, _("Write a month as year-month, such as 2026-03."))
        if len(ends) < 2:
            return None
        if not 0 <= ends["last"] - ends["first"] < LONGEST:
            self.add_error("last", _("Choose a month that is not before the first one, and at most ten years later."))
        return int(ends["first"]), int(ends["last"])

    def selection(self, mine: Iterable[str] | None) -> Selection:
        """What was chosen, inside the teams somebody reads (None: all)."""
        if not self.is_valid():
            raise ValidationError("Only of a filter that is valid.")
        first, last = self.cleaned_data["months"]
        domain, team = self.cleaned_data["domain"], self.cleaned_data["team"]
        teams = (str(team.pk),) if team else None if mine is None else tuple(mine)
        return Selection(first=first, last=last, domain=str(domain.pk) if domain else "", teams=teams)


def _months(period: str, today: Period) -> tuple[int, int] | None:
    if period == LAST_YEAR:
        return last_months(today)
    found = re.fullmatch(r"(\d{4})(?:-Q([1-4]))?", period, flags=re.ASCII)
    if not found or not 1900 < int(found[1]) < 9000:
        return None
    if found[2]:
        quarter = Quarter(int(found[1]), int(found[2]))
        return int(quarter.first), int(quarter.last)
    return int(found[1]) * 100 + 1, int(found[1]) * 100 + 12
