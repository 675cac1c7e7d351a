"""Forms for asking advice, giving it, and saying what was done with it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices, once
from deviations.models import Deviation
from deviations.rules.advising import Kind, View
from organisation.forms import CheckedText
from organisation.models import Membership, Role, User

LONGEST = 5_000


def _text(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LONGEST, widget=widget)


class AskForm(CheckedText, forms.Form):
    """Whom to ask, what, and what they may see of the case."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Whom do you ask?"), choices=Kind.choices, widget=forms.RadioSelect)
    asked = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Which colleague?"),
        required=False,
        empty_label=_("Choose a colleague"),
        help_text=_("Not needed when you ask your team: all caseworkers of the team are asked."),
    )
    question = _text(_("What do you want advice on?"), required=True)
    story = _text(
        _("The case in short"),
        _("This is all they see of the case. Change it until it holds what they need, and nothing about who it is."),
        rows=5,
    )
    anonymous = forms.BooleanField(
        label=_("Leave out the case number, my name and the neighbourhood"),
        help_text=_("For your team they are always left out."),
        required=False,
    )
    key = once()

    def __init__(self, *args: Any, deviation: Deviation, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choices(self, "asked")
        field.queryset = _colleagues(by)
        of_team = set(
            Membership.objects.current()
            .filter(team=deviation.team_id, role=Role.CASEWORKER)
            .values_list("user_id", flat=True)
        )
        people = list(field.queryset.only("name"))
        field.choices = [
            ("", field.empty_label),
            (str(deviation.team), [(person.pk, person.name) for person in people if person.pk in of_team]),
            (gettext("Other colleagues"), [(person.pk, person.name) for person in people if person.pk not in of_team]),
        ]

    def mark_needed(self) -> None:
        """Leave out the word “optional”: only a team needs no name."""
        self.fields["asked"].required = True

    def clean(self) -> dict[str, Any]:
        """A team has no name; everybody else has."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Kind.TEAM:
            cleaned["asked"] = None
        elif not cleaned.get("asked") and "asked" not in self.errors:
            self.add_error("asked", forms.ValidationError(_("Choose the colleague you ask."), code="required"))
        return cleaned


class _InWords(CheckedText, forms.Form):
    """An opinion that is not a plain yes says why."""

    use_required_attribute = False
    view = forms.ChoiceField(label=_("Your opinion"), choices=View.choices, widget=forms.RadioSelect)
    text = _text(_("Your advice"), _("Needed when you do not simply agree: what should be different, and why?"), rows=4)

    def clean(self) -> dict[str, Any]:
        """Words where they are needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        says_why = cleaned.get("view") in (View.AGREES_IF, View.DISAGREES)
        if says_why and "text" not in self.errors and not cleaned.get("text", "").strip():
            self.add_error("text", forms.ValidationError(_("Write your advice in words."), code="required"))
        return cleaned


class OpinionForm(_InWords):
    """What one colleague thinks of it."""


class ReceivedForm(_InWords):
    """Legal advice that was given elsewhere."""

    received_on = forms.DateField(label=_("Received on"))
    reference = forms.CharField(
        label=_("Reference"), max_length=120, help_text=_("Under which number or name can it be found again?")
    )
    key = once()
    field_order = ("received_on", "reference", "view", "text", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"].label = _("What does the advice say?")
        self.fields["text"].label = _("The advice in short")
        choices(self, "view").choices = ADVICE_SAYS

    def clean_received_on(self) -> Any:
        """Nobody received it tomorrow."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


ADVICE_SAYS = (
    (View.AGREES.value, _("It can be done")),
    (View.AGREES_IF.value, _("It can be done, if…")),
    (View.DISAGREES.value, _("It cannot be done like this")),
)


class SettleForm(CheckedText, forms.Form):
    """Whether the advice was followed, and why."""

    use_required_attribute = False
    followed = forms.TypedChoiceField(
        label=_("Did you follow this advice?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why = _text(_("Why?"), _("Needed when you did not follow it. Who advised you reads it."))

    def clean(self) -> dict[str, Any]:
        """Not following asks for a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("followed") is False and "why" not in self.errors and not cleaned.get("why", "").strip():
            self.add_error(
                "why", forms.ValidationError(_("Write why you did not follow this advice."), code="required")
            )
        return cleaned


def _colleagues(by: User) -> "QuerySet[User]":
    found: QuerySet[User] = User.objects.working().exclude(pk=by.pk).order_by("name")
    return found
