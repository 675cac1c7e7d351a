"""Forms of what is kept and what goes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.services.overseeing_retention import found
from cases.forms.keeping import HoldForm
from cases.models import Case, RetentionClass
from cases.rules.keeping import Duration, NoDuration
from organisation.forms import CheckedText


class MakeForm(forms.Form):
    """Up to which day."""

    up_to = forms.DateField(label=_("Due up to and including"), required=False)

    def clean_up_to(self) -> Any:
        """Not later than today: nothing goes before its day."""
        day = self.cleaned_data["up_to"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ReasonForm(CheckedText, forms.Form):
    """Why a line is taken off, or why a list is given back."""

    why = forms.CharField(label=_("Why?"), max_length=300)


class NumberForm(forms.Form):
    """Which case, by its number: who asks does not search among cases."""

    number = forms.CharField(
        label=_("Case number"), max_length=60, help_text=_("The whole number, of this system or of the case system.")
    )
    case: Case | None = None

    def clean_number(self) -> str:
        """There is a case with exactly this number."""
        number: str = self.cleaned_data["number"].strip()
        self.case = found(number)
        if self.case is None:
            raise forms.ValidationError(_("There is no case with this number."))
        return number


class HoldByNumberForm(NumberForm, HoldForm):
    """A hold on a case that is known by its number."""

    unchecked = ("number",)
    field_order = ("number", "kind", "reason")


class ClassForm(forms.ModelForm):  # type: ignore[type-arg]
    """A retention class."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    keep = forms.CharField(
        label=_("Retention period"),
        help_text=_("For example: 10 years, 6 months or 42 days."),
        max_length=40,
        required=False,
    )

    class Meta:
        model = RetentionClass
        fields = (
            "code", "label_nl", "label_en", "permanent", "keep", "starts", "source", "policy_domains", "valid_from",
            "valid_until",
        )  # fmt: skip
        widgets = {"policy_domains": forms.CheckboxSelectMultiple}
        help_texts = {"valid_until": _("Closed after this day. What used it keeps it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.keep:
            self.initial["keep"] = str(self.instance.duration)
        if not self.instance._state.adding:
            del self.fields["code"]

    def clean_keep(self) -> str:
        """A duration that we can reckon with."""
        said: str = self.cleaned_data["keep"]
        try:
            return Duration.notation(said) if said.strip() else ""
        except NoDuration as fault:
            raise forms.ValidationError(_("Write it like this: 10 years, 6 months or 42 days.")) from fault

    def clean(self) -> dict[str, Any]:
        """For ever, or for a period; and the last day not before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "keep" in cleaned and bool(cleaned["keep"]) == bool(cleaned.get("permanent")):
            self.add_error("keep", _("Choose a period, or tick that it is kept for ever."))
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Choose a later day."))
        return cleaned
