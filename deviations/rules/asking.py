"""A space that was proposed beside the one that was granted: what is different, in words for who proposed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.kernel.money import euros, from_cents


@dataclass(frozen=True)
class Room:
    """What is compared: the routines by name, the amounts in cents, the last day, and whether the proposer holds it."""

    routines: dict[UUID, str]
    per_deviation: int | None
    per_month: int | None
    until: date | None
    held: bool = True


AMOUNTS: dict[str, Promise] = {"per_deviation": _("At most per deviation"), "per_month": _("At most per month")}


def differences(asked: Room, granted: Room) -> tuple[str, ...]:
    """A sentence for each difference that counts; none when it was granted as it was proposed."""
    return tuple(_differences(asked, granted))


def _differences(asked: Room, granted: Room) -> Iterator[str]:
    for key in asked.routines.keys() - granted.routines.keys():
        yield gettext("Not for this routine: %(routine)s.") % {"routine": asked.routines[key]}
    for key in granted.routines.keys() - asked.routines.keys():
        yield gettext("Also for this routine: %(routine)s.") % {"routine": granted.routines[key]}
    for name, label in AMOUNTS.items():
        before, after = getattr(asked, name), getattr(granted, name)
        if before != after:
            words = {"label": label, "after": _money(after), "before": _money(before)}
            yield gettext("%(label)s: %(after)s, where %(before)s was proposed.") % words
    if asked.until and granted.until != asked.until:
        words = {"after": _day(granted.until), "before": _day(asked.until)}
        yield gettext("Until %(after)s, where %(before)s was proposed.") % words
    if not granted.held:
        yield gettext("For others than who proposed it.")


def _money(cents: int | None) -> str:
    return gettext("no amount") if cents is None else euros(from_cents(cents))


def _day(day: date | None) -> str:
    return date_format(day) if day else ""
