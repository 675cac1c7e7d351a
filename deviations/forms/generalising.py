"""One answer to many requests, and the space that is made of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deviations.services.generalising import Wish
from deviations.workflow import Action

from .answering import LONGEST
from .spaces import SpaceForm

AT_ONCE, AS_DRAFT = "grant", "keep"
# Shown first; every other field of a space stands behind "How wide", filled in with what the requests have in common.
FIRST = ("name", "purpose", "team", "people", "whole_team", "cents_per_deviation", "valid_until")
OWN = ("action", "conditions", "reasons", "give")


def _text(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget)


class GeneralForm(SpaceForm):
    """The space, the answer to all requests, and whether the space is given at once."""

    action = forms.ChoiceField(
        label=_("Your answer to all of them"),
        choices=[(Action.AGREE.value, _("Agree")), (Action.AGREE_WITH_CONDITIONS.value, _("Agree, with conditions"))],
        initial=Action.AGREE.value,
        widget=forms.RadioSelect,
    )
    conditions = _text(_("Conditions"), _("Needed when you agree with conditions."))
    reasons = _text(
        _("Reasons"), _("Every author reads them. Were earlier ones refused? Then say what is different now.")
    )
    give = forms.ChoiceField(
        label=_("And the space?"),
        choices=[
            (AT_ONCE, _("Give it at once: from now on this needs no request")),
            (AS_DRAFT, _("Keep it as a draft, to look at once more")),
        ],
        initial=AT_ONCE,
        widget=forms.RadioSelect,
    )
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Conditions are there when they are promised."""
        cleaned = super().clean()
        conditional = cleaned.get("action") == Action.AGREE_WITH_CONDITIONS.value
        if conditional and "conditions" not in self.errors and not cleaned.get("conditions", "").strip():
            self.add_error("conditions", forms.ValidationError(_("Write the conditions."), code="required"))
        return cleaned

    def written(self) -> dict[str, Any]:
        """What was typed about the space."""
        return {name: value for name, value in super().written().items() if name not in OWN}

    @property
    def wish(self) -> Wish:
        """For the service."""
        typed = self.cleaned_data
        return Wish(
            action=Action(typed["action"]),
            team=typed["team"],
            space=self.written(),
            grant=typed["give"] == AT_ONCE,
            reasons=typed["reasons"],
            conditions=typed["conditions"],
            **self.holders,
        )

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked of a manager."""
        return [self[name] for name in FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What the requests themselves say, to be changed when it has to be."""
        return [field for field in self.visible_fields() if field.name not in (*FIRST, *OWN, "routines")]

    @property
    def rest_open(self) -> bool:
        """Whether something is wrong there."""
        return bool(self["routines"].errors) or any(field.errors for field in self.rest)
