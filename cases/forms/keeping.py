"""Forms of how long a case is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case, RetentionClass
from cases.models.casefile import Result
from cases.rules.keeping import HoldKind
from organisation.forms import CheckedText

from .fields import choices, long_text


class ClassField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One retention class, with how long it keeps."""

    def label_from_instance(self, kept: RetentionClass) -> str:
        """The name first: codes are for those who know them."""
        period = kept.duration or _("for ever")
        return f"{kept.label} ({kept.code}): {period}"


class RetentionForm(forms.Form):
    """Which class, and until when the provision lasts."""

    retention_class = ClassField(
        None,
        label=_("Retention class"),
        required=False,
        empty_label=_("I do not know; somebody else chooses"),
        help_text=_("How long we keep this case. We propose what is usual here."),
    )
    provision_until = forms.DateField(
        label=_("Until when does the provision last?"),
        required=False,
        help_text=_("Only when something goes on after the case is closed, such as a benefit. We keep it longer then."),
    )

    def __init__(self, *args: Any, of: Case, proposed: RetentionClass | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "retention_class").queryset = RetentionClass.objects.valid().order_by("code")
        self.initial = {
            "retention_class": of.retention_class_id or (proposed and proposed.pk),
            "provision_until": of.provision_until,
        } | dict(self.initial)


class CloseForm(CheckedText, RetentionForm):
    """What came of the case, and how long it is kept."""

    result = forms.ChoiceField(label=_("What came of it?"), choices=Result.choices, widget=forms.RadioSelect)
    remark = long_text(label=_("Explanation"), required=False, rows=3)
    field_order = ("result", "remark", "retention_class", "provision_until")


class HoldForm(CheckedText, forms.Form):
    """Why a case may not be destroyed for now."""

    kind = forms.ChoiceField(label=_("What is going on?"), choices=HoldKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Explanation"), max_length=300, help_text=_("For instance the number of the objection. No names.")
    )


class LiftForm(CheckedText, forms.Form):
    """Why the hold is over."""

    why = forms.CharField(label=_("Why is the hold over?"), max_length=300)
