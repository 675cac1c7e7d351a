"""The form of a deviation: five fields in two minutes, and more where the weight asks for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices
from cases.models import Case, Routine
from deviations.models import Cause, Deviation, Ground
from deviations.models.deviations import Kind
from deviations.services import recording
from deviations.services.assessing import Terms
from organisation.fields import MoneyField
from organisation.forms import CheckedText
from organisation.models import LifeDomain

LONGEST = 5_000

BELONGS_OR_HELPS = (
    (0, _("Because it belongs")),
    (1, _("More because it belongs")),
    (2, _("As much the one as the other")),
    (3, _("More because it helps")),
    (4, _("Because it helps")),
)
INSTEAD = {
    Kind.MADE: _("What do you do instead?"),
    Kind.CONSIDERED: _("What did you consider doing instead?"),
    Kind.BLOCKED: _("What did you want to do instead?"),
}
MORE = (
    "grounds", "causes", "life_domains", "purpose_served", "alternatives", "residents_view", "tension",
    "avoided_cents", "avoided_source", "lasts_until", "structural",
    "risk_child_safety", "risk_fraud_inquiry", "risk_rights_of_others",
)  # fmt: skip


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})


class DeviationForm(CheckedText, forms.ModelForm):  # type: ignore[type-arg]
    """What the author writes. Everything may still be empty in a draft; what is needed is asked when it is sent."""

    use_required_attribute = False
    routine = forms.ModelChoiceField(
        Routine.objects.none(), label=_("Which routine is it about?"), required=False, empty_label=_("Choose a routine")
    )
    belongs_or_helps = forms.TypedChoiceField(
        label=_("Do you do this because it belongs, or because it helps?"),
        choices=BELONGS_OR_HELPS,
        coerce=int,
        widget=forms.RadioSelect,
        initial=2,
        required=False,
        empty_value=2,  # type: ignore[arg-type]
    )
    amount_cents = MoneyField(
        label=_("What does it cost extra?"), help_text=_("Leave empty if nothing."), required=False
    )
    avoided_cents = MoneyField(label=_("Which costs does it prevent, roughly?"), required=False)
    reply = forms.CharField(label=_("Your answer to the question"), widget=_text(3), required=False, max_length=LONGEST)

    class Meta:
        model = Deviation
        fields = (
            "kind", "if_followed", "instead", "why_here", "urgency", "acted_on", "belongs_or_helps", "amount_cents",
            *MORE,
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "urgency": forms.RadioSelect,
            "if_followed": _text(),
            "instead": _text(),
            "why_here": _text(),
            "purpose_served": _text(3),
            "alternatives": _text(3),
            "residents_view": _text(3),
            "tension": _text(3),
            "grounds": forms.CheckboxSelectMultiple,
            "causes": forms.CheckboxSelectMultiple,
            "life_domains": forms.CheckboxSelectMultiple,
        }
        labels = {
            "kind": _("What happened with the routine?"),
            "if_followed": _("What would following the routine do here?"),
            "why_here": _("Why here?"),
            "acted_on": _("When did you act?"),
            "grounds": _("On which ground?"),
            "causes": _("What in our system made the routine misfire?"),
            "life_domains": _("Which sides of life does it touch?"),
            "purpose_served": _("How does this serve the purpose of the routine?"),
            "alternatives": _("What else did you consider?"),
            "residents_view": _("What does the resident think of it?"),
            "tension": _("Which two values pull against each other, and where do you land?"),
            "avoided_source": _("Where does that estimate come from?"),
            "lasts_until": _("Until when does this last?"),
            "structural": _("Is this an incident, or structural?"),
            "risk_child_safety": _("The safety of a child is at stake"),
            "risk_fraud_inquiry": _("There is a fraud inquiry"),
            "risk_rights_of_others": _("It touches the rights of others"),
        }
        help_texts = {
            "if_followed": _("Describe what would happen to this resident. No names and no citizen service number."),
            "why_here": _("What is special about this situation?"),
            "acted_on": _("Only if you already did it. Empty means today."),
        }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self._offer_routines()
        self.fields["instead"].label = INSTEAD[Kind(self._value_of_kind())]
        choices(self, "grounds").queryset = Ground.objects.filter(pk__in=Ground.objects.valid())
        choices(self, "causes").queryset = Cause.objects.filter(pk__in=Cause.objects.valid())
        choices(self, "life_domains").queryset = LifeDomain.objects.filter(pk__in=LifeDomain.objects.valid())
        for name in ("amount_cents", "avoided_cents"):
            self.initial[name] = self.initial.get(name) or None
        for name in ("if_followed", "instead", "why_here", *MORE):
            self.fields[name].required = False
            if type(self.fields[name]) is forms.CharField:
                self.fields[name].validators.append(MaxLengthValidator(LONGEST))

    def _value_of_kind(self) -> str:
        kind = self.data.get(self.add_prefix("kind")) if self.is_bound else self.instance.kind
        return kind if kind in Kind.values else Kind.MADE

    def _offer_routines(self) -> None:
        """Those of the case first, then all that hold today."""
        field = choices(self, "routine")
        offered = Routine.objects.active()
        if self.instance.routine_id:
            field.initial = self.instance.routine_id
            offered = offered | Routine.objects.filter(pk=self.instance.routine_id)
        field.queryset = offered.distinct()
        of_case = set(self.case.routine_uses.values_list("routine_id", flat=True))
        rows = list(field.queryset.only("code", "title"))
        field.choices = [
            ("", field.empty_label),
            (gettext("In this case"), [(row.pk, str(row)) for row in rows if row.pk in of_case]),
            (gettext("Other routines"), [(row.pk, str(row)) for row in rows if row.pk not in of_case]),
        ]

    def clean_amount_cents(self) -> int:
        """Nothing typed is nothing spent."""
        return self.cleaned_data["amount_cents"] or 0

    def clean_avoided_cents(self) -> int:
        """Nothing typed is nothing claimed."""
        return self.cleaned_data["avoided_cents"] or 0

    def clean_acted_on(self) -> Any:
        """Nobody acted tomorrow."""
        day = self.cleaned_data["acted_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def written(self) -> dict[str, Any]:
        """What was typed and is in order, for the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reply"}

    def as_typed(self) -> tuple[Deviation, Terms]:
        """The deviation as it would be, without saving it, and what is ticked."""
        recording.fill(self.instance, self.written())
        grounds = tuple(self.cleaned_data.get("grounds", ()))
        return self.instance, Terms(grounds=grounds, has_causes=bool(self.cleaned_data.get("causes")))

    def mark_needed(self, names: Iterable[str]) -> None:
        """Leave out the word “optional” at what this weight asks for; a draft may still be kept without it."""
        for name in names:
            self.fields[name].required = True

    def ask_for(self, names: Iterable[str]) -> None:
        """Say at each of these fields that it is needed now."""
        for name in names:
            self.add_error(name, forms.ValidationError(_("Fill this in before you send it."), code="required"))

    def saved_sentence(self) -> str:
        """What a save while typing tells: when, and how many fields were left out because of what is in them."""
        now = timezone.localtime().strftime("%H:%M")
        if left := len(self.errors):
            sentence = ngettext(
                "Draft saved at %(time)s, except %(count)d field that needs attention",
                "Draft saved at %(time)s, except %(count)d fields that need attention",
                left,
            )
            return sentence % {"time": now, "count": left}
        return gettext("Draft saved at %(time)s") % {"time": now}
