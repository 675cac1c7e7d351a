"""Amounts of money as people read them."""

from decimal import Decimal

from django.utils.formats import number_format

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def from_cents(cents: int) -> Decimal:
    """Whole cents, as they are stored, in euros."""
    return Decimal(cents) / 100


def euros(amount: Decimal) -> str:
    """The amount in the active language, "€ 1,840.50" or "€ 1.840,50", never broken over two lines."""
    return f"€{NO_BREAK_SPACE}{number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)}"
