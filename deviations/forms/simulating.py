"""What a space is tried on: how far back, and beside which other space."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.forms.fields import choices
from deviations.models import DiscretionarySpace
from deviations.models.simulating import MONTHS

USUAL = 12


class SimulateForm(forms.Form):
    """How far back, and which space beside it."""

    months = forms.TypedChoiceField(label=_("How far back?"), coerce=int, initial=USUAL, widget=forms.RadioSelect)
    against = forms.ModelChoiceField(
        DiscretionarySpace.objects.none(),
        label=_("Beside which other space?"),
        help_text=_("The past is tried on both, so that you see what changes."),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, space: DiscretionarySpace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(count, ngettext("%(count)d month", "%(count)d months", count) % {"count": count}) for count in MONTHS]
        choices(self, "months").choices = words
        others = DiscretionarySpace.objects.granted().filter(team_id=space.team_id).exclude(pk=space.pk)
        choices(self, "against").queryset = others.order_by("state", "-valid_until", "name")

    @property
    def asked(self) -> dict[str, Any]:
        """The question, as far as it makes sense: the usual one for what does not."""
        self.is_valid()
        typed = self.cleaned_data
        return {"months": typed.get("months") or USUAL, "against": typed.get("against")}
