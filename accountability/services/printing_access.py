"""The answer to an access request as files: a page of its own, an accessible PDF, and the attachments in a zip."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from accountability.models import AccessRequest
from organisation import printing

from .gathering import Everything, Pair

STYLE = settings.BASE_DIR / "static" / "app" / "public.css"


def page(request: AccessRequest, everything: Everything) -> bytes:
    """A page that needs nothing else, in Dutch."""
    with override("nl"):
        style = mark_safe(f"<style>\n{STYLE.read_text()}</style>")  # noqa: S308  our own sheet
        return render_to_string(
            "accountability/access_file.html", _data(request, everything) | {"style": style}
        ).encode()


def paper(request: AccessRequest, everything: Everything) -> bytes:
    """The same as PDF/UA-1."""
    with override("nl"):
        return printing.pdf("access", _data(request, everything), at=request.made_at)


def bundle(request: AccessRequest, everything: Everything, step: Callable[[], object]) -> BytesIO:
    """The attachments as they were added, each under a name that says what it is."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for number, each in enumerate(everything.attachments, start=1):
            step()
            with each.file.storage.open(str(each.file.name)) as content:
                book.writestr(f"{number:02}-{each.download_name}", content.read())
    return made


def _data(request: AccessRequest, everything: Everything) -> dict[str, Any]:
    return {
        "title": _("Everything about case %(number)s") % {"number": request.case.number},
        "organisation": settings.ORGANISATION_NAME,
        "intro": _(
            "Somebody asked what we know. This is what we hold about this case. At the end stands what is not in it."
        ),
        "facts": _facts(request, everything),
        "parts": [
            {
                "title": part.title,
                "none": _("There is nothing of this kind."),
                "entries": [
                    {"title": entry.title, "lines": entry.lines, "before": entry.before} for entry in part.entries
                ],
                "heads": part.heads,
                "rows": part.rows,
            }
            for part in everything.parts
        ],
        "before": _("What it said before"),
        "held": {"title": _("What is not in it, and why"), "rows": [*everything.held_back, *_always_held_back()]},
        "rights": {"title": _("What you can ask of us"), "rows": _rights()},
    }


def _facts(request: AccessRequest, everything: Everything) -> list[Pair]:
    return [
        (_("Request"), request.reference),
        (_("Asked by"), str(request.get_asker_display())),
        (_("Asked on"), date_format(request.asked_on, "j F Y")),
        (_("Made on"), date_format(timezone.localtime(), "DATETIME_FORMAT")),
        (_("Attachments"), str(len(everything.attachments))),
    ]


def _always_held_back() -> list[Pair]:
    return [
        (_("Names of colleagues"), _("You see in which role somebody did something. The municipality answers for it.")),
        (_("What a colleague is typing now"), _("What was not saved is no part of the file.")),
    ]


def _rights() -> list[Pair]:
    return [
        (_("Why we have these data"), _("We use them to help you, and to give account of what we decided.")),
        (_("Is something wrong?"), _("Ask us to correct it, to add to it or to delete it.")),
        (
            _("Does a computer decide?"),
            _("No, people do. Where a manager gave room beforehand, a computer checks whether something fits in it."),
        ),
        (_("Do you not agree with us?"), _("You can complain to the Dutch Data Protection Authority.")),
    ]
