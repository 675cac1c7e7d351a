"""Forms of people and teams; and the check for personal data that every form with free text shares."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.personal_data import Finding, find
from organisation.models import MUNICIPAL_ROLES, TEAM_ROLES, PolicyDomain, Role, Team, Term, User

if TYPE_CHECKING:
    _Base = forms.Form
else:
    _Base = object


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found in one field, and the name and value of the tick that says it may stay."""

    findings: tuple[Finding, ...]
    name: str
    token: str
    stays: bool


def token_of(findings: tuple[Finding, ...]) -> str:
    """Stands for exactly these findings: other text, other token, so a new name is asked about again."""
    found = "|".join(sorted(finding.text for finding in findings))
    return hashlib.sha256(found.encode()).hexdigest()[:16]


class CheckedText(_Base):
    """Mixin, first in the list of bases: checks every free text field, whatever `clean` the form itself has.

    Plain character fields are checked, except those named in `unchecked`. A blocking finding is an error at the
    field. Another is an error too, once, with a tick beside it that says the text may be saved like this; the
    field then carries a `doubt`, which its template shows.
    """

    unchecked: ClassVar[tuple[str, ...]] = ()

    def full_clean(self) -> None:
        """After the ordinary checks, so that nobody has to remember to call it."""
        super().full_clean()
        if not self.is_bound:
            return
        for name, text in self._free_text():
            findings = tuple(find(text))
            if findings:
                self._judge(name, findings)

    def _free_text(self) -> Iterator[tuple[str, str]]:
        cleaned = getattr(self, "cleaned_data", {})
        for name, field in self.fields.items():
            if type(field) is forms.CharField and name not in self.unchecked and cleaned.get(name):
                yield name, cleaned[name]

    def _judge(self, name: str, findings: tuple[Finding, ...]) -> None:
        if never := [finding for finding in findings if finding.blocks]:
            self.add_error(name, ValidationError(_block_sentence(never), code="personal_data"))
            return
        name_of_tick, token = f"{self.add_prefix(name)}-stays", token_of(findings)
        stays = token in cast(QueryDict, self.data).getlist(name_of_tick)
        # Kept when it stays as well: if the form comes back for another reason, the tick is still there.
        self.fields[name].doubt = Doubt(findings, name_of_tick, token, stays)  # type: ignore[attr-defined]
        if not stays:
            self.add_error(name, ValidationError(_doubt_sentence(findings), code="doubt"))


def _names(findings: Iterable[Finding]) -> str:
    return ", ".join(f"{finding.kind.label} “{finding.text}”" for finding in findings)


def _block_sentence(findings: list[Finding]) -> str:
    return gettext("This cannot be saved. Take this out: %(what)s.") % {"what": _names(findings)}


def _doubt_sentence(findings: tuple[Finding, ...]) -> str:
    return gettext("This may point to a person: %(what)s. Leave it out, or tick that it may stay.") % {
        "what": _names(findings)
    }


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who somebody is. Everything else about an account has its own page."""

    class Meta:
        model = User
        fields = ("name", "email")
        help_texts = {"email": _("The person signs in with this address.")}

    def clean_email(self) -> str:
        """One spelling for each address."""
        return str(self.cleaned_data["email"]).strip().lower()


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
    """The name of a team and its fields of work."""

    policy_domains = forms.ModelMultipleChoiceField(
        label=_("Policy domains"),
        queryset=PolicyDomain.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Team
        fields = ("name", "policy_domains")


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
