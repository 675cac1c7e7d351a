"""Forms of what is written in a case: journal entries, corrections, agreements, routines applied."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Agreement, Case, JournalEntry
from organisation.forms import CheckedText

from .fields import RoutineField, choices, long_text, once, routines_in_force, this_minute


class EntryForm(CheckedText, forms.Form):
    """A journal entry."""

    kind = forms.ChoiceField(label=_("Kind"), choices=JournalEntry.Kind.choices)
    occurred_at = forms.DateTimeField(
        label=_("When"),
        initial=this_minute,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"step": 60}),
    )
    text = long_text(label=_("What happened?"), help_text=_("Write so that the resident may read it. No names."))
    key = once()

    def clean_occurred_at(self) -> Any:
        """The journal tells what has happened, not what will."""
        moment = self.cleaned_data["occurred_at"]
        if moment > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("This moment is still to come. Record an agreement for what will happen."))
        return moment


class ChangeEntryForm(EntryForm):
    """An own entry that is less than a day old; `seen` is the fingerprint of what was read."""

    key = None  # type: ignore[assignment]
    seen = forms.CharField(widget=forms.HiddenInput)
    unchecked = ("seen",)

    @staticmethod
    def of(entry: JournalEntry) -> dict[str, Any]:
        """What the entry says, to begin with."""
        return {
            "kind": entry.kind,
            "occurred_at": entry.occurred_at,
            "text": entry.text,
            "seen": entry.fingerprint,
        }


class AddendumForm(CheckedText, forms.Form):
    """A correction below an entry."""

    text = long_text(label=_("Correction or addition"), rows=3)
    key = once()


class AgreementForm(CheckedText, forms.Form):
    """Who does what by when."""

    what = forms.CharField(label=_("What was agreed?"), max_length=300)
    party = forms.ChoiceField(
        label=_("Who does it?"), choices=Agreement.Party.choices, initial=Agreement.Party.MUNICIPALITY
    )
    due_on = forms.DateField(label=_("By when?"))
    key = once()


class ApplyForm(forms.Form):
    """One more routine."""

    routine = RoutineField(None, label=_("Routine"), empty_label=_("Choose a routine"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "routine").queryset = routines_in_force().exclude(uses__case=case)
