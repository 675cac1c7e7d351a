"""Which half-year is looked at, and why one is counted again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import Comparison
from organisation.forms import CheckedText


class HalfFilter(forms.Form):
    """A half-year from those that are frozen; in the address, so that it can be kept and shared."""

    half = forms.ChoiceField(label=_("Half-year"), required=False)

    def __init__(self, data: Any, made: Sequence[Comparison]) -> None:
        super().__init__(data)
        self.made = {str(each.period): each for each in made}
        choices: Any = self.fields["half"]
        choices.choices = [(code, str(each)) for code, each in self.made.items()]

    @property
    def chosen(self) -> Comparison | None:
        """The half-year that was asked for, else the newest; None when there are none."""
        asked = self.cleaned_data.get("half") if self.is_valid() else ""
        return self.made.get(asked or "") or next(iter(self.made.values()), None)


class AgainForm(CheckedText, forms.Form):
    """Why a half-year is counted again."""

    note = forms.CharField(
        label=_("Why is it counted again?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
        help_text=_("For example: a register was brought in afterwards. What was hidden before stays hidden."),
    )
