"""Forms for saying that something does not feel right, and for answering that."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import choices, once
from cases.models import Case
from cases.workflow import State as CaseState
from deviations.models.deviations import Kind
from deviations.workflow import UneaseState
from organisation.forms import CheckedText
from organisation.models import Team, User

LONGEST = 5_000
OFFERED = 50


class UneaseForm(CheckedText, forms.Form):
    """One field; the team only where somebody works in more than one."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("What does not feel right?"),
        help_text=_("A few words are enough. No names and no citizen service number."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("In which team?"), empty_label=None)
    key = once()

    def __init__(self, *args: Any, by: User, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(pk__in=by.standing.works_in)
        choices(self, "team").queryset = teams
        first = teams.filter(pk=case.team_id).first() if case else None
        self.fields["team"].initial = first or teams.first()
        self.fields["team"].required = teams.count() > 1
        if not self.fields["team"].required:
            self.fields["team"].widget = forms.HiddenInput()

    def clean_team(self) -> Team | None:
        """Who works in one team need not choose."""
        chosen: Team | None = self.cleaned_data["team"] or self.fields["team"].initial
        return chosen


class ReplyForm(CheckedText, forms.Form):
    """What is said back."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What happens with it?"),
        choices=[(state.value, state.label) for state in UneaseState if state != UneaseState.NEW],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Who said this reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )


class GoOnForm(forms.Form):
    """As which kind of deviation to go on, and in which case."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What happened with the routine?"), choices=Kind.choices, initial=Kind.MADE, widget=forms.RadioSelect
    )
    case = forms.ModelChoiceField(Case.objects.none(), label=_("In which case?"), empty_label=_("Choose a case"))

    def __init__(self, *args: Any, by: User, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choices(self, "case")
        mine = Case.objects.workable_by(by).exclude(state=CaseState.CLOSED)
        field.queryset = mine
        offered = mine.filter(pk=case.pk) if case else mine.order_by("-opened_at")[:OFFERED]
        rows = list(offered.only("number", "subject"))
        field.choices = [
            *([] if case else [("", field.empty_label)]),
            *((row.pk, f"{row.number} {row.subject}") for row in rows),
        ]
