"""The form that asks for evidence from the logbook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.forms import CheckedText


class EvidenceForm(CheckedText, forms.Form):
    """Why it is asked for, and about which days."""

    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: a complaint, an objection, a question of the accountant. It stands in the file."),
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(
        label=_("Up to and including"), required=False, help_text=_("Leave both open for everything.")
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a later day."))
        return cleaned
