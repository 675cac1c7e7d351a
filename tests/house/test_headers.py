"""Promise 7: a strict policy and no copies kept, on every class of answer, errors included."""

import pytest
from django.test import Client
from django.urls import reverse

from .matrix import ENTRIES
from .matrix.entries import people

pytestmark = pytest.mark.django_db

FAILING = ["missing", "forbidden", "broken", "bad"]


def faults(response) -> list[str]:
    """What an answer lacks."""
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = {
        "default-src 'none'": "default-src 'none'" in policy,
        "script-src 'self'": "script-src 'self'" in policy,
        "style-src 'self'": "style-src 'self'" in policy,
        "frame-ancestors 'none'": "frame-ancestors 'none'" in policy,
        "nothing unsafe": "unsafe" not in policy,
        "nosniff": response.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer policy": response.headers.get("Referrer-Policy") == "same-origin",
        "permissions policy": "camera=()" in response.headers.get("Permissions-Policy", ""),
        "opener policy": response.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
    }
    return [name for name, there in wanted.items() if not there]


def not_kept(response) -> bool:
    """No cache may keep it."""
    return "no-store" in response.headers.get("Cache-Control", "")


@pytest.fixture
def failing(settings):
    """A browser at a site with addresses that go wrong in every way."""
    settings.ROOT_URLCONF = "tests.house.failing_urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", sorted(name for name, entry in ENTRIES.items() if entry.get))
def test_every_page_has_its_headers(name, world, as_user):
    entry = ENTRIES[name]
    person = sorted(people(entry.get) - {"anonymous"})[0]
    url, query = reverse(name, kwargs=entry.args(world)), entry.query(world)
    response = as_user(getattr(world.people, person)).get(url, query)
    assert faults(response) == []
    # Only what is the same for everybody may be kept.
    assert not_kept(response) or "anonymous" in people(entry.get)


@pytest.mark.parametrize("name", FAILING)
def test_an_error_has_its_headers_too(name, failing):
    response = failing.get(f"/{name}/")
    assert response.status_code >= 400
    assert faults(response) == []
    assert not_kept(response)


def test_a_refused_form_has_its_headers_too():
    response = Client(enforce_csrf_checks=True).post("/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert faults(response) == []
    assert not_kept(response)


def test_the_way_to_the_login_page_has_its_headers_too():
    response = Client().get("/nowhere/")
    assert response.status_code in (302, 404)
    assert faults(response) == []
    assert not_kept(response)


def test_a_static_file_has_its_headers_too(settings, tmp_path):
    (tmp_path / "app.css").write_text("body {}")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/app.css")
    assert response.status_code == 200
    assert faults(response) == []


def test_over_https_the_browser_stays_on_https(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert "max-age=31536000" in Client().get("/healthz", secure=True).headers["Strict-Transport-Security"]


def test_every_cookie_is_out_of_reach_of_script_and_other_sites(client, cast):
    client.force_login(cast.caseworker, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.get("/login/").client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
