"""Standing in for a manager who is away: naming a deputy for a period, and ending that."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from organisation import permissions
from organisation.kernel.access import Refused
from organisation.models import Deputising, Event, Notice, User
from organisation.permissions import Action

ENDS_BEFORE = _("The first day back lies before the first day away.")
IS_PAST = _("That period has passed already.")
NOT_A_MANAGER = _("Only a manager can be away here, and only another manager can be the deputy.")
NOT_ONESELF = _("Choose somebody else as deputy.")
OVERLAPS = _("A deputy has been named already for one of these days. End that first.")


@transaction.atomic
def name_deputy(
    *, by: User, absent: User, deputy: User, since: date | None = None, until: date, reason: str = ""
) -> Deputising:
    """Let another manager answer for this one, from a day (default: today) up to the first day back."""
    absent = User.objects.select_for_update(of=("self",)).get(pk=absent.pk)
    permissions.require(by, Action.NAME_DEPUTY, absent)
    first = since or timezone.localdate()
    _require_two_managers(absent, deputy, by)
    if until <= first:
        raise Refused(ENDS_BEFORE)
    if until <= timezone.localdate():
        raise Refused(IS_PAST)
    if Deputising.objects.filter(absent=absent, since__lt=until, until__gt=first).exists():
        raise Refused(OVERLAPS)
    named = Deputising.objects.create(absent=absent, deputy=deputy, since=first, until=until, reason=reason.strip())
    _tell("deputy.named", named, by, after=f"{deputy.name}, {date_format(first)} – {date_format(until)}")
    return named


@transaction.atomic
def end_deputising(*, by: User, deputising: Deputising) -> Deputising:
    """End it today: at the next request the deputy sees and answers nothing of these teams any more."""
    rows = Deputising.objects.select_for_update(of=("self",)).select_related("absent", "deputy")
    deputising = rows.get(pk=deputising.pk)
    permissions.require(by, Action.END_DEPUTY, deputising.absent)
    today = timezone.localdate()
    if deputising.until > today:
        deputising.until = max(today, deputising.since)
        deputising.save(update_fields=["until"])
        _tell("deputy.ended", deputising, by, before=deputising.deputy.name)
    return deputising


def _require_two_managers(absent: User, deputy: User, by: User) -> None:
    if deputy.pk == absent.pk or (by.pk == deputy.pk and by.pk != absent.pk):
        raise Refused(NOT_ONESELF)
    if User.objects.working().leading().filter(pk__in=(absent.pk, deputy.pk)).count() < 2:
        raise Refused(NOT_A_MANAGER)


def _tell(verb: str, deputising: Deputising, by: User, *, before: str = "", after: str = "") -> None:
    event = Event.record(actor=by, verb=verb, target=deputising.absent, before=before, after=after)
    people = [deputising.absent, deputising.deputy]
    Notice.queue(event=event, recipients=people, url=reverse("organisation:deputies"))
