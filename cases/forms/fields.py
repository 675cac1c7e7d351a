"""What several forms of cases share: choices that belong together, and the key that makes a form count once."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone

from cases.models import Routine
from organisation.kernel.ids import new_id

LONGEST = 10_000  # characters of a long text


class GroupedChoices(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices under the name of what they belong to: `field.group_by` names it."""

    def __iter__(self) -> Any:
        """An empty choice first when the field has one, then a group at a time."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        field: Any = self.field
        rows: Iterable[Any] = self.queryset.all()
        for group, members in groupby(rows, key=lambda row: str(field.group_by(row))):
            yield group, [self.choice(row) for row in members]


class RoutineLabel:
    """How a routine is named in a choice."""

    @staticmethod
    def group_by(routine: Routine) -> str:
        """Its policy domain."""
        return routine.policy_domain.label

    def label_from_instance(self, routine: Routine) -> str:
        """Title first: codes are for those who know them."""
        return f"{routine.title} ({routine.code})"


class RoutineField(RoutineLabel, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One routine of those in force, grouped by policy domain."""

    iterator = GroupedChoices


class RoutinesField(RoutineLabel, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any number of the routines in force, grouped by policy domain."""

    iterator = GroupedChoices
    widget = forms.CheckboxSelectMultiple


def long_text(**kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    rows = kwargs.pop("rows", 4)
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def once() -> forms.UUIDField:
    """The key of what the form will make: the same form sent twice makes it once."""
    return forms.UUIDField(widget=forms.HiddenInput, required=False, initial=new_id)


def choices(form: forms.Form, name: str) -> Any:
    """A field with choices, to set them from what holds today."""
    return form.fields[name]


def by_domain(field: forms.BoundField, queryset: Any, open_at: set[str]) -> list[dict[str, Any]]:
    """The ticks of routines under their domain; open are the domains named and those with a tick."""
    groups: dict[str, list[Any]] = {}
    domains = {str(each.pk): each.policy_domain.label for each in queryset}
    for option in field:
        groups.setdefault(domains[str(option.data["value"])], []).append(option)
    return [
        {
            "label": label,
            "options": options,
            "ticked": (ticked := sum(bool(option.data["selected"]) for option in options)),
            "open": bool(ticked) or label in open_at,
        }
        for label, options in groups.items()
    ]


def routines_in_force() -> Any:
    """Routines with a version that holds today, domain by domain."""
    return Routine.objects.active().select_related("policy_domain").order_by("policy_domain__label_nl", "code")


def this_minute() -> Any:
    """Now, as a picker of a moment wants it."""
    return timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
