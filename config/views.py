"""The few addresses that belong to no app."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from organisation.kernel.house_style import read


@require_safe
@login_not_required
@cache_control(max_age=300, public=True)
def house_style(request: HttpRequest) -> HttpResponse:
    """The municipality's design tokens as a style sheet; empty when it brings none."""
    tokens = Path(settings.HOUSE_STYLE).read_text() if settings.HOUSE_STYLE else ""
    return HttpResponse(read(tokens).css(), content_type="text/css; charset=utf-8")
