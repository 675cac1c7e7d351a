"""What the tests of the ground floor share."""

import pytest

from tests.factories import PolicyDomainFactory


@pytest.fixture
def term(db):
    """A term in a list."""
    return PolicyDomainFactory(code="income", label_nl="Inkomen", label_en="Income")
