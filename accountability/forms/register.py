"""Forms of the public register: its filters, proposing lines, and the words of one line."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accountability.models import RegisterLine
from accountability.models.register import (
    LONGEST,
    AmountClass,
    AnswerClass,
    GroundClass,
    KindClass,
    RegisterLineQuerySet,
    WeightClass,
)
from accountability.workflow.register import LineState
from cases.models import Routine
from organisation.forms import CheckedText
from organisation.models import PolicyDomain

MAIN = ("q", "domain", "year", "answer")
ALL = ("", _("All"))
PUBLIC_STATES = (LineState.RELEASED, LineState.TAKEN_BACK)


class RegisterFilter(forms.Form):
    """Every field may be empty; they live in the address, so they can be kept and shared."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(), label=_("Policy domain"), to_field_name="code", required=False, empty_label=_("All")
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    answer = forms.ChoiceField(label=_("Answer"), choices=[ALL, *AnswerClass.choices], required=False)
    routine = forms.ModelChoiceField(
        Routine.objects.all(), label=_("Routine"), to_field_name="code", required=False, empty_label=_("All")
    )
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *KindClass.choices], required=False)
    weight = forms.ChoiceField(label=_("Weight"), choices=[ALL, *WeightClass.choices], required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=[ALL, *GroundClass.choices], required=False)
    amount = forms.ChoiceField(label=_("Extra cost"), choices=[ALL, *AmountClass.choices], required=False)
    state = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, keeps: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = RegisterLine.objects.order_by("-year").values_list("year", flat=True).distinct()
        self._choices("year", [(str(year), str(year)) for year in years if year])
        self._choices(
            "quarter", [(str(number), _("Quarter %(number)d") % {"number": number}) for number in range(1, 5)]
        )
        states = LineState if keeps else PUBLIC_STATES
        self._choices("state", [(state.value, state.label) for state in states])

    def _choices(self, name: str, values: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [ALL, *values]

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that may stay folded."""
        return [self[name] for name in self.fields if name not in MAIN]

    @property
    def more_used(self) -> bool:
        """Whether one of those is filled in."""
        return any(self.data.get(field.name) for field in self.more)

    def narrow(self, rows: RegisterLineQuerySet) -> RegisterLineQuerySet:
        """The rows that these filters leave; a filter that makes no sense leaves none."""
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        for name in self.fields:
            if name != "q" and chosen[name]:
                rows = rows.filter(**{name: chosen[name]})
        for word in chosen["q"].split():
            rows = rows.filter(Q(summary__icontains=word) | Q(number__iexact=word))
        return rows


class ProposeForm(forms.Form):
    """About which year, and how many."""

    year = forms.ChoiceField(label=_("About which year?"), help_text=_("Quarters that are over count."))
    domain = forms.ModelChoiceField(
        PolicyDomain.objects.all(), label=_("Policy domain"), required=False, empty_label=_("All")
    )
    most = forms.IntegerField(label=_("How many lines at most?"), min_value=1, max_value=100, initial=20)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["year"]).choices = [(str(year), str(year)) for year in years]


class SummaryForm(CheckedText, forms.Form):
    """What happened, for everybody."""

    summary = forms.CharField(
        label=_("What happened, in a few words?"),
        help_text=_(
            "For somebody who knows nothing of it. No names, no place, no rare detail; not the text of the case."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
    )


class TakeBackForm(CheckedText, forms.Form):
    """Why."""

    reason = forms.CharField(
        label=pgettext_lazy("line of the register", "Why is it taken back?"),
        help_text=_("Everybody can read this in the place of the line."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        max_length=LONGEST,
    )
