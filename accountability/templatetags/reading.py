"""Lines of the access log, and days that were kept as text, in words on a page."""

from datetime import date

from django import template

from accountability.services.reading_log import roles_in_words, why
from organisation.models import AccessEvent

register = template.Library()
register.filter("roles", roles_in_words)


@register.filter("why")
def why_of(line: AccessEvent) -> str:
    """Why somebody could open it."""
    return why(line.basis, line.basis_note)


@register.filter
def day(kept: str) -> date:
    """A day that was kept as text."""
    return date.fromisoformat(kept)
