"""Forms of a discretionary space: what it holds, who uses it, and why it stops."""

from datetime import timedelta
from typing import Any, Self

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RoutinesField, by_domain, choices, once, routines_in_force
from deviations.models import DiscretionarySpace
from deviations.models.space_life import Verdict
from deviations.rules.covering import MEANS
from deviations.rules.presets import PRESETS, Preset
from deviations.rules.sliders import SLIDERS
from deviations.services.granting import AMOUNTS
from organisation.checking import CheckedText
from organisation.fields import MoneyField
from organisation.models import Membership, PolicyDomain, Role, Team, User

LONGEST = 2_000
NEVER = ("never_child_safety", "never_fraud_inquiry", "never_rights_of_others")
SHORTEST_TO_GO = timedelta(days=60)
HALF_A_YEAR = timedelta(days=182)


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
    routines = RoutinesField(None, label=_("For which routines?"), required=False)
    purpose_slider, rules_slider, means_slider = _slider("purpose"), _slider("rules"), _slider("means")
    deciding_slider, sight_slider = _slider("deciding"), _slider("sight")
    cents_per_deviation = MoneyField(label=_("At most per deviation"), required=False)
    cents_per_month = MoneyField(label=_("At most per month, all holders together"), required=False)
    cents_per_period = MoneyField(label=_("At most for the whole period, all holders together"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = once()

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
            "policy_domains": forms.CheckboxSelectMultiple,
        }
        labels = {
            "name": _("Name"),
            "purpose": _("What is this space for?"),
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
        self.by = by
        teams = Team.objects.filter(pk__in=by.standing.leads)
        saved = not self.instance._state.adding
        choices(self, "team").queryset = Team.objects.filter(pk=self.instance.team_id) if saved else teams
        choices(self, "routines").queryset = routines_in_force()
        choices(self, "policy_domains").queryset = PolicyDomain.objects.filter(pk__in=PolicyDomain.objects.valid())
        self.fields["purpose"].validators.append(MaxLengthValidator(LONGEST))
        self.offer([self.instance.team_id] if saved else teams, by)
        if len(choices(self, "team").queryset) == 1:
            self.fields["team"].widget = forms.HiddenInput()
        own = PolicyDomain.objects.filter(team__in=choices(self, "team").queryset)
        self.own_domains = {domain.label for domain in own}
        first = _saved(self.instance) if saved else _proposed(teams)
        self.initial = first | {name: value for name, value in self.initial.items() if value is not None}

    @classmethod
    def refilled(cls, data: QueryDict, **kwargs: Any) -> Self:
        """Not bound, so without a word about what is still missing, but with everything in it that was typed."""
        form = cls(**kwargs)
        typed = {
            name: field.widget.value_from_datadict(data, QueryDict(), form.add_prefix(name))
            for name, field in form.fields.items()
        }
        form.initial.update(typed)
        return form

    @property
    def routines_by_domain(self) -> list[dict[str, Any]]:
        """The ticks of the routines under their domain; open are those of the team and those with a tick."""
        return by_domain(self["routines"], choices(self, "routines").queryset, self.own_domains)

    @property
    def sliders(self) -> list[dict[str, Any]]:
        """Each slider with the words of its position and the amounts that belong to it; open when one is wrong."""
        return [self._slider(name) for name in SLIDERS]

    def _slider(self, name: str) -> dict[str, Any]:
        field = self[f"{name}_slider"]
        fields = [field, *(self[amount] for amount in AMOUNTS.values() if name == "means")]
        position = str(field.value())
        return {
            "name": name,
            "label": str(SLIDERS[name].label).partition(":")[0],
            "chosen": SLIDERS[name].positions.get(int(position)) if position.isdecimal() else "",
            "fields": fields,
            "open": any(each.errors for each in fields),
        }

    @property
    def presets(self) -> list[dict[str, Any]]:
        """What can be chosen in one click; `chosen` is what stands there now."""
        return [
            {"code": code, "preset": preset, "chosen": all(self._is(name, value) for name, value in _positions(preset))}
            for code, preset in PRESETS.items()
        ]

    @property
    def stops_open(self) -> bool:
        """Whether somebody took a hard limit away, which must be seen."""
        return not all(self[name].value() for name in NEVER)

    def _is(self, name: str, value: int) -> bool:
        return str(self[name].value()) == str(value)

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
        apart = {"team", "people", "whole_team", "version", "key"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class SpaceEvaluationForm(CheckedText, forms.Form):
    """What comes of a space that was looked back on, and why."""

    verdict = forms.TypedChoiceField(
        label=_("What comes of it?"), choices=Verdict.choices, coerce=Verdict, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Why?"),
        help_text=_("What did you hear, see and learn? Who holds this space reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )
    next_on = forms.DateField(label=_("Look back again on"), required=False)

    def __init__(self, *args: Any, space: DiscretionarySpace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        left = space.valid_until - today
        if left > SHORTEST_TO_GO:
            self.initial["next_on"] = today + left // 2


def _positions(preset: Preset) -> list[tuple[str, int]]:
    return [(name, value) for name, value in preset.fields().items() if name.endswith("_slider") and value is not None]


def _proposed(teams: Any) -> dict[str, Any]:
    """A new space: half a year, and a look back half-way."""
    today = timezone.localdate()
    only = {"team": teams[0].pk} if len(teams) == 1 else {}
    return only | {"valid_until": today + HALF_A_YEAR, "evaluate_on": today + HALF_A_YEAR / 2, "version": 1}


def _saved(space: DiscretionarySpace) -> dict[str, Any]:
    return held_now(space) | {"version": space.version}


def held_now(space: DiscretionarySpace) -> dict[str, Any]:
    """Who holds it at this moment."""
    people = list(space.user_grants.values_list("user_id", flat=True))
    return {"people": people, "whole_team": space.group_grants.exists()}
