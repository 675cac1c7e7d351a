"""Nothing can hang on a case without somebody having said what happens with it when the case is destroyed."""

from django.apps import apps
from django.db import models

from accountability.services import hanging
from cases.models import Case


def everything():
    """Each foreign key that leads to a case, of live tables."""
    seen, todo = set(), [Case]
    while todo:
        model = todo.pop()
        for relation in model._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or relation.many_to_many:
                continue
            there = relation.related_model
            if hasattr(there, "instance_type") or hanging.label(relation) in seen:
                continue
            seen.add(hanging.label(relation))
            yield relation
            if hanging.label(relation) not in hanging.LEFT:
                todo.append(there)


def test_every_row_that_points_at_a_case_goes_with_it_or_is_named_with_the_reason():
    named = {*hanging.FOLLOWED, *hanging.LEFT}
    assert [
        hanging.label(each)
        for each in everything()
        if each.on_delete is not models.CASCADE and hanging.label(each) not in named
    ] == []


def test_what_is_named_is_there():
    labels = {hanging.label(each) for each in everything()}
    assert {*hanging.FOLLOWED, *hanging.LEFT} <= labels


def test_what_stays_lets_go_of_what_it_came_from():
    for each in everything():
        if hanging.label(each) in hanging.LEFT:
            assert each.on_delete is models.SET_NULL, hanging.label(each)


def test_every_history_is_found():
    live = {Case, *(each.related_model for each in everything() if hanging.label(each) not in hanging.LEFT)}
    kept = {model for model in apps.get_models() if hasattr(model, "instance_type")}
    assert {hanging.history_of(model) for model in live} - {None} <= kept
