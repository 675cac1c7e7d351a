"""Forms of a proposal for a space: what is asked, the reply to a question, and the answer of a manager."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RoutinesField, by_domain, choices, once, routines_in_force
from cases.models import RoutineVersion, SourceType
from deviations.models import SpaceRequest
from deviations.workflow.proposals import AskAction
from organisation.checking import CheckedText
from organisation.fields import MoneyField
from organisation.models import PolicyDomain, Team, User

LONGEST = 2_000


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LONGEST, widget=widget)


class AskForm(CheckedText, forms.Form):
    """What a caseworker asks for, in plain words."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("For which team?"), empty_label=None)
    name = forms.CharField(label=_("What do you want room for?"), help_text=_("In a few words."), max_length=120)
    why = _text(
        _("Why is this room needed?"),
        _("What do residents run into, and how often? Without anything that points to a person."),
        required=True,
    )
    routines = RoutinesField(None, label=_("For which routines?"))
    limits = _text(_("Where should it stop?"), _("In plain words: when should your manager still be asked?"))
    cents_per_deviation = MoneyField(label=_("At most each time"), required=False)
    cents_per_month = MoneyField(label=_("At most per month, all together"), required=False)
    until = forms.DateField(label=_("Until when?"), help_text=_("Leave empty for half a year."), required=False)
    key = once()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(pk__in=by.standing.works_in)
        choices(self, "team").queryset = teams
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.initial.setdefault("team", teams[0].pk)
        # No space covers a statute, so nobody is invited to ask for it.
        choices(self, "routines").queryset = routines_in_force().exclude(pk__in=_statutes())
        self.own_domains = {domain.label for domain in PolicyDomain.objects.filter(team__in=teams)}

    @property
    def routines_by_domain(self) -> list[dict[str, Any]]:
        """The ticks of the routines under their domain; open are those of the team and those with a tick."""
        return by_domain(self["routines"], choices(self, "routines").queryset, self.own_domains)

    def clean_until(self) -> Any:
        """A day that is still to come."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("Choose a later day."), code="date")
        return until

    def written(self) -> dict[str, Any]:
        """What was typed, for the services."""
        apart = {"team", "key", "version", "text"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class ReplyForm(AskForm):
    """The proposal once more, and the answer to the question."""

    text = _text(_("Your answer to the question"), required=True)

    def __init__(self, *args: Any, asked: SpaceRequest, **kwargs: Any) -> None:
        names = ("name", "why", "limits", "cents_per_deviation", "cents_per_month", "until", "version")
        stored = {name: getattr(asked, name) for name in names} | {"team": asked.team_id}
        kwargs["initial"] = stored | {"routines": [routine.pk for routine in asked.routines.all()]}
        super().__init__(*args, **kwargs)
        del self.fields["team"]


class AskAnswerForm(CheckedText, forms.Form):
    """The answer of a manager."""

    action = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (AskAction.GRANT.value, _("Give this room: look over the draft first")),
            (AskAction.RETURN.value, _("Return with a question")),
            (AskAction.DECLINE.value, _("Decline")),
        ],
        widget=forms.RadioSelect,
    )
    question = _text(_("Question"), _("Needed when you return it."))
    reasons = _text(_("Reasons"), _("Needed when you decline. Who proposed this reads them."))
    alternative = _text(_("What can be done instead?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Each answer has its own words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for action, name, sentence in (
            (AskAction.RETURN.value, "question", _("Write your question.")),
            (AskAction.DECLINE.value, "reasons", _("Give your reasons.")),
        ):
            if cleaned.get("action") == action and name not in self.errors and not cleaned.get(name, "").strip():
                self.add_error(name, forms.ValidationError(sentence, code="required"))
        return cleaned


def _statutes() -> Any:
    valid = RoutineVersion.objects.valid(timezone.localdate())
    return valid.filter(source_type=SourceType.STATUTE).values("routine")
