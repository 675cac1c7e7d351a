"""What htmx puts in a page is what a reload of the whole page would show there."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from .matrix import ENTRIES
from .matrix.entries import people

pytestmark = pytest.mark.django_db

CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|key|draft|_page)" value="[^"]+"|data-autosave="[^"]+"|"X-CSRFToken": ?"[^"]+"'
)
PAGES = sorted(name for name, entry in ENTRIES.items() if entry.get and people(entry.get) - {"anonymous"})


def plain(html: str) -> str:
    """Without what differs on purpose, and without layout."""
    return re.sub(r"\s+", "", CHANGING.sub("", html))


@pytest.mark.parametrize("name", PAGES)
def test_the_part_is_in_the_page(name, world, as_user):
    entry = ENTRIES[name]
    client = as_user(getattr(world.people, sorted(people(entry.get) - {"anonymous"})[0]))
    url, query = reverse(name, kwargs=entry.args(world)), entry.query(world)
    with time_machine.travel(timezone.now(), tick=False):  # the minute stands at the foot of a printed page
        whole = client.get(url, query)
        part = client.get(url, query, headers={"HX-Request": "true"})
    assert part.status_code == whole.status_code
    if "text/html" in whole.headers.get("Content-Type", ""):
        assert plain(part.content.decode()) in plain(whole.content.decode())
