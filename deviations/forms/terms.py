"""Forms of grounds and causes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import SourceType
from deviations.models import Cause, Ground


class _TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """The code is chosen once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["code"]

    def clean_code(self) -> str:
        """It stands in addresses and files."""
        code: str = self.cleaned_data["code"].strip()
        if not code.replace("-", "").replace("_", "").isalnum() or not code.isascii() or code.lower() == "new":
            raise forms.ValidationError(_("Use letters, figures and hyphens only."), code="invalid")
        return code

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", forms.ValidationError(_("Choose a later day."), code="date"))
        return cleaned


class GroundForm(_TermForm):
    """A legal ground."""

    source_types = forms.MultipleChoiceField(
        label=_("In which kinds of source does it give room?"),
        help_text=_("None ticked means: in every kind."),
        choices=SourceType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Ground
        fields = (
            "code", "label_nl", "label_en", "kind", "weight", "article", "when_applies", "to_show", "source_types",
            "policy_domains", "valid_from", "valid_until",
        )  # fmt: skip
        widgets = {
            "when_applies": forms.Textarea(attrs={"rows": 3}),
            "to_show": forms.Textarea(attrs={"rows": 3}),
            "policy_domains": forms.CheckboxSelectMultiple,
        }
        help_texts = {"valid_until": _("Closed after this day. What used it keeps it.")}


class CauseForm(_TermForm):
    """What in the system made a routine misfire."""

    class Meta:
        model = Cause
        fields = ("code", "label_nl", "label_en", "valid_from", "valid_until")
        help_texts = {"valid_until": _("Closed after this day. What used it keeps it.")}
