"""What destruction finds on a case, the answer to an access request tells: no model and no field is forgotten."""

import pytest
from django.apps import apps
from django.db import models

from accountability.rules.access_sections import HELD_BACK, LABELS, MACHINERY, NOT_TOLD, SECTIONS
from accountability.services import describing
from cases.models import Case

from .test_destruction import everything

TOLD = {label: told for section in SECTIONS for label, told in section.models.items()}


def hanging_models() -> set[type[models.Model]]:
    """All that hangs on a case, and what leads to one from elsewhere; ticks between two things count with the thing."""
    found = {Case, *(each.related_model for each in everything())}
    return {model for model in found if not model._meta.auto_created}


def test_every_model_that_is_destroyed_with_a_case_is_told_or_held_back_with_the_reason():
    assert {model._meta.label for model in hanging_models()} == {*TOLD, *HELD_BACK, *MACHINERY}
    assert not TOLD.keys() & (HELD_BACK.keys() | MACHINERY.keys())


def test_what_is_left_out_is_there():
    for name in NOT_TOLD:
        label, _dot, field = name.rpartition(".")
        assert label in TOLD, name
        assert apps.get_model(label)._meta.get_field(field), name


@pytest.mark.parametrize("label", sorted(TOLD))
def test_every_field_that_is_told_has_a_name_for_people(label):
    for field in describing.told_fields(apps.get_model(label)):
        given = field.verbose_name != field.name.replace("_", " ")
        assert given or field.name in LABELS, f"{label}.{field.name}"
        assert not isinstance(field, models.JSONField), f"{label}.{field.name}"


@pytest.mark.parametrize("label", sorted(TOLD))
def test_the_field_that_dates_it_is_one(label):
    if at := TOLD[label].at:
        assert isinstance(apps.get_model(label)._meta.get_field(at), models.DateField), label
