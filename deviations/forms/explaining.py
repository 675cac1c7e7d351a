"""The form in which the reasons for the letter are adjusted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.checking import CheckedText

LONGEST = 20_000


class LetterForm(CheckedText, forms.Form):
    """The text, and nothing else."""

    text = forms.CharField(
        label=_("Text for the letter"),
        help_text=_("Adjust it as you like. Names and addresses come in the letter itself, not here."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 22, "lang": "nl", "data-count": LONGEST}),
    )
