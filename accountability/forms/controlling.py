"""Filters of the list of internal control: they live in the address."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import FrozenDossier
from accountability.services import controlling
from deviations.rules.lawfulness import Lawfulness
from deviations.rules.weighing import Weight
from organisation.models import Team


class ControlFilter(forms.Form):
    """Which decisions, and whether all of them or a sample."""

    since = forms.DateField(label=_("Decided from"), required=False)
    until = forms.DateField(label=_("Decided until"), required=False)
    team = forms.ModelChoiceField(Team.objects.all(), label=_("Team"), required=False, empty_label=_("All"))
    weight = forms.ChoiceField(label=_("Weight"), choices=[("", _("All")), *Weight.choices], required=False)
    law = forms.ChoiceField(label=_("In law"), choices=[("", _("All")), *Lawfulness.choices], required=False)
    size = forms.IntegerField(label=_("Sample of"), required=False, min_value=1, max_value=1000)
    seed = forms.CharField(
        label=_("Seed"), required=False, max_length=40, help_text=_("The same seed gives the same sample.")
    )

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        """The two lists, each with an address of its own: all, and what goes against the law or beyond it."""
        return [("", _("All decisions")), (Lawfulness.BEYOND_LAW.value, Lawfulness.BEYOND_LAW.label)]

    def narrow(self, rows: "QuerySet[FrozenDossier]") -> "QuerySet[FrozenDossier]":
        """The decisions that fit; what was filled in badly leaves none."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        names = {"team": "deviation__team", "weight": "deviation__weight", "law": "deviation__lawfulness"}
        rows = rows.filter(**{path: asked[name] for name, path in names.items() if asked[name]})
        if asked["since"]:
            rows = rows.filter(decision__at__gte=_start(asked["since"]))
        if asked["until"]:
            rows = rows.filter(decision__at__lt=_start(asked["until"] + timedelta(days=1)))
        return controlling.sample(rows, asked["size"], asked["seed"]) if asked["size"] else rows


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
