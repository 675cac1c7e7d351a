"""A row in words: its fields with their labels, roles instead of names of colleagues, amounts as people read them."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accountability.rules.access_sections import LABELS, MAY, NEVER, NOT_TOLD, SECTIONS
from organisation.kernel.money import euros, from_cents
from organisation.models import Role, Team, User

Pair = tuple[str, str]
EMPTY: tuple[Any, ...] = (None, "", [], {})


def told_fields(model: type[models.Model]) -> list[Any]:
    """The fields that are told: all but what holds the house together and what is left out with a reason."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [each for each in fields if not _holds_together(each) and f"{model._meta.label}.{each.name}" not in NOT_TOLD]


def label_of(each: Any) -> str:
    """What a field is called."""
    return str(LABELS.get(each.name) or capfirst(str(each.verbose_name)))


def _holds_together(each: Any) -> bool:
    """A key, a digest, or the way to another row that is told too."""
    if each.name in NEVER or isinstance(each, models.BinaryField):
        return True
    told = {label for section in SECTIONS for label in section.models}
    return each.related_model is not None and each.related_model._meta.label in told


class Describer:
    """Puts rows in words; remembers the roles of people."""

    def __init__(self) -> None:
        self._roles: dict[Any, str] = {}

    def lines(self, row: Any) -> list[Pair]:
        """What this row says, field by field; what is empty is left out."""
        model = getattr(type(row), "instance_type", type(row))
        said = [(label_of(each), self.text(row, each)) for each in told_fields(model)]
        return [(label, text) for label, text in said if text]

    def text(self, row: Any, each: Any) -> str:
        """One field."""
        if each.many_to_many:
            return self._many(row, each)
        value: Any = None
        with suppress(ObjectDoesNotExist):  # of history: what it pointed at may be gone
            value = getattr(row, each.name)
        if value in EMPTY:
            return ""
        if each.choices:
            return str(getattr(row, f"get_{each.name}_display")())
        if "cents" in each.name:
            return euros(from_cents(value)) if value else ""
        return self._value(value)

    def person(self, person: User) -> str:
        """Their roles today, since a name says more than whoever asks is to know (ADR 0033)."""
        if person.pk not in self._roles:
            labels: dict[Any, Any] = dict(Role.choices)
            self._roles[person.pk] = ", ".join(str(labels.get(role, role)) for role in sorted(person.roles))
        return self._roles[person.pk] or _("a colleague")

    def _many(self, row: Any, each: Any) -> str:
        there = getattr(row, each.name, None)
        if there is None:
            return ""
        past = hasattr(type(row), "instance_type")
        things = [getattr(link, each.m2m_reverse_field_name()) for link in there.all()] if past else there.all()
        return ", ".join(sorted(str(thing) for thing in things))

    def _value(self, value: Any) -> str:
        match value:
            case User():
                return self.person(value)
            case Permission():
                return str(MAY.get(value.codename, value.codename))
            case Group():
                return str(Team.objects.filter(group=value).first() or "–")
            case bool():
                return _("yes") if value else _("no")
            case datetime():
                return date_format(timezone.localtime(value), "DATETIME_FORMAT")
            case date():
                return date_format(value, "j F Y")
            case list():
                return ", ".join(str(each) for each in value)
        return str(value)
