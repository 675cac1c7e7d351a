"""Forms of the case itself: opening it, changing its facts, and each step of its life."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.casefile import Confidentiality
from organisation.forms import CheckedText
from organisation.models import LifeDomain, Membership, Neighbourhood, PolicyDomain, Role, Team, User

from .fields import GroupedChoices, RoutinesField, by_domain, choices, long_text, once, routines_in_force

DETAILS = (
    "external_reference", "neighbourhood", "life_domains", "target_on", "contact_count", "confidentiality",
)  # fmt: skip


class FactsForm(CheckedText, forms.Form):
    """The facts of a case."""

    unchecked = ("external_reference",)

    subject = forms.CharField(
        label=_("Subject"), max_length=120, help_text=_("A few words that a colleague recognises. No names.")
    )
    question = long_text(
        label=_("Question in the resident's own words"),
        help_text=_("Write down what the resident asks, as they say it. No names, numbers or addresses."),
    )
    needed = long_text(label=_("What is needed"), required=False, rows=3)
    policy_domain = forms.ModelChoiceField(PolicyDomain.objects.valid(), label=_("Policy domain"))
    external_reference = forms.CharField(
        label=_("Number in the case system"),
        max_length=60,
        required=False,
        help_text=_("The number of this case in your own system."),
    )
    neighbourhood = forms.ModelChoiceField(Neighbourhood.objects.valid(), label=_("Neighbourhood"), required=False)
    life_domains = forms.ModelMultipleChoiceField(
        LifeDomain.objects.valid(), label=_("Life domains"), required=False, widget=forms.CheckboxSelectMultiple
    )
    target_on = forms.DateField(label=_("Target date"), required=False)
    contact_count = forms.IntegerField(
        label=_("Contacts about this question"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("How often the resident has come with this question."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may see this case"),
        choices=Confidentiality.choices,
        initial=Confidentiality.TEAM,
        widget=forms.RadioSelect,
    )

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields that may stay folded."""
        return [self[name] for name in DETAILS if name in self.fields]

    @property
    def details_open(self) -> bool:
        """Whether one of them needs attention or holds something."""
        return any(name in self.errors for name in DETAILS) or any(
            self.initial.get(name) for name in ("external_reference", "neighbourhood", "life_domains", "target_on")
        )


class OpenCaseForm(FactsForm):
    """A new case."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))
    routines = RoutinesField(
        None,
        label=_("Which routines apply here?"),
        required=False,
        help_text=_("Tick what you would normally do. That makes it possible to see how often a routine fits."),
    )
    key = once()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(pk__in=user.standing.works_in, closed_on__isnull=True)
        choices(self, "team").queryset = teams
        choices(self, "routines").queryset = routines_in_force()
        first = teams.first()
        domain = first.policy_domains.valid().first() if first else None
        self.initial = {"team": first, "policy_domain": domain} | dict(self.initial)
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
        own = PolicyDomain.objects.filter(team__in=teams)
        self.own_domains = {domain.label for domain in own}

    @property
    def routines_by_domain(self) -> list[dict[str, Any]]:
        """The ticks of the routines under their domain; open are the team's own domains and those with a tick."""
        return by_domain(self["routines"], choices(self, "routines").queryset, self.own_domains)


class EditCaseForm(FactsForm):
    """The facts of a case that exists; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = (
            {name: getattr(case, name) for name in self.fields if name not in {"life_domains", "policy_domain"}}
            | {"life_domains": case.life_domains.all(), "policy_domain": case.policy_domain_id}
            | dict(self.initial)
        )
        choices(self, "policy_domain").queryset |= PolicyDomain.objects.filter(pk=case.policy_domain_id)
        if case.neighbourhood_id:
            choices(self, "neighbourhood").queryset |= Neighbourhood.objects.filter(pk=case.neighbourhood_id)
        if not may_restrict:
            del self.fields["confidentiality"]


class ReasonForm(CheckedText, forms.Form):
    """Why: for putting on hold and for reopening."""

    reason = long_text(label=_("Why?"), rows=3)


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A caseworker in a team, grouped by team."""

    iterator = GroupedChoices

    @staticmethod
    def group_by(membership: Membership) -> str:
        """The team."""
        return membership.team.name

    def label_from_instance(self, membership: Membership) -> str:
        """Somebody who is in two teams is there twice."""
        return f"{membership.user.name} ({membership.team.name})"


class HandOverForm(CheckedText, forms.Form):
    """To whom, and why."""

    to = ColleagueField(None, label=_("New handler"), empty_label=_("Choose a colleague"))
    reason = long_text(label=_("Why?"), rows=3)

    def __init__(self, *args: Any, of: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        caseworkers = Membership.objects.current().filter(role=Role.CASEWORKER, team__closed_on__isnull=True)
        choices(self, "to").queryset = (
            caseworkers.exclude(user=of.handler_id, team=of.team_id)
            .select_related("user", "team")
            .order_by("team__name", "user__name")
        )


class ShareForm(CheckedText, forms.Form):
    """With whom, for what, why and until when."""

    to = forms.ChoiceField(label=_("With whom?"))
    work = forms.ChoiceField(
        label=_("What may they do?"),
        choices=[("read", _("Read the case")), ("work", _("Read and work on the case"))],
        initial="read",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why?"), max_length=300)
    last_day = forms.DateField(
        label=_("Last day"), help_text=_("After this day the case is no longer shared. A year from now at most.")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"last_day": timezone.localdate() + timedelta(days=30)} | dict(self.initial)
        current = Membership.objects.current()
        people = User.objects.filter(memberships__in=current).exclude(pk=case.handler_id).distinct()
        teams = Team.objects.filter(closed_on__isnull=True)
        choices(self, "to").choices = [
            ("", _("Choose a colleague or team")),
            (_("Colleagues"), [(f"user:{person.pk}", person.name) for person in people]),
            (_("Teams"), [(f"team:{team.pk}", team.name) for team in teams]),
        ]

    def clean_to(self) -> User | Team:
        """The colleague or team itself."""
        kind, _colon, pk = self.cleaned_data["to"].partition(":")
        return User.objects.get(pk=pk) if kind == "user" else Team.objects.get(pk=pk)

    def clean_last_day(self) -> Any:
        """Not before today, and no more than a year ahead."""
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day has passed."))
        if day > today + timedelta(days=366):
            raise forms.ValidationError(_("Share for a year at most. You can share again after that."))
        return day
