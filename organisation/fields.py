"""Form fields of the house: money in euros on the screen, in whole cents underneath."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from organisation.kernel.money import euros, from_cents

from .widgets import EuroInput

# Far above any amount a deviation costs, far below what a 64-bit column holds.
LARGEST_CENTS = 100_000_000_00
_NOT_AMOUNT = _("Write an amount in euros, such as 1.234,50.")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def cents_from(text: str) -> int | None:
    """Whole cents from what people type: `1.234,50`, `1234.5`, `€ 1 234`, `840,-`. None when it is no amount.

    A mark with three figures behind it groups thousands, as in Dutch habit; with one or two it starts the cents.
    """
    amount = re.sub(r"[€\s]", "", text)
    amount = re.sub(r"[.,](-|–)$", "", amount)
    whole, fraction = amount, ""
    if found := re.fullmatch(r"(.*)[.,](\d{1,2})", amount, flags=re.ASCII):
        whole, fraction = found.groups()
    if _GROUPED.fullmatch(whole) and len(set(re.findall(r"[.,]", whole))) == 1:
        whole = re.sub(r"[.,]", "", whole)
    if not re.fullmatch(r"\d{1,12}", whole, flags=re.ASCII):
        return None
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


class MoneyField(forms.Field):
    """Euros typed with a comma or a point; the cleaned value is a number of whole cents, or None when left empty."""

    widget = EuroInput
    default_error_messages = {
        "invalid": _NOT_AMOUNT,
        "negative": _("Write an amount of zero or more."),
        "too_much": _("This is more than %(limit)s. Check the amount."),
    }

    def __init__(self, *, max_cents: int = LARGEST_CENTS, **kwargs: Any) -> None:
        self.max_cents = max_cents
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Cents from text."""
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if re.match(r"€?\s*[-–]\s*\d", text):
            raise ValidationError(self.error_messages["negative"], code="negative")
        cents = cents_from(text)
        if cents is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if cents > self.max_cents:
            limit = euros(from_cents(self.max_cents))
            raise ValidationError(self.error_messages["too_much"], code="too_much", params={"limit": limit})
        return cents

    def prepare_value(self, value: Any) -> Any:
        """Cents as `1.234,50`; what somebody typed stays as it was typed."""
        if isinstance(value, int) and not isinstance(value, bool):
            return number_format(from_cents(value), decimal_pos=2, use_l10n=True, force_grouping=True)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the amount differs, however it was written."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True
