"""The fields of a deliberation on the form of its deviation."""

from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from deviations.models import Deliberation
from deviations.models.deliberating import DELIBERATED, SameAgain
from deviations.rules.parts import LANDED

SENTENCE = 2  # rows
LABELS: dict[str, Any] = {
    "value_one": _("The one value"),
    "value_two": _("The other value"),
    "effect_resident": _("What does the resident want to reach?"),
    "effect_municipality": _("What does the municipality want to reach?"),
    "core_value": _("What is the law at heart meant for?"),
    "effects_following": _("What happens when we follow the rule?"),
    "effects_deviating": _("What happens when we depart from it?"),
    "ethical_objection": _("Is there an ethical objection?"),
    "legal_route": _("By which route in law can it be done?"),
    "conclusion": _("What is your conclusion?"),
    "legitimacy": _("Legitimacy: why is it right and allowed?"),
    "involvement": _("Involvement: how does it fit the resident?"),
    "yields": _("Yield: what does it bring, and what does it cost?"),
    "same_again_why": _("Why, or why not?"),
}
HELP: dict[str, Any] = {
    "value_one": _("For example legal certainty, or treating alike."),
    "value_two": _("For example nearness, or peace in a family."),
    "effects_following": _("For this person, the family and others; now and later."),
    "effects_deviating": _("Also for others, and for the next one who asks this."),
}


def deliberation_fields(longest: int) -> dict[str, forms.Field]:
    """One form field for each field of the model; all may be empty, texts are at most `longest`."""
    texts: dict[str, Any] = {
        name: forms.Textarea(attrs={"rows": SENTENCE, "maxlength": longest})
        for name in DELIBERATED
        if Deliberation._meta.get_field(name).get_internal_type() == "TextField"
    }
    fields: dict[str, Any] = fields_for_model(Deliberation, DELIBERATED, widgets=texts, labels=LABELS, help_texts=HELP)
    fields["landed"] = forms.TypedChoiceField(
        label=_("Where do you land?"),
        choices=LANDED,
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    fields["same_again"] = forms.ChoiceField(
        label=_("Would we do the same for the next comparable resident?"),
        choices=SameAgain.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    return fields
