"""Filters that pages of every app share: money, deadlines in working days, a query string with one change."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.drafting import kept_by_address
from organisation.kernel.ids import new_id
from organisation.kernel.money import euros, from_cents
from organisation.kernel.working_days import working_days_between

register = template.Library()


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


@register.filter
def money(cents: int | None) -> str:
    """Whole cents as "€ 1.234,50"; a dash when there is no amount."""
    return "–" if cents is None else euros(from_cents(int(cents)))


@register.filter
def working_days_left(due: date | datetime | None) -> int | None:
    """Working days until the deadline: 0 today, negative when it has passed."""
    return None if not due else working_days_between(timezone.localdate(), _day(due))


@register.filter
def deadline(due: date | datetime | None) -> str:
    """How long is left, in words: "2 working days left", "today", "1 working day late"."""
    if not due:
        return ""
    days = working_days_between(timezone.localdate(), _day(due))
    if _day(due) < timezone.localdate():
        late = max(-days, 1)  # a deadline on a day off still counts as passed
        return ngettext("%(days)d working day late", "%(days)d working days late", late) % {"days": late}
    if _day(due) == timezone.localdate():
        return _("today")
    return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}


@register.filter
def is_late(due: date | datetime | None) -> bool:
    """Whether the deadline has passed."""
    if not due:
        return False
    return due < timezone.now() if isinstance(due, datetime) else due < timezone.localdate()


@register.filter
def presses(due: date | datetime | None) -> bool:
    """Whether the deadline is today, tomorrow or passed: worth a colour beside the words."""
    days = working_days_left(due)
    return days is not None and days <= 1


@register.simple_tag(takes_context=True)
def keep_by_address(context: Context, form: Any, address: str) -> str:
    """Keep what is typed in a form that no view keeps, under the address it goes to. Writes nothing."""
    if isinstance(form, BaseForm):
        kept_by_address(context["request"], form, address)
    return ""


@register.simple_tag(takes_context=True)
def window_keys(context: Context, form: Any) -> str:
    """Hidden fields that tell this form from the same one in another window; the same when the form comes back."""
    sent = context["request"].POST
    page = sent.get("_page") or new_id()
    after = sent.get("_after") or getattr(getattr(form, "draft", None), "revision", "")
    keys = [("_page", page), ("_after", after)]
    if arriving := getattr(form, "sent_draft", ""):
        keys.append(("_draft", arriving))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', keys)


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under a key that is itself a variable."""
    return mapping.get(key)
