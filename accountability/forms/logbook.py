"""The filters of the logbook: they live in the address, so that they can be kept and shared."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accountability.rules.log_groups import GROUPS, beginnings
from accountability.services.belonging import about, numbered
from accountability.services.reading_log import within
from deviations.models import DiscretionarySpace
from organisation.models import AccessBasis, AccessEvent, AccessWay, Event, User

MOST_PEOPLE = 50
SYSTEM = "handelingsruimte"
GROUP_CHOICES = [("", _("Everything")), *((code, words) for code, (words, _parts) in GROUPS.items())]


class _LineFilter(forms.Form):
    """What both books are filtered by."""

    who = forms.CharField(label=_("Who"), required=False, max_length=120, help_text=_("A name or e-mail address"))
    about = forms.CharField(label=_("About"), required=False, max_length=120, help_text=_("A number or a name"))
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Up to and including"), required=False)

    first: tuple[str, ...] = ("who", "about")

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in self.first]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that may stay folded."""
        return [self[name] for name in self.fields if name not in self.first]

    @property
    def more_used(self) -> bool:
        """Whether one of those is filled in."""
        return any(self.data.get(field.name) for field in self.more)

    @property
    def asked(self) -> str:
        """What is asked for, in words: it stands in the line about taking it along."""
        self.is_valid()
        given = [(field, self.cleaned_data.get(name)) for name, field in self.fields.items()]
        return ", ".join(f"{field.label}: {value}" for field, value in given if value)

    def lines(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The lines asked for, newest first; what was filled in badly is left out and told at the field."""
        self.is_valid()
        asked = self.cleaned_data
        if who := asked.get("who"):
            rows = rows.filter(_by(who))
        if text := asked.get("about"):
            targets = numbered(text)
            rows = rows.filter(about(targets) if targets else Q(target_label__icontains=text))
        return within(rows, asked.get("since"), asked.get("until")).order_by("-at", "-id")


class DeedFilter(_LineFilter):
    """What was done."""

    what = forms.ChoiceField(label=_("What"), choices=GROUP_CHOICES, required=False)
    space = forms.ModelChoiceField(
        DiscretionarySpace.objects.order_by("-number"),
        label=_("Space"),
        required=False,
        to_field_name="number",
        empty_label=_("All"),
    )
    first = ("who", "about", "what")

    def apply(self) -> QuerySet[Event]:
        """The lines asked for."""
        rows = self.lines(Event.objects.all())
        if code := self.cleaned_data.get("what"):
            wanted = Q()
            for beginning in beginnings(code):
                wanted |= Q(verb__startswith=beginning)
            rows = rows.filter(wanted)
        if space := self.cleaned_data.get("space"):
            rows = rows.filter(covered_by=space.pk)
        return rows


class OpeningFilter(_LineFilter):
    """What was opened."""

    way = forms.ChoiceField(label=_("How"), choices=[("", _("All")), *AccessWay.choices], required=False)
    basis = forms.ChoiceField(label=_("Why"), choices=[("", _("All")), *AccessBasis.choices], required=False)
    first = ("who", "about", "way")

    def apply(self) -> QuerySet[AccessEvent]:
        """The lines asked for."""
        rows = self.lines(AccessEvent.objects.all())
        for name in ("way", "basis"):
            if self.cleaned_data.get(name):
                rows = rows.filter(**{name: self.cleaned_data[name]})
        return rows


def _by(text: str) -> Q:
    """Lines of people with this name or address; of who has left too. The system itself has no account."""
    if text.strip().lower() == SYSTEM:
        return Q(actor_id=None)
    people = User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return Q(actor_id__in=list(people.values_list("pk", flat=True)[:MOST_PEOPLE]))
