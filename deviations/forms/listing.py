"""Filters of the list of deviations: they live in the address, so they can be kept and shared."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices
from cases.models import Routine
from deviations.models.deviations import DeviationQuerySet, Kind
from deviations.workflow import State
from organisation.kernel.periods import Period
from organisation.models import Team, User

MONTHS = 36


class FilterForm(forms.Form):
    """Every field may be empty."""

    q = forms.CharField(label=_("Text or number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *State.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    routine = forms.ModelChoiceField(
        Routine.objects.all(), label=_("Routine"), to_field_name="code", required=False, empty_label=_("All")
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("All"))
    period = forms.ChoiceField(label=_("Month"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = {Kind.MADE: _("Made"), Kind.CONSIDERED: _("Considered"), Kind.BLOCKED: _("Blocked")}
        choices(self, "kind").choices = [("", _("All")), *((kind.value, label) for kind, label in short.items())]
        choices(self, "team").queryset = Team.objects.filter(pk__in=user.standing.teams)
        this_month = Period.of_date(timezone.localdate())
        months = [this_month - back for back in range(MONTHS)]
        choices(self, "period").choices = [("", _("All")), *((str(month), month.label) for month in months)]
        self.user = user

    def narrow(self, rows: DeviationQuerySet) -> DeviationQuerySet:
        """The rows that these filters leave; a filter that makes no sense leaves none."""
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        for name in ("state", "kind", "routine", "team"):
            if chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        if chosen["mine"]:
            rows = rows.filter(author=self.user)
        if chosen["period"]:
            rows = rows.of_month(Period.parse(chosen["period"]))
        return rows.search(chosen["q"]) if chosen["q"] else rows
