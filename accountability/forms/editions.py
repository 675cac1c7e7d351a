"""Forms of an account: about which time, what each part says, and why it is given back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accountability.models import Edition, EditionStory
from accountability.rules.audiences import NEEDED, Part
from accountability.rules.spans import Span
from accountability.services.composing import texts_for
from organisation.forms import CheckedText
from organisation.kernel.periods import Period

YEARS, LONGEST = 3, 8000

HELP = {
    Part.MEANT: _("What should our routines bring about, and why do we leave room to depart from them?"),
    Part.SEEN: _("What do the figures below say? What stands out, and what do we not know?"),
    Part.STORIES: _("A few words before the stories, if they need any."),
    Part.CHANGED: _("Which routines, systems or ways of working changed, and did that help?"),
    Part.COULD_NOT: _("What did we want to change and could not, or not yet? Why?"),
    Part.ASKED: _("What do you ask of those who read this?"),
    Part.METHOD: _("Made by the system from how the figures come about. Change it if more is to be said."),
    Part.DEFINITIONS: _("Each on a line of its own. Change it where your municipality uses other words."),
}
ROWS = {Part.STORIES: 2, Part.METHOD: 8, Part.DEFINITIONS: 7}


class MakeForm(CheckedText, forms.Form):
    """A time that is over."""

    span = forms.ChoiceField(label=_("About which time?"))
    note = forms.CharField(
        label=_("What changed since the edition before?"),
        help_text=_("Only when there is a published account about this time already."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Period.of(timezone.now())
        field: Any = self.fields["span"]
        field.choices = [
            (str(year), [(str(span), span.label) for span in Span.of_year(year) if span.quarters[-1].last < now])
            for year in range(now.year, now.year - YEARS, -1)
            if now > Period(year, 3)
        ]

    @property
    def chosen(self) -> Span:
        """The time that was chosen."""
        return Span.parse(self.cleaned_data["span"])


class TextsForm(CheckedText, forms.Form):
    """What each part says; to one audience, what it says in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: Edition, audience: str, **kwargs: Any) -> None:
        self.edition, self.audience = edition, audience
        own = {row.part: row.text for row in edition.texts.all() if row.audience == audience}
        kwargs["initial"] = {**own, "version": edition.version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        general = texts_for(edition, "") if audience else {}
        for part in Part:
            self.fields[part] = self._text(part, general.get(part, ""))

    def _text(self, part: Part, general: str) -> forms.CharField:
        told = _("Leave empty to say the same as to everybody.") if general else HELP[part]
        area = forms.Textarea(attrs={"rows": ROWS.get(part, 6), "maxlength": LONGEST})
        return forms.CharField(label=part.label, help_text=told, required=False, max_length=LONGEST, widget=area)

    def mark_needed(self) -> None:
        """Show which parts an account needs before it is published; saving asks for none."""
        for part in () if self.audience else NEEDED:
            self.fields[part].required = True

    @property
    def texts(self) -> dict[str, str]:
        """By part, as they were sent or, before that, as they stand there."""
        if self.is_bound:
            return {part: self.data.get(self.add_prefix(part), "").replace("\r\n", "\n") for part in Part.values}
        return {part: str(self.initial.get(part, "")) for part in Part.values}

    def now(self) -> "TextsForm":
        """The same form of the account as it stands, not sent."""
        return TextsForm(edition=Edition.objects.get(pk=self.edition.pk), audience=self.audience)


class GiveBackForm(CheckedText, forms.Form):
    """Why."""

    reason = forms.CharField(
        label=pgettext_lazy("of an account", "What has to change?"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        max_length=1000,
    )


class StoryForm(CheckedText, forms.ModelForm):  # type: ignore[type-arg]
    """The story in words for outside."""

    class Meta:
        model = EditionStory
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "maxlength": 3000})}
