"""Form widgets of the house."""

from django import forms


class EuroInput(forms.TextInput):
    """A text box with the euro sign before it and the numeric keys on a phone."""

    template_name = "django/forms/widgets/euro.html"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({"autocomplete": "off", "inputmode": "decimal", **(attrs or {})})
