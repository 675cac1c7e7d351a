"""Forms of a learning report: which quarter, and the three parts of its story."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.forms import CheckedText
from organisation.kernel.periods import Period, Quarter

OFFERED = 8


class MakeForm(CheckedText, forms.Form):
    """A quarter that is over."""

    quarter = forms.ChoiceField(label=_("About which quarter?"))
    note = forms.CharField(
        label=_("What changed since the edition before?"),
        help_text=_("Only when there is an edition about this quarter already."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        over = Period.of(timezone.now()).quarter.first - 1
        quarters = [(over - 3 * back).quarter for back in range(OFFERED)]
        field: Any = self.fields["quarter"]
        field.choices = [(str(quarter), quarter.label) for quarter in quarters]

    @property
    def chosen(self) -> Quarter:
        """The quarter that was chosen."""
        year, number = self.cleaned_data["quarter"].split("-Q")
        return Quarter(int(year), int(number))


class NarrativeForm(CheckedText, forms.Form):
    """The story in three parts."""

    bottlenecks = forms.CharField(label=_("Bottlenecks"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    lessons = forms.CharField(label=_("What we learnt"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    done = forms.CharField(label=_("What was done with it"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
