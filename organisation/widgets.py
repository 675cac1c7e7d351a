"""Form widgets of the house: euros, and a scale between two words."""

from typing import Any

from django import forms
from django.utils.functional import Promise


class EuroInput(forms.TextInput):
    """A text box with the euro sign before it and the numeric keys on a phone."""

    template_name = "django/forms/widgets/euro.html"


class ScaleInput(forms.NumberInput):
    """A slider between two words, for a question with two sides."""

    input_type = "range"
    template_name = "django/forms/widgets/scale.html"

    def __init__(self, *, left: str | Promise, right: str | Promise, attrs: dict[str, Any] | None = None) -> None:
        self.left, self.right = left, right
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The words at both ends go with it."""
        context = super().get_context(name, value, attrs)
        context["widget"].update(left=self.left, right=self.right)
        return context
