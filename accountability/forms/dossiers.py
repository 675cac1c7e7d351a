"""What is asked when somebody adds to a dossier."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import DossierNote
from organisation.forms import CheckedText


class NoteForm(CheckedText, forms.Form):
    """A note: in words, or where the letter or the budget line can be found."""

    kind = forms.ChoiceField(label=_("What do you add?"), choices=DossierNote.Kind.choices, initial="remark")
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=120,
        help_text=_("Of a letter or a budget line: the number under which others find it."),
    )
    dated = forms.DateField(label=_("Day"), required=False, help_text=_("Leave empty for today."))
    text = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays as you write it. A mistake is put right by a next note."),
    )

    def clean(self) -> dict[str, Any]:
        """A remark has words; a letter and a budget line have a reference."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        needed = "text" if kind == DossierNote.Kind.REMARK else "reference"
        if kind and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, self.fields[needed].error_messages["required"])
        return cleaned
