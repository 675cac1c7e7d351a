"""Forms for answering a request, withdrawing it, and looking back."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from deviations.models.deviations import Outcome, Structural
from deviations.workflow import Action
from organisation.fields import MoneyField
from organisation.forms import CheckedText

LONGEST = 5_000
NEEDED: dict[str, tuple[str, Any]] = {
    Action.AGREE_WITH_CONDITIONS: ("conditions", _("Write the conditions.")),
    Action.RETURN: ("question", _("Write your question.")),
    Action.REFUSE: ("reasons", _("Give your reasons.")),
}


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget)


class AnswerForm(CheckedText, forms.Form):
    """One answer, and the words that go with it."""

    CHOICES: ClassVar = (
        (Action.AGREE.value, _("Agree")),
        (Action.AGREE_WITH_CONDITIONS.value, _("Agree, with conditions")),
        (Action.RETURN.value, _("Return with a question")),
        (Action.REFUSE.value, _("Refuse")),
    )
    action = forms.ChoiceField(label=_("Your answer"), choices=CHOICES, widget=forms.RadioSelect)
    conditions = _text(_("Conditions"), _("Needed when you agree with conditions."))
    question = _text(_("Question to the author"), _("Needed when you return it; the author can change the text."))
    reasons = _text(_("Reasons"), _("Needed when you refuse. The author reads them."))
    alternative = _text(_("What can be done instead?"), _("When you refuse: what does help this resident?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def mark_needed(self) -> None:
        """Leave out the word “optional” at the words that one of the answers asks for."""
        for field, _sentence in NEEDED.values():
            self.fields[field].required = True

    def clean(self) -> dict[str, Any]:
        """Each answer has its own words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        field, sentence = NEEDED.get(cleaned.get("action", ""), ("", ""))
        if field and field not in self.errors and not cleaned.get(field, "").strip():
            self.add_error(field, forms.ValidationError(sentence, code="required"))
        return cleaned


class ReasonsForm(CheckedText, forms.Form):
    """Why, in a few words."""

    reasons = _text(_("Why?"))


class EvaluationForm(CheckedText, forms.Form):
    """Did it help?"""

    helped = forms.ChoiceField(label=_("Did it help?"), choices=Outcome.choices, widget=forms.RadioSelect)
    residents_opinion = _text(_("What does the resident say?"))
    real_cents = MoneyField(label=_("What did it really cost?"), required=False)
    otherwise = _text(_("What would have happened otherwise?"))
    structural = forms.ChoiceField(
        label=_("Was this an incident, or is it structural?"),
        choices=[("", _("Not known yet")), *Structural.choices],
        required=False,
    )
