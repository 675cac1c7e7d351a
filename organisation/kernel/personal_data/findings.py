"""What a finding is, and the word that stands in its place."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What was recognised."""

    BSN = "bsn", _("Citizen service number (BSN)")
    IBAN = "iban", _("Bank account number (IBAN)")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone number")
    POSTCODE = "postcode", _("Postcode with house number")
    BIRTH_DATE = "birth_date", _("Birth date")
    NUMBER_PLATE = "number_plate", _("Number plate")
    NAME = "name", _("Name of a person")


# In Dutch whatever the language of the reader, because the text round it is.
_PLACEHOLDERS: dict[Kind, str] = {
    Kind.BSN: "[burgerservicenummer]",
    Kind.IBAN: "[rekeningnummer]",
    Kind.EMAIL: "[e-mailadres]",
    Kind.PHONE: "[telefoonnummer]",
    Kind.POSTCODE: "[postcode en huisnummer]",
    Kind.BIRTH_DATE: "[geboortedatum]",
    Kind.NUMBER_PLATE: "[kenteken]",
    Kind.NAME: "[naam]",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Identifying data at `text[start:end]`; one that `blocks` may not be saved at all."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def blocks(self) -> bool:
        return self.kind == Kind.BSN


def placeholder(kind: Kind) -> str:
    """The neutral Dutch word for a kind: no digit, capital or at-sign, so that it is never found itself."""
    return _PLACEHOLDERS[kind]
