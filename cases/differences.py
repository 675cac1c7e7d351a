"""Two texts beside each other: which words went, which came."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.db import models

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 4_000  # beyond this, comparing word by word takes longer than a reader waits


@dataclass(frozen=True)
class Difference:
    """One field that says something else: both texts, and the pieces of the one turned into the other."""

    label: Any
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...]


def pieces_of(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The pieces `same`, `gone` and `new`, in reading order."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    if len(old) + len(new) > MOST_WORDS:
        return ((GONE, before), (NEW, after))
    found: list[tuple[str, str]] = []
    for what, from_, to, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(old[from_:to])))
            continue
        if to > from_:
            found.append((GONE, "".join(old[from_:to])))
        if end > start:
            found.append((NEW, "".join(new[start:end])))
    return tuple(found)


def difference(label: Any, before: str, after: str) -> Difference:
    """Both texts, compared."""
    return Difference(label, before, after, pieces_of(before, after))


def field_differences(form: forms.Form, thing: models.Model) -> list[Difference]:
    """The fields of a checked form that say something else than the thing does now; before is the thing."""
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or name not in form.cleaned_data:
            continue
        now, typed = _words(getattr(thing, name), field), _words(form.cleaned_data[name], field)
        if now != typed:
            found.append(difference(field.label, now, typed))
    return found


def text_differences(before: models.Model, after: models.Model, names: Iterable[str]) -> list[Difference]:
    """The named fields that differ between two rows of one model."""
    found = []
    for name in names:
        field: Any = after._meta.get_field(name)
        old, new = (_shown(row, field) for row in (before, after))
        if old != new:
            found.append(difference(field.verbose_name, old, new))
    return found


def _shown(row: models.Model, field: Any) -> str:
    return str(getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name))


def _words(value: Any, field: forms.Field) -> str:
    if hasattr(value, "all"):
        return ", ".join(sorted(str(each) for each in value.all()))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return "" if value is None else str(value)
