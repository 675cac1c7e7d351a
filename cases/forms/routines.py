"""Forms of the catalogue of routines."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine, RoutineVersion, SourceType
from organisation.models import PolicyDomain

from .fields import long_text

TEXT = ("prescribes", "purpose", "source_type", "source_reference", "source_url")


def title_nl() -> forms.CharField:
    """What the routine is called."""
    return forms.CharField(label=_("Title"), max_length=160)


def title_en() -> forms.CharField:
    """The same for who reads English."""
    return forms.CharField(label=_("Title in English"), max_length=160, required=False)


def owner() -> forms.CharField:
    """A function, never a person."""
    words = _("Who answers for this routine, as a function.")
    return forms.CharField(label=_("Owner"), max_length=120, required=False, help_text=words)


class TextForm(forms.Form):
    """What a version says."""

    prescribes = long_text(label=_("What does the routine prescribe?"))
    purpose = long_text(
        label=_("What is it meant for?"),
        help_text=_("The purpose: what this routine protects or makes possible. A routine without one cannot be used."),
    )
    source_type = forms.ChoiceField(
        label=_("What kind of source does it come from?"), choices=SourceType.choices, widget=forms.RadioSelect
    )
    source_reference = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("Such as the article or the title of the rule.")
    )
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https", max_length=200)

    @property
    def text(self) -> dict[str, Any]:
        """The text alone, as the services want it."""
        return {name: self.cleaned_data[name] for name in TEXT}

    @staticmethod
    def of(version: RoutineVersion) -> dict[str, Any]:
        """The text of a version, to begin with."""
        return {name: getattr(version, name) for name in TEXT}


class RoutineForm(TextForm):
    """A new routine with its first version."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        validators=[RegexValidator(r"^[A-Z]{2,6}-\d{2,4}$", _("Write a code as letters, a dash and digits: INK-09."))],
        help_text=_("Letters for the field of work, a dash and a number, such as INK-09. It never changes."),
    )
    title_nl = title_nl()
    title_en = title_en()
    policy_domain = forms.ModelChoiceField(PolicyDomain.objects.valid(), label=_("Policy domain"))
    owner = owner()
    valid_from = forms.DateField(label=_("Valid from"), initial=timezone.localdate)

    field_order = ("code", "title_nl", "title_en", "policy_domain", "owner", "valid_from", *TEXT)


class NameForm(forms.Form):
    """Title and owner; `seen` is the fingerprint of what was read."""

    title_nl = title_nl()
    title_en = title_en()
    owner = owner()
    seen = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def of(routine: Routine) -> dict[str, Any]:
        """What stands there now, to begin with."""
        names = {name: getattr(routine, name) for name in ("title_nl", "title_en", "owner")}
        return names | {"seen": routine.fingerprint}


class VersionForm(TextForm):
    """A new version; `seen` is the number of the version it follows."""

    valid_from = forms.DateField(label=_("Valid from"), initial=timezone.localdate)
    reason = long_text(label=_("Why does it change?"), rows=3)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(TextForm):
    """A better text of a version nobody has used; `seen` is the fingerprint of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput)
