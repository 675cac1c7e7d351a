"""Amounts as people read them."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from organisation.kernel.money import euros, from_cents


@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [
        ("nl", "1840.5", "€\xa01.840,50"),
        ("en", "1840.5", "€\xa01,840.50"),
        ("nl", "0", "€\xa00,00"),
        ("nl", "1234567.89", "€\xa01.234.567,89"),
    ],
)
def test_an_amount_is_written_in_the_language_of_the_reader(language: str, amount: str, text: str) -> None:
    with override(language):
        assert euros(Decimal(amount)) == text


@pytest.mark.parametrize(("cents", "amount"), [(0, "0"), (5, "0.05"), (184050, "1840.50")])
def test_stored_cents_are_whole_euros_and_cents(cents: int, amount: str) -> None:
    assert from_cents(cents) == Decimal(amount)
