"""What the tests about the code share."""

import pytest

from .world import World


@pytest.fixture
def world(cast) -> World:
    """Something of everything, of team Inkomen."""
    return World(cast)
