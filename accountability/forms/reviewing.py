"""What is asked when a round is drawn, and when somebody reviews or responds."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models.reviewing import Verdict
from organisation.forms import CheckedText

LONGEST = 2000


def _text(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DrawForm(forms.Form):
    """Up to which day there is drawn from."""

    until = forms.DateField(label=_("Up to and including"), help_text=_("A day before today."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate() - timedelta(days=1)


class AnswerForm(CheckedText, forms.Form):
    """One of three answers, with why."""

    verdict = forms.ChoiceField(label=_("What do you think of it?"), choices=Verdict.choices, widget=forms.RadioSelect)
    reasons = _text(
        _("Why, or what can be learnt?"),
        _(
            "The author, the manager and internal control read this. Write about the decision, nothing about the "
            "resident. Policy staff read a lesson, without knowing from which deviation it comes."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Only what is simply sound needs no words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        verdict = cleaned.get("verdict")
        if verdict and verdict != Verdict.SOUND and not cleaned.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", self.fields["reasons"].error_messages["required"])
        return cleaned


class ResponseForm(CheckedText, forms.Form):
    """What the author says to it."""

    response = _text(
        _("Your response"),
        _("The reviewer and internal control read this. You respond once. Write nothing about the resident."),
    )
