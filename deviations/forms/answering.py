"""Forms for answering a request, withdrawing it, and looking back."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation
from deviations.models.deviations import Outcome, Structural
from deviations.workflow import Action
from organisation.checking import CheckedText
from organisation.fields import MoneyField
from organisation.kernel.money import euros, from_cents

LONGEST = 5_000
BOARD = ("board_on", "board_reference")
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
    differs = _text(_("What makes this one different?"))
    board_on = forms.DateField(
        label=_("When did the executive board decide?"),
        required=False,
        help_text=_("Needed when you agree: this deviation weighs D."),
    )
    board_reference = forms.CharField(
        label=_("Reference of its decision"),
        required=False,
        max_length=120,
        help_text=_("Under which number or name can it be found again?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, board: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board

    def clean_board_on(self) -> Any:
        """The board has decided, or not yet."""
        day = self.cleaned_data["board_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def mark_needed(self) -> None:
        """Leave out the word “optional” at the words that one of the answers asks for."""
        for field in ("differs", *(name for name, _sentence in NEEDED.values()), *BOARD):
            self.fields[field].required = True

    def clean(self) -> dict[str, Any]:
        """Each answer has its own words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        field, sentence = NEEDED.get(cleaned.get("action", ""), ("", ""))
        if field and field not in self.errors and not cleaned.get(field, "").strip():
            self.add_error(field, forms.ValidationError(sentence, code="required"))
        if self.board and cleaned.get("action") in (Action.AGREE, Action.AGREE_WITH_CONDITIONS):
            for name in BOARD:
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, forms.ValidationError(_("Fill in what the board decided."), code="required"))
        return cleaned


class ReasonsForm(CheckedText, forms.Form):
    """Why, in a few words."""

    reasons = _text(_("Why?"))
    use_required_attribute = False

    def __init__(self, *args: Any, box: str, optional: bool = False, **kwargs: Any) -> None:
        """`box` tells two on one page apart."""
        super().__init__(*args, **{"auto_id": f"{box}_%s", **kwargs})
        self.fields["reasons"].required = not (optional or self.is_bound)  # the service says when they are missing


class EvaluationForm(CheckedText, forms.Form):
    """Did it help? What is known already stands there: one minute is enough."""

    helped = forms.ChoiceField(label=_("Did it help?"), choices=Outcome.choices, widget=forms.RadioSelect)
    residents_opinion = _text(_("What does the resident say?"), _("In a few words, without a name."))
    real_cents = MoneyField(label=_("What did it really cost?"), required=False)
    otherwise = _text(_("What would have happened otherwise?"), _("As you see it now."))
    structural = forms.ChoiceField(
        label=_("Was this an incident, or is it structural?"),
        choices=[("", _("Not known yet")), *Structural.choices],
        required=False,
    )

    def __init__(self, *args: Any, deviation: Deviation, **kwargs: Any) -> None:
        known = {"real_cents": deviation.amount_cents or None, "structural": deviation.structural}
        super().__init__(*args, **kwargs)
        self.initial = {**known, **self.initial}
        expected = euros(from_cents(deviation.amount_cents))
        self.fields["real_cents"].help_text = _("Expected: %(amount)s. Leave empty when you do not know.") % {
            "amount": expected
        }
