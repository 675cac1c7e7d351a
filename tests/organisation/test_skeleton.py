"""The house stands."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_process_answers(client):
    assert client.get("/healthz").content == b"ok"


def test_the_cast_holds_its_roles(cast):
    assert cast.caseworker.roles == {"caseworker"}
    assert cast.manager.standing.leads == {cast.income.pk}
    assert cast.policy.roles == {"policy_officer"}
