"""What differs, field by field: between a form and the thing as it stands now, or between two rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext

from organisation.kernel.access import Sentence
from organisation.kernel.differences import Difference

TAKE = "_take"  # the name of the buttons that take over what stands there now
ALL = "all"


@dataclass(frozen=True)
class Conflict:
    """Somebody saved another version meanwhile: why the form was not saved, and where it differs from what is there."""

    reason: Sentence
    differences: list[Difference]


def set_against(form: Any, now: forms.BaseForm, reason: Sentence, **seen: Any) -> None:
    """Let `<c-form>` show what is typed beside what stands there now: a form of the thing, not sent.

    `seen`: hidden fields that name what was read, renewed, so that the next attempt knows what stands there.
    """
    data = form.data.copy()
    for name, value in seen.items():
        data[form.add_prefix(name)] = str(value)
    form.data, form.conflict = data, Conflict(reason, compared(form, now))


def compared(form: forms.BaseForm, now: forms.BaseForm) -> list[Difference]:
    """The visible fields that both forms have and that say something else; before is what stands there now."""
    found = []
    for name in form.fields.keys() & now.fields.keys():
        typed, stands = form[name], now[name]
        if not typed.is_hidden and (words := (_words(stands), _words(typed)))[0] != words[1]:
            found.append(Difference(typed.label, *words, name=typed.html_name))
    order = [form.add_prefix(name) for name in form.fields]
    return sorted(found, key=lambda difference: order.index(difference.name))


def took_over(form: Any, now: forms.BaseForm, reason: Sentence) -> bool:
    """Put what stands there now in the field whose button was pressed, or in all of them; whether there was one.

    Nothing is saved: the form is shown again (409), with the rest as it was typed and what differs still.
    """
    asked = form.data.get(TAKE, "") if form.is_bound else ""
    if not asked:
        return False
    data = form.data.copy()
    del data[TAKE]
    for difference in compared(form, now):
        if asked in (ALL, difference.name):
            name = difference.name.removeprefix(form.add_prefix(""))
            data.setlist(difference.name, as_sent(now[name]))
    form.data = data
    set_against(form, now, reason)
    return True


def as_sent(bound: forms.BoundField) -> list[str]:
    """What a browser sends for a field as it is shown."""
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] if bound.value() else []
    shown = bound.field.widget.format_value(bound.value())
    if shown is None or shown == "":
        return []
    return [str(each) for each in shown] if isinstance(shown, list | tuple) else [str(shown)]


def text_differences(before: models.Model, after: models.Model, names: Iterable[str]) -> list[Difference]:
    """The named fields that differ between two rows of one model."""
    found = []
    for name in names:
        field: Any = after._meta.get_field(name)
        old, new = (_shown(row, field) for row in (before, after))
        if old != new:
            found.append(Difference(field.verbose_name, old, new, name))
    return found


def _shown(row: models.Model, field: Any) -> str:
    return str(getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name))


def _words(bound: forms.BoundField) -> str:
    """What the field says, for people: labels of choices, a day in words, money as we write it."""
    field: Any = bound.field
    if hasattr(field, "choices"):
        return _labels(field, set(as_sent(bound)))
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if bound.value() else gettext("No")
    try:
        value = field.to_python(bound.value())
    except ValidationError:
        return str(bound.value())
    if isinstance(field, forms.DateField) and value:
        return formats.date_format(value)
    shown = field.prepare_value(value)
    return "" if shown is None else str(shown).replace("\r\n", "\n").strip()


def _labels(field: Any, chosen: set[str]) -> str:
    labels: list[str] = []
    for key, label in field.choices:
        members = label if isinstance(label, list | tuple) else [(key, label)]
        labels += [str(each) for value, each in members if value not in (None, "") and str(value) in chosen]
    return ", ".join(labels)
