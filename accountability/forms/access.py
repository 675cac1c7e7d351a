"""Forms of access requests."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import AccessRequest
from organisation.forms import CheckedText

from .retention import NumberForm

__all__ = ("AccessForm", "NumberForm")


class AccessForm(CheckedText, forms.ModelForm):  # type: ignore[type-arg]
    """Who asked, when, and under which reference."""

    class Meta:
        model = AccessRequest
        fields = ("asker", "asked_on", "reference")
        widgets = {"asker": forms.RadioSelect}
        help_texts = {"reference": _("As it stands in the mail register. Do not write a name here.")}

    def clean_asked_on(self) -> date:
        """Not a day that has yet to come."""
        day: date = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
