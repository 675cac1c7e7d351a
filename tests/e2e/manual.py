"""The pictures of the manual, taken from the demo municipality while every page is looked at: they cannot go stale."""

import base64
import fcntl
import os
import re

from django.conf import settings
from playwright.sync_api import Page

from .pages import SCREENS

FOLDER = settings.BASE_DIR / "docs" / "manual"
PICTURES = FOLDER / "pictures"
INDEX = FOLDER / "alle-paginas.md"
HEIGHT = 1000
MOST_BYTES = 60_000
QUALITIES = (60, 45, 30, 15)
ON_A_PHONE = {"work", "cases:case", "deviations:new", "deviations:decide"}
PEOPLE = {
    "": "Voor iedereen",
    "caseworker": "Consulent",
    "manager": "Leidinggevende",
    "policy": "Beleidsmedewerker",
    "reporter": "Rapporteur",
    "privacy": "Privacy officer",
    "controller": "Interne controle",
    "admin": "Functioneel beheerder",
}
LINE = re.compile(r"- (.+) \(`.*`\): \[afbeelding\]\(pictures/([\w-]+)\.webp\)")


def file_name(name: str, *, on_a_phone: bool = False) -> str:
    """The name of the picture of a page: `cases:case` is `cases-case`."""
    return re.sub(r"\W", "-", name).replace("_", "-") + ("-phone" if on_a_phone else "")


def wanted() -> set[str]:
    """The names of all pictures: each page at a desk, some on a phone too."""
    phone = {file_name(name, on_a_phone=True) for name in ON_A_PHONE}
    return {file_name(name) for name in SCREENS} | phone


def take(page: Page, name: str, *, on_a_phone: bool) -> None:
    """Take the picture, where `make docs` asks for it (PICTURES=1), and name the page in the list of all pages."""
    if not os.environ.get("PICTURES") or (on_a_phone and name not in ON_A_PHONE):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{file_name(name, on_a_phone=on_a_phone)}.webp").write_bytes(_shot(page))
    if not on_a_phone:
        _list(name, page.title().removesuffix(" · Handelingsruimte"), re.sub(r"^https?://[^/]+", "", page.url))


def _shot(page: Page) -> bytes:
    """A picture as good as its size allows."""
    camera = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        shot = camera.send("Page.captureScreenshot", {"format": "webp", "quality": quality})["data"]
        if len(taken := base64.b64decode(shot)) <= MOST_BYTES:
            break
    return taken


def _list(name: str, title: str, address: str) -> None:
    """Put this page in the list, in its place; several browsers may do so at once."""
    lock = os.open(PICTURES, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = {found[2]: found[0] for found in LINE.finditer(INDEX.read_text())} if INDEX.exists() else {}
        blank = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", address)
        known[file_name(name)] = f"- {title} (`{blank}`): [afbeelding](pictures/{file_name(name)}.webp)"
        of_each = {heading: _of(who, known) for who, heading in PEOPLE.items()}
        parts = [f"## {heading}\n\n" + "\n".join(lines) for heading, lines in of_each.items() if lines]
        INDEX.write_text("\n\n".join(["# Alle pagina's", "Gemaakt door `make docs`.", *parts]) + "\n")
    finally:
        os.close(lock)


def _of(who: str, known: dict[str, str]) -> list[str]:
    """The lines of this role; whoever is called by name is a caseworker."""
    mine = [
        file_name(name) for name, seen in SCREENS.items() if (seen.who if seen.who in PEOPLE else "caseworker") == who
    ]
    return [known[name] for name in mine if name in known]
