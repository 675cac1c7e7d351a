"""The form of a deviation: five fields in two minutes, and more where the weight asks for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices
from cases.models import Case, Routine
from deviations.models import Cause, Deviation, Ground
from deviations.models.deliberating import DELIBERATED
from deviations.models.deviations import Structural
from deviations.rules.parts import ASKS, BELONGS_OR_HELPS, PARTS
from deviations.services import distinguishing, recording
from deviations.services.assessing import Terms
from organisation.checking import CheckedText
from organisation.fields import MoneyField
from organisation.models import LifeDomain

from .deliberating import deliberation_fields

LONGEST = 5_000

STRUCTURAL = (*Structural.choices, ("", _("I do not know yet")))
# What is asked only beside the quick record.
MORE = tuple(name for part in PARTS for name in part.fields)


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})


def for_kinds(words: Mapping[str, Any]) -> SafeString:
    """Words for each kind of record; the style sheet shows those of the kind that is ticked."""
    return format_html_join("", '<span data-kind="{}">{}</span>', words.items())


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
    differs = forms.CharField(
        label=_("What makes this one different?"), widget=_text(3), required=False, max_length=LONGEST
    )

    class Meta:
        model = Deviation
        fields = (
            "kind", "if_followed", "instead", "why_here", "urgency", "acted_on", "belongs_or_helps",
            *(name for name in MORE if name not in DELIBERATED),
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
            "structural": forms.RadioSelect,
            "grounds": forms.CheckboxSelectMultiple,
            "causes": forms.CheckboxSelectMultiple,
            "life_domains": forms.CheckboxSelectMultiple,
        }
        labels = {
            "kind": _("What happened with the routine?"),
            "acted_on": _("When did you act?"),
            "grounds": _("On which ground?"),
            "causes": _("What in our system made the routine misfire?"),
            "life_domains": _("Which sides of life does it touch?"),
            "purpose_served": _("How does this serve the purpose of the routine?"),
            "alternatives": _("What else did you consider?"),
            "residents_view": _("What does the resident think of it?"),
            "tension": _("Why do you land there?"),
            "avoided_source": _("Where does that estimate come from?"),
            "lasts_until": _("Until when does this last?"),
            "structural": _("Is this an incident, or structural?"),
            "risk_child_safety": _("The safety of a child is at stake"),
            "risk_fraud_inquiry": _("There is a fraud inquiry"),
            "risk_rights_of_others": _("It touches the rights of others"),
        }
        help_texts = {
            "if_followed": _("Describe what would happen to this resident. No names and no citizen service number."),
            "acted_on": _("Only if you already did it. Empty means today."),
        }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields.update(deliberation_fields(LONGEST))
        if not self.instance._state.adding:
            self.initial.update(model_to_dict(recording.deliberation_of(self.instance), DELIBERATED))
        self._offer_routines()
        for name, words in ASKS.items():
            self.fields[name].label = for_kinds(words)
        choices(self, "structural").choices = STRUCTURAL
        choices(self, "grounds").queryset = Ground.objects.filter(pk__in=Ground.objects.valid())
        choices(self, "causes").queryset = Cause.objects.filter(pk__in=Cause.objects.valid())
        choices(self, "life_domains").queryset = LifeDomain.objects.filter(pk__in=LifeDomain.objects.valid())
        if not self.instance._state.adding:
            self.initial["differs"] = distinguishing.typed(self.instance)
        for name in ("amount_cents", "avoided_cents"):
            self.initial[name] = self.initial.get(name) or None
        for name in ("if_followed", "instead", "why_here", *MORE):
            self.fields[name].required = False
            if type(self.fields[name]) is forms.CharField:
                self.fields[name].validators.append(MaxLengthValidator(LONGEST))

    def _offer_routines(self) -> None:
        """Those of the case first, then all that hold today."""
        field = choices(self, "routine")
        offered = Routine.objects.active()
        if self.instance.routine_id:
            field.initial = self.instance.routine_id
            offered = offered | Routine.objects.filter(pk=self.instance.routine_id)
        field.queryset = offered.distinct()
        of_case = set(self.case.routine_uses.values_list("routine_id", flat=True))
        rows = list(field.queryset.only("code", "title_nl", "title_en"))
        field.choices = [
            ("", field.empty_label),
            (gettext("In this case"), [(row.pk, str(row)) for row in rows if row.pk in of_case]),
            (gettext("Other routines"), [(row.pk, str(row)) for row in rows if row.pk not in of_case]),
        ]

    def start_typing_at(self, name: str) -> None:
        """Put the cursor there when the page opens."""
        self.fields[name].widget.attrs["autofocus"] = True

    def grounds_offered(self) -> list[Ground]:
        """Those that hold today, with their fields of work."""
        return list(choices(self, "grounds").queryset.prefetch_related("policy_domains"))

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

    def of(self, pk: Any) -> "DeviationForm":
        """The same form of the deviation as it is stored now, without what is said beside it."""
        stored = type(self)(instance=Deviation.objects.get(pk=pk), case=self.case)
        for name in ("reply", "reasons"):
            stored.fields.pop(name, None)
        return stored

    def written(self) -> dict[str, Any]:
        """What was typed and is in order, for the services."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("reply", "differs")}

    def distinction(self) -> dict[str, Any]:
        """What was typed about what makes this one different, if that is in order."""
        return {name: self.cleaned_data[name] for name in ("differs",) if name in self.cleaned_data}

    def as_typed(self) -> tuple[Deviation, Terms]:
        """The deviation as it would be, without saving it, and what is ticked."""
        recording.fill(self.instance, self.written())
        typed = Terms(
            grounds=tuple(self.cleaned_data.get("grounds", ())),
            has_causes=bool(self.cleaned_data.get("causes")),
            has_life_domains=bool(self.cleaned_data.get("life_domains")),
            deliberation=recording.deliberation_of(self.instance, self.written()),
        )
        return self.instance, typed

    def mark_needed(self, names: Iterable[str]) -> None:
        """Leave out the word “optional” at what this weight asks for; a draft may still be kept without it."""
        for name in names:
            self.fields[name].required = True

    def ask_for(self, names: Iterable[str]) -> None:
        """Say at each of these fields that it is needed now."""
        for name in names:
            self.add_error(name, forms.ValidationError(_("Fill this in before you send it."), code="required"))
