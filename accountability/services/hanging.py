"""Everything that hangs on a case: found by the relations of the models themselves, rows and their history.

A new model that points at a case or a deviation is found without a word here, as long as it goes with what it points
at (`CASCADE`). What does otherwise is named below with the reason; tests/house/test_destruction.py asks for that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

AT_ONCE = 500
Model = type[models.Model]
Keys = dict[Model, set[Any]]

# These would be let go of when the thing goes, yet what is written in them is about that thing: they go too.
FOLLOWED = {
    "deviations.Unease.deviation": "what felt wrong was about this case",
    "learning.Signal.deviation": "the lesson of a review was written about this deviation",
    "accountability.Review.signal": "the review is about the same deviation as the lesson",
    "deviations.Decision.legal_advice": "the decision is about the same deviation as the advice",
}
# These stay, without the link to what was destroyed.
LEFT = {
    "deviations.SpaceRequest.deviation": "a proposal is about a space for many cases, and says nothing of one",
    # Once published it was released without who it is about; what nobody published goes by itself (forgetting.py).
    "learning.ReportStory.link": "a published story leads to nobody",
    "accountability.EditionStory.link": "a published story leads to nobody",
    "accountability.RegisterLine.deviation": "a released line leads to nobody",
}


class Undeclared(Exception):
    """A relation of which nobody said what happens with it when a case is destroyed."""


@dataclass(slots=True)
class Hanging:
    """Keys of live rows, of rows that were deleted before but have a history, and of rows of history themselves."""

    rows: Keys = field(default_factory=lambda: defaultdict(set))
    history: Keys = field(default_factory=lambda: defaultdict(set))

    def of(self, model: Model) -> set[Any]:
        """The keys of one model."""
        return self.rows.get(model, set())

    def named(self) -> Iterator[tuple[str, UUID]]:
        """Type and key of everything that a line of the logbook can be about."""
        for model, keys in self.rows.items():
            if isinstance(model._meta.pk, models.UUIDField):
                yield from ((model._meta.label_lower, key) for key in keys)

    def files(self) -> set[str]:
        """The names of all files, of today and of before."""
        found: set[str] = set()
        for model, keys in self.rows.items():
            names = [each.name for each in model._meta.concrete_fields if isinstance(each, models.FileField)]
            for table in filter(None, [model, history_of(model)] if names else []):
                for name in names:
                    found |= {str(file) for file in _keys(table, own_key(model), keys, name) if file}
        return found


def hanging_on(model: Model, keys: Iterable[Any]) -> Hanging:
    """What hangs on these things, and the things themselves."""
    found, todo = Hanging(), {model: set(keys)}
    while todo:
        here, new = todo.popitem()
        fresh = new - found.rows[here]
        if not fresh:
            continue
        found.rows[here] |= fresh
        for relation in relations(here):
            for target, more in _follow(relation, fresh, found):
                todo.setdefault(target, set()).update(more)
    for each, there in found.rows.items():
        if past := history_of(each):
            found.history[past] |= _keys(past, own_key(each), there, past._meta.pk.attname)
    return found


def relations(model: Model) -> list[Any]:
    """Every foreign key that points at this model, those of history too; but for what stays."""
    known = model._meta.get_fields(include_hidden=True)
    coming_in = [each for each in known if each.auto_created and not each.concrete and not each.many_to_many]
    return [each for each in coming_in if label(each) not in LEFT]


def label(relation: Any) -> str:
    """The name of a foreign key, such as `deviations.Unease.deviation`; that of its history is the same."""
    model = getattr(relation.related_model, "instance_type", relation.related_model)
    return f"{model._meta.label}.{relation.field.name}"


def history_of(model: Model) -> Model | None:
    """The table of the history of a model."""
    manager: Any = getattr(model, "history", None)
    return manager.model if manager is not None else None


def own_key(model: Model) -> str:
    """The name of its key, the same in its history."""
    return str(model._meta.pk.attname)


def rows_of(model: Model, name: str, keys: Iterable[Any]) -> Iterator[models.QuerySet[Any]]:
    """The rows in which this column is one of the keys, some at a time."""
    listed = sorted(keys, key=str)
    for start in range(0, len(listed), AT_ONCE):
        yield model._base_manager.filter(**{f"{name}__in": listed[start : start + AT_ONCE]}).order_by()


def _follow(relation: Any, keys: set[Any], found: Hanging) -> Iterator[tuple[Model, set[Any]]]:
    model: Model = relation.related_model
    name: str = relation.field.name
    live: Model | None = getattr(model, "instance_type", None)
    if live is None:
        if relation.on_delete is not models.CASCADE and label(relation) not in FOLLOWED:
            raise Undeclared(label(relation))
        yield model, _keys(model, name, keys, model._meta.pk.attname)
        return
    found.history[model] |= _keys(model, name, keys, model._meta.pk.attname)
    if (
        history_of(live) is not None and history_of(live) is model
    ):  # not of what is only ticked: that has no history of its own
        yield live, _keys(model, name, keys, own_key(live))


def _keys(model: Model, name: str, keys: set[Any], wanted: str) -> set[Any]:
    return {key for rows in rows_of(model, name, keys) for key in rows.values_list(wanted, flat=True)}
