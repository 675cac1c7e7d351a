"""What somebody types in a box is kept, in every box of every page (docs/adr/0017)."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from .matrix import ENTRIES
from .matrix.entries import people

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, entry in ENTRIES.items() if entry.get and people(entry.get) - {"anonymous"})


class Boxes(HTMLParser):
    """The textareas of a page that stand in no form that keeps them."""

    def __init__(self) -> None:
        super().__init__()
        self.kept, self.action, self.loose = False, "", []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.kept, self.action = "data-autosave" in given, given.get("action", "")
        elif tag == "textarea" and not self.kept and "readonly" not in given and "disabled" not in given:
            self.loose.append(f"{given.get('name')} to {self.action or 'the page itself'}")

    def handle_endtag(self, tag):
        if tag == "form":
            self.kept, self.action = False, ""


@pytest.mark.parametrize("name", PAGES)
def test_every_box_is_kept(name, world, as_user):
    entry = ENTRIES[name]
    url, query = reverse(name, kwargs=entry.args(world)), entry.query(world)
    for person in sorted(people(entry.get) - {"anonymous"}):
        page = as_user(getattr(world.people, person)).get(url, query)
        if page.status_code < 400 and "text/html" in page.headers.get("Content-Type", ""):
            boxes = Boxes()
            boxes.feed(page.content.decode())
            assert boxes.loose == [], person
