"""The check for personal data that every form with free text shares: what was found, and what can take its place."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.personal_data import Finding, find, placeholder, replace, take_out

REPLACE = "_replace"  # the name of the buttons that take something out
ALL = "all"
LARGEST = 50_000  # characters of one text that is kept while typing
TEXT_CHANGED = _("The text is changed as you asked. Read it once more, then save.")

if TYPE_CHECKING:
    _Base = forms.Form
else:
    _Base = object


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that was found, the neutral word that can take its place, and the value of the button for that."""

    finding: Finding
    instead: str
    value: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found in one text, and the name and value of the tick that says it may stay."""

    findings: tuple[Finding, ...]
    field: str
    stays: bool = False

    @property
    def name(self) -> str:
        """Of the tick."""
        return f"{self.field}-stays"

    @property
    def token(self) -> str:
        """Of all that was found."""
        return token_of(self.findings)

    @property
    def blocking(self) -> list[Finding]:
        """What may never be saved, whatever is ticked."""
        return [finding for finding in self.findings if finding.blocks]

    @property
    def offers(self) -> list[Offer]:
        """Each thing once."""
        once = {token_of((each,)): each for each in self.findings}
        return [Offer(each, placeholder(each.kind), f"{self.field}:{token}") for token, each in once.items()]

    @property
    def everything(self) -> str:
        """The value of the button that takes all of it out."""
        return f"{self.field}:{ALL}"

    @property
    def sentence(self) -> str:
        """What is the matter, and what to do."""
        if self.blocking:
            return gettext("This cannot be saved. Take this out: %(what)s.") % {"what": _names(self.blocking)}
        return gettext("This may point to a person: %(what)s. Leave it out, or tick that it may stay.") % {
            "what": _names(self.findings)
        }


def token_of(findings: tuple[Finding, ...]) -> str:
    """Stands for exactly these findings: other text, other token, so a new name is asked about again."""
    found = "|".join(sorted(finding.text for finding in findings))
    return hashlib.sha256(found.encode()).hexdigest()[:16]


def doubt_of(field: str, text: str, ticks: Iterable[str]) -> Doubt | None:
    """What there is to say about the text of one field; nothing when nothing is found in it."""
    findings = tuple(find(text))
    if not findings:
        return None
    return Doubt(findings, field, stays=token_of(findings) in ticks and not any(each.blocks for each in findings))


def taken_out(text: str, token: str) -> str:
    """The text as the button with this token asks for it: without one thing, or without all that was found."""
    if token == ALL:
        return replace(text)
    for finding in find(text):
        if token_of((finding,)) == token:
            return take_out(text, finding.kind, finding.text)
    return text


def _names(findings: Iterable[Finding]) -> str:
    named = (gettext("%(kind)s “%(text)s”") % {"kind": each.kind.label, "text": each.text} for each in findings)
    return ", ".join(dict.fromkeys(named))


class CheckedText(_Base):
    """Mixin, first in the list of bases: checks every free text field, whatever `clean` the form itself has.

    Plain character fields are checked, except those named in `unchecked`. A blocking finding is an error at the
    field. Another is an error too, once, with a tick beside it that says the text may be saved like this; the
    field then carries a `doubt`, which its template shows. The button `_replace` of a doubt changes the text and
    shows the form again.
    """

    unchecked: ClassVar[tuple[str, ...]] = ()
    is_typing = False  # saved by itself: only what blocks is left out, what is too long or doubtful is told later

    def __getitem__(self, name: str) -> forms.BoundField:
        """The field as its template gets it, which tells whether it is checked while somebody types."""
        bound = super().__getitem__(name)
        bound.checked = self._is_checked(name)  # type: ignore[attr-defined]
        return bound

    def full_clean(self) -> None:
        """After the ordinary checks, so that nobody has to remember to call it."""
        changed = self.is_bound and self._take_out()
        super().full_clean()
        if not self.is_bound:
            return
        if self.is_typing:
            self._let_long_texts_be()
        for name, text in list(self._free_text()):
            self._judge(name, text)
        if changed:
            self.add_error(None, ValidationError(TEXT_CHANGED, code="replaced"))

    def _let_long_texts_be(self) -> None:
        """What somebody pasted is kept, also when it has to become shorter before it can be sent."""
        for name, errors in list(self.errors.as_data().items()):
            text = self.data.get(self.add_prefix(name), "")
            area = name in self.fields and isinstance(self.fields[name].widget, forms.Textarea)
            if area and {error.code for error in errors} == {"max_length"} and len(text) <= LARGEST:
                self.cleaned_data[name] = text
                del self.errors[name]

    def _is_checked(self, name: str) -> bool:
        field = self.fields[name]
        return type(field) is forms.CharField and name not in self.unchecked and not field.widget.is_hidden

    def _free_text(self) -> Iterator[tuple[str, str]]:
        cleaned = getattr(self, "cleaned_data", {})
        for name in self.fields:
            if self._is_checked(name) and cleaned.get(name):
                yield name, cleaned[name]

    def _judge(self, name: str, text: str) -> None:
        ticks = cast(QueryDict, self.data).getlist(f"{self.add_prefix(name)}-stays")
        doubt = doubt_of(self.add_prefix(name), text, ticks)
        if doubt is None:
            return
        # Kept when it stays as well: if the form comes back for another reason, the tick is still there.
        self.fields[name].doubt = doubt  # type: ignore[attr-defined]
        if not doubt.stays and (doubt.blocking or not self.is_typing):
            code = "personal_data" if doubt.blocking else "doubt"
            self.add_error(name, ValidationError(doubt.sentence, code=code))

    def _take_out(self) -> bool:
        """Do what the button of a doubt asks; whether there was one."""
        field, _colon, token = self.data.get(REPLACE, "").rpartition(":")
        if field not in {self.add_prefix(name) for name in self.fields if self._is_checked(name)}:
            return False
        changed = cast(QueryDict, self.data).copy()
        changed[field] = taken_out(self.data.get(field, ""), token)
        del changed[REPLACE]
        self.data = changed
        return True
