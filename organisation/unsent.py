"""A form that arrives when it cannot be taken, signed out or with a token of before: its text is not lost."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

TEMPLATE = "account/unsent.html"
NEVER_BACK = ("password", "csrfmiddlewaretoken")


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed in a form of ours, to give back and send again; empty when that cannot be.

    Only a form that comes from our own page, by what the browser itself says: another site could otherwise put words
    in somebody's mouth. Scripts keep their text themselves, and files do not come back.
    """
    came_from = urlsplit(request.headers.get("Origin", "")).netloc
    by_script = request.headers.get("HX-Request") or request.headers.get("X-Requested-With")
    if request.method != "POST" or came_from != request.get_host() or by_script or request.FILES:
        return []
    sent: MultiValueDict[str, str] = request.POST
    if any("password" in name for name in sent):
        return []
    return [(name, value) for name, values in sent.lists() if name not in NEVER_BACK for value in values]


def give_back(request: HttpRequest, fields: list[tuple[str, str]], *, status: int) -> HttpResponse:
    """A page with the text, and a button that sends the form again."""
    context: dict[str, Any] = {
        "fields": fields,
        "texts": [value for _name, value in fields if " " in value.strip()],
        "address": request.get_full_path(),
    }
    return render(request, TEMPLATE, context, status=status)
