"""Something of everything, to look at every component at once."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms

from learning.rules import lines
from organisation.comparing import Conflict
from organisation.fields import MoneyField
from organisation.kernel.differences import Difference
from organisation.templatetags.design import LOOKS


class SampleForm(forms.Form):
    """One field of each kind."""

    routine = forms.ChoiceField(
        label="Routine", choices=[("1", "Betaalregeling standaard (12 maanden)"), ("2", "Anders")]
    )
    instead = forms.CharField(
        label="Wat deed u anders?",
        help_text="Noem geen namen of BSN. De tekst wordt gebruikt om van te leren.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
    )
    why = forms.ChoiceField(
        label="Waarom week u af?",
        widget=forms.RadioSelect,
        choices=[("a", "De routine paste niet bij de situatie"), ("b", "De routine was te traag"), ("c", "Anders")],
    )
    domains = forms.MultipleChoiceField(
        label="Leefdomeinen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("f", "Geld"), ("h", "Wonen")],
        required=False,
    )
    amount = MoneyField(label="Bedrag", required=False)
    until = forms.DateField(label="Tot wanneer", required=False)
    belongs_or_helps = forms.ChoiceField(
        label="Hoort het, of helpt het?",
        widget=forms.RadioSelect,
        choices=[(0, "Het hoort zo"), (1, "Allebei"), (2, "Het helpt")],
        initial=1,
    )
    document = forms.FileField(label="Bijlage", required=False)
    sure = forms.BooleanField(label="Ik heb dit met de inwoner besproken")


def context(bad: object = None) -> dict[str, object]:
    """What the styleguide page needs; with `bad` its form has been sent empty."""
    filled = {"amount": 184050, "until": date(2026, 11, 12), "why": "a"}
    form = SampleForm({}, {}) if bad else SampleForm(initial=filled)
    differences = [Difference("Waarom hier?", "De inwoner kan niet komen.", "De inwoner kan nu niet reizen.", "why")]
    if not bad:
        form.conflict = Conflict("Iemand veranderde dit terwijl u typte.", differences)
    return {
        "form": form,
        "tabs": [("why", "Waarom"), ("costs", "Kosten")],
        "line": SimpleNamespace(steps=lines.of_nothing("Het telt mee in de cijfers.")),
        "states": list(LOOKS),
        "differences": differences,
        "day": date(2026, 12, 29),
        "moment": datetime(2026, 11, 12, 10, 31, tzinfo=UTC),
        "amount": 150000,
        "cents": 84050,
        "draft": SimpleNamespace(saved_at=datetime(2026, 11, 12, 10, 31, tzinfo=UTC)),
        "page": SimpleNamespace(number=2, has_previous=True, has_next=True, previous_page_number=1, next_page_number=3),
    }
