"""Forms of people and teams; and the check for personal data that every form with free text shares."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.personal_data import Finding, find

_Base = forms.Form if TYPE_CHECKING else object


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found in one field, and the name and value of the tick that says it may stay."""

    findings: tuple[Finding, ...]
    name: str
    token: str


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
        doubt = Doubt(findings, f"{self.add_prefix(name)}-stays", token_of(findings))
        if doubt.token in self.data.getlist(doubt.name):
            return
        self.fields[name].doubt = doubt  # type: ignore[attr-defined]
        self.add_error(name, ValidationError(_doubt_sentence(findings), code="doubt"))


KINDS: dict[str, Any] = {
    "bsn": _("citizen service number"),
    "iban": _("bank account number"),
    "email": _("e-mail address"),
    "phone": _("telephone number"),
    "postcode": _("postcode with house number"),
    "birth_date": _("date of birth"),
    "number_plate": _("number plate"),
    "name": _("name"),
}


def _names(findings: Iterable[Finding]) -> str:
    return ", ".join(f"{KINDS[finding.kind]} “{finding.text}”" for finding in findings)


def _block_sentence(findings: list[Finding]) -> str:
    return gettext("This cannot be saved, because it holds a %(what)s. Take it out.") % {"what": _names(findings)}


def _doubt_sentence(findings: tuple[Finding, ...]) -> str:
    return gettext("This may point to a person: %(what)s. Leave it out, or tick that it may stay.") % {
        "what": _names(findings)
    }
