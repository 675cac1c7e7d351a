"""Forms of the building blocks, of the self-scan and of the trust pulse."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import BuildingBlock, ScanAnswer
from accountability.models.pulses import QUESTIONS
from organisation.forms import CheckedText

LONGEST = 1_500
USUAL_DAYS = 21  # that a trust pulse can be answered
SCORES = (
    (1, _("1: we have not begun")),
    (2, _("2: here and there")),
    (3, _("3: on the way")),
    (4, _("4: it mostly works")),
    (5, _("5: it goes without saying")),
)
AGREES = (
    (1, _("1: not at all")),
    (2, _("2: hardly")),
    (3, _("3: somewhat")),
    (4, _("4: mostly")),
    (5, _("5: fully")),
)


class BlockForm(forms.ModelForm):  # type: ignore[type-arg]
    """A building block. The code is chosen once."""

    class Meta:
        model = BuildingBlock
        fields = (
            "code", "order", "label_nl", "label_en", "question", "asks", "is_reconstruction", "valid_from",
            "valid_until",
        )  # fmt: skip
        widgets = {"question": forms.Textarea(attrs={"rows": 2}), "asks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"valid_until": _("Closed after this day. What used it keeps it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["code"]

    def clean_code(self) -> str:
        """It stands in addresses."""
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


class ScanAnswerForm(CheckedText, forms.Form):
    """How far the team is with one block, and from what that shows."""

    score = forms.TypedChoiceField(label=_("How far are we?"), choices=SCORES, coerce=int, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("From what does that show?"),
        max_length=LONGEST,
        help_text=_("Something that happened, or a figure. No names of residents or colleagues."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def of(answer: ScanAnswer | None) -> dict[str, Any]:
        """What stands there, to begin with."""
        if answer is None:
            return {"seen": 0}
        return {"score": answer.score, "evidence": answer.evidence, "seen": answer.version}


class PulseForm(forms.Form):
    """Both questions. Nothing typed here is kept in between: a draft would have a name on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (_short, words) in QUESTIONS.items():
            self.fields[f"question_{number}"] = forms.TypedChoiceField(
                label=words, choices=AGREES, coerce=int, widget=forms.RadioSelect
            )

    @property
    def values(self) -> dict[int, int]:
        """The answer to each question."""
        return {number: self.cleaned_data[f"question_{number}"] for number in QUESTIONS}


class PulseOpenForm(forms.Form):
    """Until when a pulse can be answered."""

    closes_on = forms.DateField(
        label=_("Can be answered up to and including"),
        initial=lambda: timezone.localdate() + timedelta(days=USUAL_DAYS),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
