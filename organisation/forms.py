"""Forms of people and teams."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.checking import CheckedText as CheckedText
from organisation.models import MUNICIPAL_ROLES, TEAM_ROLES, Audience, PolicyDomain, Role, SavedView, Team, Term, User
from organisation.models.saved_views import LONGEST_NAME


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is. Everything else about an account has its own page."""

    class Meta:
        model = User
        fields = ("name", "email")
        help_texts = {"email": _("The person signs in with this address.")}

    def clean_email(self) -> str:
        """One spelling for each address."""
        return str(self.cleaned_data["email"]).strip().lower()


class WhoseForm(forms.Form):
    """Whether somebody has another account."""

    same_as = forms.ModelChoiceField(
        User.objects.working(),
        label=_("Another account of this person"),
        help_text=_("Nobody answers what they wrote themselves, also not with their other account."),
        empty_label=_("None"),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, somebody: User) -> None:
        others = somebody.accounts - {somebody.pk}
        super().__init__(data, initial={"same_as": min(others, default=None)})
        self.fields["same_as"].queryset = User.objects.working().exclude(pk=somebody.pk)  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """Municipality-wide roles, on or off."""

    roles = forms.MultipleChoiceField(
        label=_("Roles for the whole municipality"),
        choices=[(role.value, role.label) for role in MUNICIPAL_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class JoinForm(forms.Form):
    """A place in a team."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.open())
    role = forms.ChoiceField(
        label=_("Role in the team"),
        choices=[(role.value, role.label) for role in TEAM_ROLES],
        widget=forms.RadioSelect,
        initial=Role.CASEWORKER,
    )
    since = forms.DateField(label=_("From"), required=False, help_text=_("Leave empty for today."))
    until = forms.DateField(
        label=_("Until"), required=False, help_text=_("The first day without this role. Leave empty for no end.")
    )

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("since") or timezone.localdate(), cleaned.get("until")
        if last and last <= first:
            self.add_error("until", _("This day lies before the first day."))
        return cleaned


class RemarkForm(CheckedText, forms.Form):
    """Why, in a few words."""

    remark = forms.CharField(label=_("Explanation"), required=False, max_length=300)


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a team, its fields of work, and whom it turns to when nobody who leads it answers."""

    policy_domains = forms.ModelMultipleChoiceField(
        label=_("Policy domains"),
        queryset=PolicyDomain.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Team
        fields = ("name", "policy_domains", "deputy", "escalates_to")
        help_texts = {
            "deputy": _("Another manager, who answers when no manager of this team can, or when an answer is late."),
            "escalates_to": _("The managers of that team are asked when the deputy does not answer either."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Team.objects.open().exclude(pk=self.instance.pk)
        chosen = User.objects.working().leading() | User.objects.filter(pk=self.instance.deputy_id)
        for name, queryset in (("deputy", chosen.distinct()), ("escalates_to", others)):
            field = cast(forms.ModelChoiceField, self.fields[name])  # type: ignore[type-arg]
            field.queryset, field.empty_label = queryset, gettext("Nobody")


class DeputyForm(CheckedText, forms.Form):
    """Who stands in, and for which days; an administrator also says for whom."""

    absent = forms.ModelChoiceField(User.objects.none(), label=_("Who is away?"))
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=_("Who stands in?"), help_text=_("Another manager of the municipality.")
    )
    since = forms.DateField(label=_("Away from"), required=False, help_text=_("Leave empty for today."))
    until = forms.DateField(label=_("First day back"))
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=200, help_text=_("Such as leave. Nothing about health.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        managers = User.objects.working().leading()
        cast(forms.ModelChoiceField, self.fields["deputy"]).queryset = managers.exclude(pk=by.pk)  # type: ignore[type-arg]
        if by.has_role(Role.ADMINISTRATOR):
            cast(forms.ModelChoiceField, self.fields["absent"]).queryset = managers  # type: ignore[type-arg]
        else:
            del self.fields["absent"]

    def named(self) -> dict[str, Any]:
        """For the service."""
        return {"absent": self.by} | self.cleaned_data


class LabelsForm(forms.Form):
    """What a term is called."""

    label_nl = forms.CharField(label=_("Label in Dutch"), max_length=200)
    label_en = forms.CharField(label=_("Label in English"), max_length=200)


class TermForm(LabelsForm):
    """A new term."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short, in small letters, without spaces. It is used in imports and never changes."),
    )
    field_order = ("code", "label_nl", "label_en")

    def __init__(self, *args: Any, model: type[Term], **kwargs: Any) -> None:
        self.model = model
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Every code once."""
        code: str = self.cleaned_data["code"]
        if self.model._default_manager.filter(code=code).exists():
            raise ValidationError(_("There is a term with this code already."))
        return code


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What people choose for themselves."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("nl", "Nederlands"), ("en", "English")], widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ("language", "mail_preference", "shortcuts")
        labels = {
            "mail_preference": _("E-mail about notices"),
            "shortcuts": _("Use keyboard shortcuts"),
        }
        widgets = {"mail_preference": forms.RadioSelect}


class PeopleFilter(forms.Form):
    """Which people to show; it lives in the address of the page."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.open(), required=False, empty_label=_("All teams")
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False)
    state = forms.ChoiceField(
        label=_("Working here"),
        choices=[("", _("Works here")), ("left", _("Has left")), ("all", _("Everybody"))],
        required=False,
    )


class ViewForm(CheckedText, forms.Form):
    """What a view is called, and whether its page opens with it."""

    name = forms.CharField(label=_("Name of this view"), max_length=LONGEST_NAME)
    is_opening = forms.BooleanField(label=_("Open the page with this view"), required=False)


class ChangeViewForm(ViewForm):
    """Also who finds it."""

    audience = forms.ChoiceField(
        label=_("Who finds this view?"),
        widget=forms.RadioSelect,
        help_text=_("You share filters and no rights: everybody sees only what they may see already."),
    )
    field_order = ("name", "audience", "is_opening")

    def __init__(self, data: QueryDict | None = None, *, view: SavedView, by: User) -> None:
        audience = str(view.team_id) if view.team_id else view.audience
        super().__init__(data, initial={"name": view.name, "audience": audience, "is_opening": view.is_opening})
        self.teams = {str(team.pk): team for team in Team.objects.filter(pk__in=by.standing.teams)}
        of_teams = [(key, _("Team %(name)s") % {"name": team.name}) for key, team in self.teams.items()]
        choices = [(Audience.OWNER, Audience.OWNER.label), *of_teams, (Audience.EVERYBODY, Audience.EVERYBODY.label)]
        cast(forms.ChoiceField, self.fields["audience"]).choices = choices

    def named(self) -> dict[str, Any]:
        """For the service."""
        team = self.teams.get(self.cleaned_data["audience"])
        return self.cleaned_data | {"team": team} | ({"audience": Audience.TEAM} if team else {})
