"""Forms that bring something into a learning question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Routine
from learning.models import LearningQuestion


class BelongsForm(forms.Form):
    """The question that something belongs to; those about the same routine first."""

    question = forms.ModelChoiceField(
        LearningQuestion.objects.none(), label=_("Which learning question?"), empty_label=_("Choose a question")
    )

    def __init__(self, *args: Any, routine: Routine | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question"]
        field.queryset = LearningQuestion.objects.going_on().same_routine_first(routine)

    @property
    def offers(self) -> bool:
        """Whether there is a question to choose."""
        field: Any = self.fields["question"]
        return bool(field.queryset.exists())
