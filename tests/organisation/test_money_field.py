"""Euros go in the way people write them; whole cents come out."""

import pytest
from django.utils import translation

from organisation.fields import MoneyField, cents_from
from organisation.templatetags.house import money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("840", 84_000),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1234.5", 123_450),
        ("€ 1 234", 123_400),
        ("1.234", 123_400),
        ("1.234.567", 123_456_700),
        ("840,-", 84_000),
        ("0,05", 5),
    ],
)
def test_an_amount_is_read_however_it_is_written(typed, cents):
    assert cents_from(typed) == cents
    assert MoneyField().clean(typed) == cents


@pytest.mark.parametrize("typed", ["about 800", "12.34.56", "1.2345", "1,234.567,8", "1e5", "٣"])
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(Exception, match=r"1\.234,50"):
        MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["-5", "€ -5", "–12,00"])
def test_less_than_nothing_is_refused(typed):
    with translation.override("en"), pytest.raises(Exception, match="zero or more"):
        MoneyField().clean(typed)


def test_more_than_the_limit_is_refused_and_the_limit_is_named():
    with translation.override("nl"), pytest.raises(Exception, match=r"1\.500,00"):
        MoneyField(max_cents=150_000).clean("1500,01")


def test_empty_is_nothing_unless_it_is_required():
    assert MoneyField(required=False).clean("") is None
    with pytest.raises(Exception, match=r"\w"):
        MoneyField().clean("")


def test_cents_are_shown_as_dutch_euros_and_typed_text_stays_as_it_was():
    with translation.override("nl"):
        assert MoneyField().prepare_value(123_450) == "1.234,50"
        assert MoneyField().prepare_value("1234.5") == "1234.5"
        assert money(123_450) == "€\N{NO-BREAK SPACE}1.234,50"
        assert money(None) == "–"


def test_another_way_of_writing_is_no_change():
    assert not MoneyField().has_changed(123_450, "1234,5")
    assert MoneyField().has_changed(123_450, "1234,6")
    assert MoneyField().has_changed(123_450, "much")
