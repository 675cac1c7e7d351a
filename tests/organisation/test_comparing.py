"""What is typed beside what stands there now, and taking over what stands there: field by field or all of it."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from organisation.comparing import compared, set_against, took_over
from organisation.fields import MoneyField


class ThingForm(forms.Form):
    """A bit of everything."""

    text = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "One"), ("Group", [("b", "Two")])], required=False)
    sides = forms.MultipleChoiceField(
        choices=[("x", "Work"), ("y", "Money")], widget=forms.CheckboxSelectMultiple, required=False
    )
    urgent = forms.BooleanField(label="Urgent", required=False)
    on = forms.DateField(required=False)
    cents = MoneyField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


STORED = {
    "text": "Rent\nis late",
    "kind": "a",
    "sides": ["x"],
    "urgent": True,
    "on": date(2026, 12, 1),
    "cents": 125_000,
}
SENT = {"text": "Rent\r\nis late", "kind": "a", "sides": ["x"], "urgent": "on", "on": "2026-12-01", "cents": "1250"}
SENT |= {"version": "1"}
NOW = ThingForm(initial=STORED | {"version": 2})


def sent(prefix="", **fields):
    data = QueryDict(mutable=True)
    for name, value in (SENT | fields).items():
        name = f"{prefix}-{name}" if prefix and not name.startswith("_") else name
        data.setlist(name, value if isinstance(value, list) else [] if value is None else [value])
    return ThingForm(data, prefix=prefix or None)


def test_the_same_said_as_a_browser_says_it_is_no_difference():
    assert compared(sent(), NOW) == []


@pytest.mark.parametrize(
    ("field", "typed", "before", "after"),
    [
        ("text", "Rent is paid", "Rent\nis late", "Rent is paid"),
        ("text", "", "Rent\nis late", ""),
        ("kind", "b", "One", "Two"),
        ("kind", "nonsense", "One", ""),
        ("sides", ["x", "y"], "Work", "Work, Money"),
        ("sides", None, "Work", ""),
        ("urgent", None, "Ja", "Nee"),
        ("on", "2026-12-02", "1 december 2026", "2 december 2026"),
        ("on", "soon", "1 december 2026", "soon"),
        ("on", "", "1 december 2026", ""),
        ("cents", "1.251", "1.250,00", "1.251,00"),
        ("cents", "a lot", "1.250,00", "a lot"),
    ],
)
def test_each_field_says_what_it_was_and_what_was_typed(field, typed, before, after):
    (difference,) = compared(sent(**{field: typed}), NOW)
    assert (difference.name, difference.before, difference.after) == (field, before, after)


def test_differences_stand_in_the_order_of_the_form_and_hidden_fields_do_not_count():
    assert [each.name for each in compared(sent(cents="1", text="x", version="9"), NOW)] == ["text", "cents"]


def test_a_form_that_was_overtaken_keeps_what_was_typed_and_knows_what_stands_there_now():
    form = sent(text="Mine")
    set_against(form, NOW, "Changed.", version=2)
    assert (form["text"].value(), form["version"].value()) == ("Mine", "2")
    assert (form.conflict.reason, len(form.conflict.differences)) == ("Changed.", 1)


@pytest.mark.parametrize("prefix", ["", "part"])
def test_one_field_is_taken_over_and_the_rest_stays_as_typed(prefix):
    now = ThingForm(initial=STORED, prefix=prefix or None)
    name = f"{prefix}-sides" if prefix else "sides"
    form = sent(prefix, text="Mine", sides=["y"], _take=name)
    assert took_over(form, now, "Changed.")
    assert (form["text"].value(), form["sides"].value()) == ("Mine", ["x"])
    assert [each.label for each in form.conflict.differences] == ["Text"]


def test_everything_is_taken_over_at_once():
    form = sent(text="Mine", kind="b", sides=None, urgent=None, on="soon", cents="a lot", _take="all")
    assert took_over(form, NOW, "Changed.")
    assert form.conflict.differences == []
    assert form.is_valid()
    assert form.cleaned_data["cents"] == 125_000


@pytest.mark.parametrize("asked", ["nothing", "version", "_take"])
def test_a_field_that_does_not_differ_changes_nothing(asked):
    form = sent(text="Mine", _take=asked)
    assert took_over(form, NOW, "Changed.")
    assert form["text"].value() == "Mine"


def test_without_the_button_nothing_is_taken_over():
    form = sent(text="Mine")
    assert not took_over(form, NOW, "Changed.")
    assert not hasattr(form, "conflict")
    assert not took_over(ThingForm(), NOW, "Changed.")
