"""Forms of a learning question: the problem first, and one form for each step after it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.forms.fields import RoutineField
from cases.forms.routines import TextForm
from cases.models import Routine
from learning.models import Improvement, LearningQuestion, Reply
from learning.services import replying
from organisation.forms import CheckedText
from organisation.kernel.periods import Period
from organisation.models import Role, Team, User

LONGEST = 5_000


def _text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=widget)


class QuestionForm(CheckedText, forms.Form):
    """The problem, without its solution."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("The problem in a few words."))
    problem = _text(
        _("What is the problem?"),
        _("What happens, to whom, and why is that a problem? Not yet what to do about it: that comes later."),
    )
    routine = RoutineField(
        Routine.objects.none(), label=_("Which routine is it about?"), required=False, empty_label=_("None or several")
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who looks after it?"))
    due_on = forms.DateField(
        label=_("Before which day is it closed?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routines: Any = self.fields["routine"]
        routines.queryset = Routine.objects.active().select_related("policy_domain").order_by("policy_domain", "code")
        owners: Any = self.fields["owner"]
        owners.queryset = User.objects.filter(groups__name=Role.POLICY_OFFICER, is_active=True)

    def clean_due_on(self) -> Any:
        """Not in the past; one that stood there already may stay."""
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("This day is over."))
        return day

    @staticmethod
    def of(question: LearningQuestion) -> dict[str, Any]:
        """What stands there, to begin with."""
        return {name: getattr(question, name) for name in ("title", "problem", "routine", "owner", "due_on")}


class StepForm(CheckedText, forms.Form):
    """A step of a question; most need nothing but a button."""

    def __init__(self, *args: Any, question: LearningQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def words(self) -> dict[str, Any]:
        """What the service gets."""
        return dict(self.cleaned_data)


class ProposalForm(StepForm):
    """What was found out, and then what to do."""

    findings = _text(_("What did you find out?"), _("From the figures, the stories and the people concerned."))
    proposal = _text(_("What do you propose?"))


class DecisionForm(StepForm):
    """What was decided."""

    improvement = forms.ChoiceField(label=_("What was decided?"), choices=Improvement.choices, widget=forms.RadioSelect)
    reasons = _text(_("Why?"), _("Those who signalled it read this."))


class CarriedOutForm(StepForm):
    """What was done, from which day; and the new text of the routine, when that changed."""

    carried_out = _text(_("What was done?"))
    changed_on = forms.DateField(
        label=_("From which day does it hold?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    new_version = forms.BooleanField(label=_("The routine gets a new version with the text below"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.question.routine.version_on() if self.question.routine else None
        if version is None:
            del self.fields["new_version"]
            return
        text = TextForm(initial=TextForm.of(version))
        for name, field in text.fields.items():
            field.initial, field.required = text.initial[name], False
            self.fields[name] = field
        self.initial.setdefault("new_version", self.question.improvement == Improvement.CHANGE_RULE)

    def clean(self) -> dict[str, Any]:
        """A new version needs what it prescribes, a purpose and a kind of source."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new_version"):
            for name in ("prescribes", "purpose", "source_type"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, forms.ValidationError(_("A new version needs this."), code="required"))
        return cleaned

    def words(self) -> dict[str, Any]:
        """The text of the routine apart."""
        names = ("carried_out", "changed_on")
        found = {name: self.cleaned_data[name] for name in names}
        if self.cleaned_data.get("new_version"):
            rest = (*names, "new_version")
            found["version"] = {name: value for name, value in self.cleaned_data.items() if name not in rest}
        return found


class EffectForm(StepForm):
    """What came of it."""

    effect = _text(_("What came of it?"), _("The figures stand above. What do you and those concerned see?"))


class ReopenForm(StepForm):
    """Why it is taken up again."""

    reasons = _text(_("Why is it taken up again?"), rows=3)


class LinkForm(StepForm):
    """Which deviations the question is about."""

    routine = RoutineField(Routine.objects.none(), label=_("Routine"))
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("All teams"))
    first = forms.CharField(label=_("From month"), widget=forms.DateInput(attrs={"type": "month"}))
    last = forms.CharField(label=_("Up to and including"), widget=forms.DateInput(attrs={"type": "month"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routines: Any = self.fields["routine"]
        routines.queryset = Routine.objects.select_related("policy_domain").order_by("policy_domain", "code")
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.all()
        today = Period.of_date(timezone.localdate())
        usual = {"routine": self.question.routine_id, "first": str(today - 11), "last": str(today)}
        self.initial = {**usual, **self.initial}

    def clean_first(self) -> Period:
        """A month."""
        return _month(self.cleaned_data["first"])

    def clean_last(self) -> Period:
        """A month."""
        return _month(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        """Not the wrong way round."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "first" in cleaned and "last" in cleaned and cleaned["last"] < cleaned["first"]:
            self.add_error("last", forms.ValidationError(_("This month lies before the first one.")))
        return cleaned


class ReplyForm(StepForm):
    """An answer to who signalled."""

    to = forms.ChoiceField(label=_("To whom?"), required=False)
    kind = forms.ChoiceField(label=_("Which answer?"), choices=Reply.Kind.choices, widget=forms.RadioSelect)
    text = _text(_("In your words"), _("They read this on their first screen."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["to"]
        self.audiences = {each.key: each for each in replying.audiences(self.question)}
        choices.choices = [(each.key, f"{each.label} ({_people(each.number)})") for each in self.audiences.values()]

    def words(self) -> dict[str, Any]:
        """The people behind the choice."""
        chosen = self.audiences.get(self.cleaned_data["to"])
        return {
            "kind": self.cleaned_data["kind"],
            "text": self.cleaned_data["text"],
            "to": list(chosen.people) if chosen and chosen.key else None,
        }


class StoryForm(CheckedText, forms.Form):
    """A story without names."""

    story = _text(
        _("What happened?"),
        _("No names, places or dates by which somebody could be recognised. What did the routine do, and what helped?"),
        rows=8,
    )


def _month(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as wrong:
        raise forms.ValidationError(_("Write a month as 2026-03.")) from wrong


def _people(number: int) -> str:
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
