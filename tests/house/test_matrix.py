"""Every address × every role × method × plain, htmx, JSON and CSV is decided by one table."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from organisation.middleware import SEEN, STARTED
from tests.conftest import Cast, make_cast

from .matrix import ENTRIES
from .matrix.entries import PEOPLE, Entry
from .world import World

pytestmark = pytest.mark.django_db

WAYS = {
    "plain": ({}, {}),
    "htmx": ({"HX-Request": "true"}, {}),
    "data": ({"Accept": "application/json"}, {"format": "csv"}),
}


def addresses(resolver: URLResolver, namespace: str = "") -> list[str]:
    """The full name of every URL pattern."""
    names: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names.append(namespace + (pattern.name or f"nameless {pattern.pattern}"))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names += addresses(pattern, inner)
    return names


def outcome(response, *, has_data: bool) -> str:
    """What somebody met: `in`, `refused`, `hidden`, `login` or `method`; anything else is a fault."""
    status = response.status_code
    if status in (301, 302, 303) and "/login/?next=" in response.headers["Location"]:
        return "login"
    if status == 401:
        return "login"
    if status < 400 or (status == 422 and not has_data):
        return "in"
    return {404: "hidden", 405: "method", 409: "refused"}.get(status, f"status {status}")


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker) -> Iterator[tuple[Cast, dict[str, Client]]]:
    """The cast, and one browser for each of them and for nobody: made once, as each request is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast, clients = make_cast(), {"anonymous": Client()}
        for person in PEOPLE[1:]:
            clients[person] = Client()
            # One site for all of them: loading its middleware eleven times takes longer than the visits.
            clients[person].handler = clients["anonymous"].handler
            clients[person].force_login(getattr(cast, person), backend="django.contrib.auth.backends.ModelBackend")
            # Seen a moment ago, however long this takes: else each visit would note it anew, as all it did is undone.
            session = clients[person].session
            session.update({STARTED: timezone.now().isoformat(), SEEN: timezone.now().timestamp() + 3600})
            session.save()
        yield cast, clients
        transaction.set_rollback(True)


def met(client: Client, method: str, url: str, entry: Entry, query: dict, data: dict, way: str) -> str:
    """Make one request and undo all it did."""
    headers, extra = WAYS[way]
    cookies = client.cookies.copy()
    with transaction.atomic():
        try:
            asked = getattr(client, method)(url, data=data, headers=headers, query_params={**query, **extra})
        except Exception as fault:
            fault.add_note(f"{method.upper()} {url} ({way})")
            raise
        transaction.set_rollback(True)
    client.cookies = cookies
    return outcome(asked, has_data=entry.data is not None)


def test_every_address_is_in_the_matrix_once():
    twice = [name for name, count in Counter(addresses(get_resolver())).items() if count > 1]
    assert not twice
    assert set(addresses(get_resolver())) == set(ENTRIES)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_who_gets_in(name, method, everybody, db):
    entry, (cast, clients) = ENTRIES[name], everybody
    world = World(deepcopy(cast))
    url, query = reverse(name, kwargs=entry.args(world)), entry.query(world)
    data = entry.data(world) if entry.data and method == "post" else {}
    faults = []
    for person, client in clients.items():
        expected = entry.expected(person, method)
        for way in WAYS if expected != "method" else ("plain",):  # refused before anybody asks who or how
            found = met(client, method, url, entry, query, data, way)
            if found not in expected.split(" or "):
                faults.append(f"{person} ({way}): expected {expected}, met {found}")
    assert not faults, f"{method.upper()} {name}\n" + "\n".join(faults)
