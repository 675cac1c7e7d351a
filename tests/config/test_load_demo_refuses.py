"""Where the demo municipality does not go."""

import pytest
from django.core.management import CommandError

from organisation.models import User
from tests.factories import UserFactory

from .conftest import load_demo

pytestmark = pytest.mark.django_db


def test_it_stays_out_of_a_database_where_others_live():
    UserFactory()
    with pytest.raises(CommandError, match="other people"):
        load_demo()
    assert User.objects.count() == 1


def test_it_refuses_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not demo mode"):
        load_demo()
    assert not User.objects.exists()
