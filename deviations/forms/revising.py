"""The form in which an author changes what was decided on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deviations.rules.changing import ADDITIONS

from .writing import LONGEST, DeviationForm

QUICK = (
    "routine", "kind", "if_followed", "instead", "why_here", "belongs_or_helps", "urgency", "acted_on", "amount_cents",
)  # fmt: skip
OWN = ("reasons", "version", "reply")


class RevisionForm(DeviationForm):
    """Everything the author wrote, and why it changes now."""

    reasons = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("The manager reads this with your new request."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        del self.fields["reply"], self.fields["differs"]

    def additions(self) -> list[forms.BoundField]:
        """What may be filled in without asking again."""
        return [self[name] for name in self.fields if name in ADDITIONS]

    def quick(self) -> list[forms.BoundField]:
        """What was decided on, as far as everybody writes it."""
        return [self[name] for name in QUICK]

    def more(self) -> list[forms.BoundField]:
        """The rest of what was decided on."""
        return [self[name] for name in self.fields if name not in {*QUICK, *ADDITIONS, *OWN}]

    def said(self) -> dict[str, Any]:
        """What was typed, for the service."""
        fields = {name: value for name, value in self.written().items() if name not in OWN}
        return {
            "fields": fields,
            "reasons": self.cleaned_data["reasons"],
            "version": self.cleaned_data["version"],
        }
