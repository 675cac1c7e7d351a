"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisation.models import Notice


def page(request: HttpRequest) -> dict[str, Any]:
    """Names for the header and footer; the count of notices is asked only by a page that shows it."""
    user = getattr(request, "user", None)

    def unread_notices() -> int:
        return Notice.objects.visible_to(user).unread().count() if user and user.is_authenticated else 0

    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "product_version": settings.VERSION,
        "house_style": bool(settings.HOUSE_STYLE),
        "demo": settings.DEMO,
        "unread_notices": unread_notices,
    }
