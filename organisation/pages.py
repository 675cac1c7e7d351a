"""Answering with a page, or with the part of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The whole page; for htmx only its `{% partialdef %}` named `part`. The same context, so both say the same.

    Status 200, 409 for a refusal shown in place, 422 for bad input.
    """
    name = f"{template}#{part}" if part and getattr(request, "htmx", False) else template
    return render(request, name, context, status=status)
