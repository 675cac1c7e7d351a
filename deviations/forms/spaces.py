"""Forms of a discretionary space: what it holds, who uses it, and why it stops."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices
from cases.models import Routine
from deviations.models import DiscretionarySpace
from deviations.rules.covering import MEANS
from deviations.rules.sliders import SLIDERS
from deviations.services.granting import AMOUNTS
from organisation.fields import MoneyField
from organisation.forms import CheckedText
from organisation.models import Membership, PolicyDomain, Role, Team, User

LONGEST = 2_000


def _slider(name: str) -> forms.TypedChoiceField:
    slider: Any = SLIDERS[name]
    return forms.TypedChoiceField(
        label=slider.label,
        help_text=slider.checks,
        choices=list(slider.positions.items()),
        coerce=int,
        widget=forms.RadioSelect,
    )


class HoldersForm(forms.Form):
    """Who may use a space: people by name, the whole team, or both."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who may use it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole_team = forms.BooleanField(label=_("Everybody who works in this team"), required=False)

    def offer(self, teams: Any, by: User) -> None:
        """Caseworkers of these teams, but never the one who gives the room."""
        at_work = Membership.objects.current().filter(team__in=teams, role=Role.CASEWORKER)
        choices(self, "people").queryset = User.objects.filter(pk__in=at_work.values("user")).exclude(pk=by.pk)

    @property
    def holders(self) -> dict[str, Any]:
        """For the service."""
        return {"people": list(self.cleaned_data["people"]), "whole_team": self.cleaned_data["whole_team"]}


class ChangeHoldersForm(HoldersForm):
    """The holders of a space that exists."""

    def __init__(self, *args: Any, space: DiscretionarySpace, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([space.team_id], by)
        self.initial.update(held_now(space))


class SpaceForm(CheckedText, HoldersForm, forms.ModelForm):  # type: ignore[type-arg]
    """A space as its manager writes it; half finished is allowed in a draft."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("For which team?"), empty_label=None)
    purpose_slider, rules_slider, means_slider = _slider("purpose"), _slider("rules"), _slider("means")
    deciding_slider, sight_slider = _slider("deciding"), _slider("sight")
    cents_per_deviation = MoneyField(label=_("At most per deviation"), required=False)
    cents_per_month = MoneyField(label=_("At most per month, all holders together"), required=False)
    cents_per_period = MoneyField(label=_("At most for the whole period, all holders together"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DiscretionarySpace
        fields = (
            "name", "purpose", "team", "routines", "policy_domains", "purpose_slider", "rules_slider", "means_slider",
            "cents_per_deviation", "cents_per_month", "cents_per_period", "deciding_slider", "sight_slider",
            "never_child_safety", "never_fraud_inquiry", "never_rights_of_others",
            "valid_from", "valid_until", "evaluate_on",
        )  # fmt: skip
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
            "routines": forms.CheckboxSelectMultiple,
            "policy_domains": forms.CheckboxSelectMultiple,
        }
        labels = {
            "name": _("Name"),
            "purpose": _("What is this space for?"),
            "routines": _("For which routines?"),
            "policy_domains": _("Or for all routines of a policy domain"),
            "never_child_safety": _("Never when the safety of a child is at stake"),
            "never_fraud_inquiry": _("Never during a fraud inquiry"),
            "never_rights_of_others": _("Never when it touches the rights of others"),
            "valid_from": _("From"),
            "valid_until": _("Up to and including"),
            "evaluate_on": _("Look back on"),
        }
        help_texts = {
            "name": _("Short and recognisable, such as “Statements by telephone”."),
            "purpose": _("What do you want people to be able to do for residents?"),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(pk__in=by.standing.leads)
        saved = not self.instance._state.adding
        choices(self, "team").queryset = Team.objects.filter(pk=self.instance.team_id) if saved else teams
        choices(self, "routines").queryset = Routine.objects.active()
        choices(self, "policy_domains").queryset = PolicyDomain.objects.filter(pk__in=PolicyDomain.objects.valid())
        self.fields["purpose"].validators.append(MaxLengthValidator(LONGEST))
        self.offer([self.instance.team_id] if saved else teams, by)
        self.initial["version"] = self.instance.version
        if saved:
            self.initial.update(held_now(self.instance))
        elif len(teams) == 1:
            self.initial["team"] = teams[0].pk

    def clean(self) -> dict[str, Any]:
        """The dates follow each other, and the amounts that the slider for means asks for are there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if last and last < max(first or last, timezone.localdate()):
            self.add_error("valid_until", forms.ValidationError(_("Choose a later day."), code="date"))
        for amount in MEANS.get(cleaned.get("means_slider", 0), ()):
            name = AMOUNTS[amount.code]
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, forms.ValidationError(_("The slider for means asks for this amount.")))
        return cleaned

    def written(self) -> dict[str, Any]:
        """What was typed, for the services."""
        apart = {"team", "people", "whole_team", "version"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


def held_now(space: DiscretionarySpace) -> dict[str, Any]:
    """Who holds it at this moment."""
    people = list(space.user_grants.values_list("user_id", flat=True))
    return {"people": people, "whole_team": space.group_grants.exists()}
