"""Forms for signals: which are shown, and why one is dismissed."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learning.models import Signal
from learning.rules.findings import Kind
from learning.workflow import SignalState
from organisation.forms import CheckedText

OPEN = "open"


class SignalFilter(forms.Form):
    """Which signals are shown: the open ones unless asked otherwise."""

    state = forms.ChoiceField(
        label=_("Status"),
        choices=[(OPEN, _("Open")), *SignalState.choices, ("all", _("All"))],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Kind.choices], required=False)

    def apply(self, rows: "QuerySet[Signal]") -> "QuerySet[Signal]":
        """The signals that fit; a value that does not exist is as if nothing was chosen."""
        chosen = self.cleaned_data if self.is_valid() else {}
        state = chosen.get("state") or OPEN
        if state == OPEN:
            rows = rows.filter(state__in=(SignalState.NEW, SignalState.TRIAGED))
        elif state != "all":
            rows = rows.filter(state=state)
        return rows.filter(kind=chosen["kind"]) if chosen.get("kind") else rows


class DismissForm(CheckedText, forms.Form):
    """Why nothing has to be learnt from this."""

    reasons = forms.CharField(
        label=_("Why does nothing have to be learnt from this?"),
        help_text=_("Colleagues read this. The signal comes back only when it grows."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        max_length=2000,
    )
