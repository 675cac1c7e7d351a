"""What administrators see of the settings: whether they are safe, and whether the system runs. No secrets."""

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from organisation import readiness
from organisation.models import Errand, Heartbeat
from organisation.pages import Request, for_administrators, show


@require_GET
@for_administrators
def settings_check(request: Request) -> HttpResponse:
    """Findings about the settings, the parts that work needs, and the errand book."""
    facts = [
        (_("Version"), settings.VERSION),
        (_("Municipality"), settings.ORGANISATION_NAME),
        (_("Address"), settings.BASE_URL),
        (_("Database"), {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(connection.vendor, connection.vendor)),
        (_("Messages between processes"), "Redis" if settings.REDIS_URL else _("Files on this machine")),
        (_("Demo mode"), _("on") if settings.DEMO else _("off")),
        (_("Secure connection (HTTPS)"), _("on") if settings.HTTPS else _("off")),
        (_("Public pages: accounts"), _("on") if settings.PUBLIC_ACCOUNTS else _("off")),
        (_("Public pages: register"), _("on") if settings.PUBLIC_REGISTER else _("off")),
        (_("Session ends after not being used"), _("%(n)d minutes") % {"n": settings.SESSION_COOKIE_AGE // 60}),
        (
            _("Session ends at the latest after"),
            _("%(n)d hours") % {"n": settings.SESSION_ABSOLUTE_AGE.total_seconds() // 3600},
        ),
    ]
    context = {
        "facts": facts,
        "findings": [finding for finding in run_checks() if not finding.is_silenced()],
        "parts": [(readiness.LABELS[name], state == readiness.OK) for name, state in readiness.parts().items()],
        "heartbeat": Heartbeat.objects.order_by("-at").first(),
        "waiting": Errand.objects.due().count(),
        "failed": Errand.objects.filter(failed_at__isnull=False)[:25],
    }
    return show(request, "organisation/settings_check.html", context)
