"""A page with thirty rows asks the database as often as one with three."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .lists import LISTS
from .matrix import ENTRIES

pytestmark = pytest.mark.django_db

# Addresses whose name says that they show rows.
WITH_ROWS = re.compile(r"(^|:)(.*list|queue|people|notices|search|work|block-.*|of-case|history|dashboard)$")


def ask(client, url: str) -> tuple[int, int]:
    """The number of queries, and of bytes, of one answer."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(asked), len(response.content)


def test_every_page_with_rows_is_counted():
    assert {name for name, entry in ENTRIES.items() if entry.get and WITH_ROWS.search(name)} <= set(LISTS)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_number_of_rows_does_not_matter(name, world, as_user):
    rows = LISTS[name]
    client, url = as_user(getattr(world.people, rows.person)), reverse(name, kwargs=rows.args(world))
    rows.make(world, 3)
    client.get(url)
    few, few_bytes = ask(client, url)
    rows.make(world, 27)
    many, many_bytes = ask(client, url)
    assert many_bytes > few_bytes, "The rows do not show: is this the right person?"
    assert few == many
