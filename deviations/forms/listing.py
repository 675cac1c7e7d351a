"""Filters of the list of deviations: they live in the address, so they can be kept and shared."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices
from cases.models import Routine
from deviations.models.deviations import DeviationQuerySet, Kind, Urgency
from deviations.rules.lawfulness import Lawfulness
from deviations.workflow import State
from organisation.kernel.periods import Period
from organisation.models import Team, User

MONTHS = 36
MAIN = ("q", "state", "routine", "mine")
# What a figure leads here with, and the column it is about; "none" asks for what is empty.
FROM_FIGURES = {
    "first": "period__gte", "last": "period__lte", "domain": "policy_domain__code", "answer": "answer",
    "outcome": "outcome", "source_type": "source_type", "structural": "structural", "cause": "causes__code",
    "life_domain": "life_domains__code",
}  # fmt: skip
NONE = "none"


class FilterForm(forms.Form):
    """Every field may be empty."""

    q = forms.CharField(label=_("Text or number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *State.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    routine = forms.ModelChoiceField(
        Routine.objects.only("code", "title_nl", "title_en"),
        label=_("Routine"),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("All"))
    period = forms.ChoiceField(label=_("Month"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    lawfulness = forms.ChoiceField(label=_("In law"), choices=[("", _("All")), *Lawfulness.choices], required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    # Those that a figure leads here with: in the address, and not among the choices until they are.
    first = forms.CharField(label=_("Counted from"), required=False, max_length=7)
    last = forms.CharField(label=_("Counted up to and including"), required=False, max_length=7)
    domain = forms.SlugField(label=_("Policy domain"), required=False)
    answer = forms.CharField(label=_("Answer"), required=False, max_length=24)
    outcome = forms.CharField(label=_("Outcome"), required=False, max_length=10)
    source_type = forms.CharField(label=_("Kind of source"), required=False, max_length=20)
    structural = forms.CharField(label=_("Incident or structural"), required=False, max_length=10)
    cause = forms.SlugField(label=_("Cause"), required=False)
    life_domain = forms.SlugField(label=_("Life domain"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = {Kind.MADE: _("Made"), Kind.CONSIDERED: _("Considered"), Kind.BLOCKED: _("Blocked")}
        urgency = {Urgency.NORMAL: _("Normal"), Urgency.URGENT: _("Urgent"), Urgency.ALREADY_DONE: _("Already done")}
        choices(self, "urgency").choices = [("", _("All")), *((each.value, label) for each, label in urgency.items())]
        choices(self, "kind").choices = [("", _("All")), *((kind.value, label) for kind, label in short.items())]
        choices(self, "team").queryset = Team.objects.filter(pk__in=user.standing.teams)
        this_month = Period.of_date(timezone.localdate())
        months = [this_month - back for back in range(MONTHS)]
        choices(self, "period").choices = [("", _("All")), *((str(month), month.label) for month in months)]
        self.user = user
        for name in FROM_FIGURES:
            if not self.data.get(name):
                del self.fields[name]

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that may stay folded."""
        return [self[name] for name in self.fields if name not in MAIN]

    @property
    def more_used(self) -> bool:
        """Whether one of those is filled in."""
        return any(self.data.get(field.name) for field in self.more)

    def clean_first(self) -> int:
        """A month as it is stored."""
        return _month(self.cleaned_data["first"])

    def clean_last(self) -> int:
        """A month as it is stored."""
        return _month(self.cleaned_data["last"])

    def narrow(self, rows: DeviationQuerySet) -> DeviationQuerySet:
        """The rows that these filters leave; a filter that makes no sense leaves none."""
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        for name in ("state", "kind", "routine", "team", "lawfulness", "urgency"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        for name, column in FROM_FIGURES.items():
            if value := chosen.get(name):
                rows = rows.filter(**{column: "" if value == NONE else value})
        if chosen["mine"]:
            rows = rows.filter(author=self.user)
        if chosen["period"]:
            rows = rows.of_month(Period.parse(chosen["period"]))
        return rows.search(chosen["q"]) if chosen["q"] else rows


def _month(text: str) -> int:
    try:
        return int(Period.parse(text))
    except ValueError as error:
        raise forms.ValidationError(_("Write a month as year-month, such as 2026-03.")) from error
