"""Accounts and the public register for machines: what the pages show, made by the same code."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accountability.forms.register import RegisterFilter
from accountability.models import Edition, RegisterLine
from accountability.rules.audiences import Audience
from accountability.services import composing, reading_register
from accountability.services.composing import Account
from learning.views.api import CELL, FIGURE
from organisation.api import (
    ADDRESS,
    FLAG,
    KEY,
    MOMENT,
    TEXT,
    TEXTS,
    WHOLE,
    Endpoint,
    Field,
    Shape,
    each,
    or_null,
    within,
)
from organisation.pages import Request

KEY_FIGURE = Shape("KeyFigure", {
    "label": Field("What is counted.", lambda row: str(row[0]), TEXT, "Het hielp"),
    "figure": within("How often.", CELL, lambda row: row[1]),
    "note": Field("What that means.", lambda row: str(row[2]), TEXT, ""),
}, (CELL,))  # fmt: skip
SECTION = Shape("Section", {
    "part": Field("Which part of the account.", lambda s: s.part.value, TEXT, "seen"),
    "title": Field("Its heading.", lambda s: s.title, TEXT, "Wat we zagen"),
    "text": Field("What it says to this audience.", lambda s: s.text, TEXT, "…"),
    "stories": Field("Stories that a second person released.", lambda s: s.stories, TEXTS, ["…"]),
    "figures": each("Its figures.", FIGURE, lambda s: s.figures),
}, (FIGURE,))  # fmt: skip


def _addresses(edition: Edition) -> list[str]:
    return [reverse("accountability:api-account", args=[edition.pk, audience]) for audience in Audience.values]


SUMMARY = {
    "id": Field("Its key.", lambda e: e.pk, KEY, "01890a5d-ac96-774b-bcce-b302099a8057"),
    "period": Field("A quarter, half year or year.", lambda e: str(e.span), TEXT, "2026-H1"),
    "edition": Field("A correction is a next edition.", lambda e: e.number, WHOLE, 1),
    "state": Field("draft, frozen or published.", lambda e: e.state, TEXT, "published"),
    "as_of": Field("When its figures were frozen.", lambda e: e.cut_off, or_null(MOMENT), "2026-07-15T03:00:00Z"),
    "published_at": Field(
        "When it was published.", lambda e: e.published_at, or_null(MOMENT), "2026-07-20T09:00:00Z"
    ),
    "digest": Field("Of its figures; empty until they are frozen.", lambda e: e.digest, TEXT, "9f86d0…"),
    "note": Field("What changed since the edition before.", lambda e: e.note, TEXT, ""),
    "accounts": Field(
        "What it says to each audience.", _addresses, {"type": "array", "items": ADDRESS},
        ["/api/v1/editions/…/council/"],
    ),
}  # fmt: skip
EDITION = Shape("Edition", SUMMARY)
ACCOUNT = Shape("Account", {
    "edition": within("The edition.", EDITION, lambda account: account.edition),
    "audience": Field("management, board or council.", lambda account: account.audience.value, TEXT, "council"),
    "provisional": Field("Whether its figures are not frozen yet.", lambda account: account.provisional, FLAG, False),
    "key_figures": each("The figures to begin with.", KEY_FIGURE, lambda account: account.key_figures),
    "sections": each("Its parts, in order.", SECTION, lambda account: account.sections),
    "appendix": each("Tables too large to stand between the words.", FIGURE, lambda account: account.appendix),
    "about": Field("How the figures were made.", lambda account: account.about, TEXT, "Cijfers van 15 juli 2026, …"),
}, (EDITION, KEY_FIGURE, SECTION, FIGURE))  # fmt: skip


def _class(name: str) -> Field:
    return Field(
        f"Class: {name}. Null where it is not told.",
        lambda line: reading_register.classes(line)[name],
        or_null(WHOLE if name in ("year", "quarter") else TEXT),
        2026 if name == "year" else 3 if name == "quarter" else "…",
    )


LINE = Shape("RegisterLine", {
    "id": Field("Its key.", lambda line: line.pk, KEY, "01890a5d-ac96-774b-bcce-b302099a8057"),
    "number": Field("Its number.", lambda line: line.number, TEXT, "R-2026-00012"),
    "state": Field("released or taken_back.", lambda line: line.state, TEXT, "released"),
    **{name: _class(name) for name in reading_register.HEADS},
    "summary": Field("What happened, in words written for the register.", lambda line: line.summary, TEXT, "…"),
    "released_at": Field("In the register since.", lambda line: line.released_at, MOMENT, "2026-10-20T09:00:00Z"),
    "taken_back_at": Field("Taken back on.", lambda line: line.taken_back_at, or_null(MOMENT)),
    "reason": Field("Why it was taken back.", lambda line: line.reason, TEXT, ""),
})  # fmt: skip


def editions(request: Request) -> Any:
    """The accounts this person may read."""
    return Edition.objects.visible_to(request.user).defer("figures")


def account(request: Request, pk: UUID, audience: str) -> Account:
    """One of them, as one audience reads it."""
    found = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    if audience not in Audience.values:
        raise Http404
    return composing.compose(found, Audience(audience))


def register(request: Request) -> Any:
    """The lines that the filters of the page leave; who is not signed in comes here only when the register is open."""
    return RegisterFilter(request.GET).narrow(RegisterLine.objects.public()).for_rows()


ENDPOINTS = (
    Endpoint("api/v1/editions/", "api-edition-list", "Accounts", EDITION, editions, many=True),
    Endpoint(
        "api/v1/editions/<uuid:pk>/<slug:audience>/", "api-account", "An account for an audience", ACCOUNT, account
    ),
    Endpoint(
        "api/v1/register/", "api-register-list", "The public register", LINE, register, many=True,
        opened_by="PUBLIC_REGISTER",
    ),
)  # fmt: skip
