"""The demo municipality, made once for all tests that look at it."""

from dataclasses import dataclass
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from config.demo.register import Size

SHORT = Size("afwijkingenregister.csv", months=2, times=1)
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@dataclass
class Loaded:
    """What the command said the first time."""

    said: str


def load_demo() -> str:
    """Run the command with two months of history; what it says."""
    out = StringIO()
    with patch("config.management.commands.load_demo.SMALL", SHORT):
        call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def municipality(django_db_setup, django_db_blocker, tmp_path_factory):
    """Gemeente Voorbeeld with a short history; gone again after the last test of the module."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"), **QUICK),
        transaction.atomic(),
    ):
        yield Loaded(load_demo())
        transaction.set_rollback(True)
