"""Filters of the lists: they live in the address, so that they can be kept and shared."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine, SourceType
from cases.models.casefile import CaseQuerySet, Practice
from cases.models.routines import RoutineQuerySet
from cases.workflow import State
from organisation.models import Membership, PolicyDomain, User

from .fields import RoutineField, choices

WHOSE = [("", _("All I may see")), ("mine", _("Mine")), ("team", _("My team")), ("shared", _("Shared with me"))]
STATES = [("", _("Not closed")), *State.choices, ("all", _("All"))]
SORTS = [
    ("", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("target", _("Target date")),
    ("subject", _("Subject")),
]
ORDER: dict[str, tuple[Any, ...]] = {
    "": ("-opened_at", "-id"),
    "oldest": ("opened_at", "id"),
    "target": (F("target_on").asc(nulls_last=True), "-id"),
    "subject": ("subject", "id"),
}


class CaseFilter(forms.Form):
    """Which cases, in which order."""

    q = forms.CharField(label=_("Number or subject"), required=False, max_length=100)
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    state = forms.ChoiceField(label=_("Status"), choices=STATES, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)
    practice = forms.ChoiceField(label=_("Practice"), choices=[("", _("All")), *Practice.choices], required=False)
    policy_domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(), label=_("Policy domain"), required=False, to_field_name="code", empty_label=_("All")
    )
    routine = RoutineField(
        Routine.objects.select_related("policy_domain").order_by("policy_domain__label_nl", "code"),
        label=_("Routine"),
        required=False,
        to_field_name="code",
        empty_label=_("All"),
    )
    handler = forms.ModelChoiceField(User.objects.none(), label=_("Handler"), required=False, empty_label=_("All"))
    opened_from = forms.DateField(label=_("Opened from"), required=False)
    opened_to = forms.DateField(label=_("Opened until"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        mates = Membership.objects.current().filter(team__in=user.standing.teams)
        choices(self, "handler").queryset = User.objects.filter(memberships__in=mates).only("name").distinct()

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in ("q", "whose", "state", "sort")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that may stay folded."""
        return [self[name] for name in self.fields if name not in {"q", "whose", "state", "sort"}]

    @property
    def more_used(self) -> bool:
        """Whether one of those is filled in."""
        return any(self.data.get(field.name) for field in self.more)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not any(self.data.get(name) for name in self.fields)

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases asked for; what was filled in badly is left out and told at the field."""
        self.is_valid()
        asked = self.cleaned_data
        cases = self._whose(self._state(cases, asked.get("state")), asked.get("whose"))
        if text := asked.get("q"):
            cases = cases.search(text)
        for name in ("practice", "policy_domain", "handler"):
            if asked.get(name):
                cases = cases.filter(**{name: asked[name]})
        if routine := asked.get("routine"):
            cases = cases.applying(routine)
        if day := asked.get("opened_from"):
            cases = cases.filter(opened_at__gte=_start_of(day))
        if day := asked.get("opened_to"):
            cases = cases.filter(opened_at__lt=_start_of(day + timedelta(days=1)))
        return cases.order_by(*ORDER[asked.get("sort") or ""])

    def _whose(self, cases: CaseQuerySet, whose: str | None) -> CaseQuerySet:
        if whose == "mine":
            return cases.filter(handler=self.user)
        if whose == "team":
            return cases.filter(team__in=self.user.standing.teams)
        return cases.shared_with(self.user) if whose == "shared" else cases

    def _state(self, cases: CaseQuerySet, state: str | None) -> CaseQuerySet:
        if state == "all":
            return cases
        return cases.filter(state=state) if state else cases.exclude(state=State.CLOSED)


class RoutineFilter(forms.Form):
    """Which routines."""

    q = forms.CharField(label=_("Code or words"), required=False, max_length=100)
    policy_domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(), label=_("Policy domain"), required=False, to_field_name="code", empty_label=_("All")
    )
    source_type = forms.ChoiceField(
        label=_("Kind of source"), choices=[("", _("All")), *SourceType.choices], required=False
    )

    def apply(self, routines: RoutineQuerySet) -> RoutineQuerySet:
        """The routines asked for, by code."""
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q"):
            routines = routines.search(text)
        if domain := asked.get("policy_domain"):
            routines = routines.filter(policy_domain=domain)
        if source := asked.get("source_type"):
            routines = routines.from_source(source)
        return routines.order_by("code")


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
