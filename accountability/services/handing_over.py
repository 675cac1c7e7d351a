"""An account as a file: PDF, spreadsheet or a page of its own, all from what was composed once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from accountability.models import Edition
from accountability.rules.audiences import Audience
from learning.services import illustrating
from organisation import printing
from organisation.files import FORMATS, Format
from organisation.kernel.sheets import Sheet

from . import composing
from .composing import Account

STYLE = settings.BASE_DIR / "static" / "app" / "public.css"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: what it is called, its type, and how it is made."""

    kind: str
    media_type: str
    make: Callable[[Edition, Audience], bytes]


def file_name(edition: Edition, audience: Audience, kind: str) -> str:
    """Says what is in it."""
    words = {"management": "management", "board": "college", "council": "raad"}
    return f"verslag-{edition.span}-{words[audience]}-{edition.number}.{kind}"


def _spreadsheet(kind: str, form: Format) -> Form:
    def make(edition: Edition, audience: Audience) -> bytes:
        return form.make([Sheet(str(edition), composing.rows(composing.compose(edition, audience)))])

    return Form(kind, form.media_type, make)


def pdf(edition: Edition, audience: Audience) -> bytes:
    """On paper, for screen readers too; in Dutch, whatever the language of the screen."""
    with override("nl"):
        account = drawn(edition, audience)
        note = {"title": _("What changed since the edition before"), "text": edition.note}
        data = {
            "title": f"{account.title}: {edition}",
            "organisation": settings.ORGANISATION_NAME,
            "lead": account.for_whom,
            "note": note,
            "keys": [{"label": label, "value": cell.text} for label, cell, _note in account.key_figures],
            "sections": [
                {
                    "title": section.title,
                    "text": section.text,
                    "stories": section.stories,
                    "figures": [illustrating.on_paper(figure) for figure in section.figures],
                }
                for section in account.sections
            ],
            "appendix": {
                "title": _("Appendix"),
                "figures": [illustrating.on_paper(figure) for figure in account.appendix],
            },
            "about": account.about,
        }
        return printing.pdf("account", data, at=_moment(edition))


def page(edition: Edition, audience: Audience) -> bytes:
    """A page that needs nothing else: it can be put on any site."""
    with override("nl"):
        style = mark_safe(f"<style>\n{STYLE.read_text()}</style>")  # noqa: S308  our own sheet
        context = {"account": drawn(edition, audience), "style": style, "organisation": settings.ORGANISATION_NAME}
        return render_to_string("accountability/public_account.html", context).encode()


FORMS = {
    form.kind: form
    for form in (
        Form("pdf", "application/pdf", pdf),
        Form("html", "text/html; charset=utf-8", page),
        *(_spreadsheet(kind, form) for kind, form in FORMATS.items()),
    )
}


def drawn(edition: Edition, audience: Audience) -> Account:
    """With every picture: those that were never asked for are drawn now."""
    account = composing.compose(edition, audience)
    illustrating.drawn(account.figures)
    return account


def _moment(edition: Edition) -> Any:
    return edition.published_at or edition.cut_off or timezone.now()
