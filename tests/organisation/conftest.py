"""What the tests of the ground floor share."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PolicyDomainFactory


@pytest.fixture
def term(db):
    """A term in a list."""
    return PolicyDomainFactory(code="income", label_nl="Inkomen", label_en="Income")


@pytest.fixture
def queries_of():
    """`queries_of(client, url)`: how many queries a page takes, once everything is warm."""

    def count(client, url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
