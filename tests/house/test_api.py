"""Answers for machines: described whole, shaped as described, and silent to who may not read them."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.urls import get_resolver, reverse

from accountability.rules.spans import Span
from tests.accountability import edition_builders
from tests.accountability.register_builders import line

from .lists.api import releases
from .matrix.api import ENTRIES
from .test_matrix import addresses

pytestmark = pytest.mark.django_db
KINDS = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip
READ = sorted(set(ENTRIES) - {"api-description", "api-unknown"})


@pytest.fixture
def described(cast, as_user):
    return as_user(cast.caseworker).get("/api/v1/openapi.json").json()


def faults(value, schema, described, at="$") -> list[str]:
    """Where a value differs from its schema: the part of JSON Schema that we use."""
    if "$ref" in schema:
        return faults(value, described["components"]["schemas"][schema["$ref"].rpartition("/")[2]], described, at)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    right = any(isinstance(value, KINDS[kind]) and (kind == "boolean" or value is not True) for kind in kinds)
    if not right or isinstance(value, bool) and "boolean" not in kinds:
        return [f"{at}: {value!r} is no {kinds}"]
    found = []
    if isinstance(value, str) and schema.get("format") == "date-time":
        datetime.fromisoformat(value)
    if isinstance(value, str) and schema.get("format") == "uuid":
        UUID(value)
    if isinstance(value, dict):
        names = schema["properties"]
        found += [f"{at}.{name} is missing" for name in schema["required"] if name not in value]
        found += [f"{at}.{name} is not described" for name in value if name not in names]
        for name in value.keys() & names:
            found += faults(value[name], names[name], described, f"{at}.{name}")
    if isinstance(value, list):
        for place, each in enumerate(value):
            found += faults(each, schema["items"], described, f"{at}[{place}]")
    return found


def answer_of(described, path) -> dict:
    return described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]


def test_every_address_is_described_and_nothing_else(described):
    known = {name for name in addresses(get_resolver()) if name.rpartition(":")[2].startswith("api-")}
    assert known == set(ENTRIES)
    told = {one["get"]["operationId"] for one in described["paths"].values()}
    assert told == {name.rpartition(":")[2].removeprefix("api-") for name in READ}
    assert described["openapi"].startswith("3.1")


def test_every_example_is_as_described(described):
    found = []
    for path in described["paths"]:
        told = answer_of(described, path)
        found += faults(told["example"], told["schema"], described, path)
    assert found == []


@pytest.mark.parametrize("name", READ)
def test_every_answer_is_as_described(name, world, as_user, described):
    line(world.people.admin)
    line(world.people.admin, state="taken_back")
    releases(world, 2)
    quarter = Span(2025, 1, 1)
    figures = edition_builders.figures(quarter, teams=2)
    edition_builders.edition(world.people.reporter, state="published", span=quarter, figures=figures)
    url = reverse(name, kwargs=ENTRIES[name].args(world))
    answer = as_user(world.people.policy).get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    (path,) = [one for one in described["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", one), url)]
    assert faults(answer.json(), answer_of(described, path)["schema"], described) == []
    known = answer.headers["ETag"]
    assert as_user(world.people.policy).get(url, headers={"If-None-Match": known}).status_code == 304


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_who_may_not_read_it_gets_a_problem_that_tells_nothing(name, world, client, as_user):
    url = reverse(name, kwargs=ENTRIES[name].args(world))
    asked = {"headers": {"Accept": "text/html", "HX-Request": "true"}, "query_params": {"format": "csv"}}
    stranger = as_user(world.people.stranger)
    answers = [(client.get(url, **asked), 401), (stranger.delete(url), 404 if name == "api-unknown" else 405)]
    if "stranger" not in (ENTRIES[name].get or "") and ENTRIES[name].get != "everybody":
        answers.append((stranger.get(url, **asked), 404))
    for answer, status in answers:
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert set(answer.json()) == {"type", "title", "status"}


def test_a_list_leads_on_and_back_and_ends(world, as_user):
    releases(world, 30)
    client, found, url = as_user(world.people.policy), [], "/api/v1/releases/?page=1"
    while url:
        page = client.get(url).json()
        found += [row["period"] for row in page["results"]]
        last, url = page, page["next"]
    assert len(found) == len(set(found)) >= 30
    assert client.get(last["previous"]).json()["results"][0]["period"] == found[0]
    for number in ("0", "x", "999", "-1", "99999999999"):
        assert client.get("/api/v1/releases/", {"page": number}).status_code == 404


def test_the_register_opens_to_everybody_only_when_switched_on(client, cast, settings):
    line(cast.admin)
    line(cast.admin, state="written")
    assert client.get("/api/v1/register/").status_code == 401
    settings.PUBLIC_REGISTER = True
    assert len(client.get("/api/v1/register/").json()["results"]) == 1
    assert client.get("/api/v1/editions/").status_code == 401
