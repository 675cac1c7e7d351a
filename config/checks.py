"""What production must have before it starts (promise 9)."""

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from organisation.kernel.house_style import read

MINIMUM_KEY_LENGTH = 50
SEAL_KEY_BYTES = 32
MAKE_A_KEY = "Make one with `openssl rand -base64 32`, and keep it apart from the database."


@register()
def unsafe_settings(app_configs: Any, **kwargs: Any) -> list[Error]:
    """One error for each unsafe setting; an empty list when safe, or in demo mode on this machine only."""
    if settings.DEMO:
        return []
    faults = [
        (settings.DEBUG, "DEBUG is on.", "Set DEBUG=false.", "E001"),
        (
            len(settings.SECRET_KEY) < MINIMUM_KEY_LENGTH or settings.SECRET_KEY.startswith("demo-only"),
            "SECRET_KEY is missing, short or the default.",
            f"Set SECRET_KEY to {MINIMUM_KEY_LENGTH} random characters or more.",
            "E002",
        ),
        ("*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS lets every host in.", "Name the hosts.", "E003"),
        (not settings.ALLOWED_HOSTS, "ALLOWED_HOSTS is empty.", "Name the hosts.", "E004"),
        (not settings.HTTPS, "HTTPS is off.", "Set HTTPS=true, or leave it out.", "E005"),
        (
            "sqlite" in settings.DATABASES["default"]["ENGINE"] and not settings.ALLOW_SQLITE,
            "The database is SQLite.",
            "Set DATABASE_URL to PostgreSQL, or ALLOW_SQLITE=true to say that this is meant.",
            "E006",
        ),
    ]
    return [Error(text, hint=hint, id=f"config.{code}") for wrong, text, hint, code in faults if wrong]


@register()
def house_style(app_configs: Any, **kwargs: Any) -> list[Error]:
    """The house style is there and holds design tokens only."""
    if not settings.HOUSE_STYLE:
        return []
    file = Path(settings.HOUSE_STYLE)
    if not file.is_file():
        return [Error(f"HOUSE_STYLE names a file that is not there: {file}", id="config.E010")]
    return [Error(f"HOUSE_STYLE, {fault}", id="config.E010") for fault in read(file.read_text()).faults]


@register()
def seal(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The key and the folder of the seal of the logbook: ours to choose, and better chosen by the municipality."""
    faults: list[CheckMessage] = []
    if settings.SEAL_KEY and not _is_key(settings.SEAL_KEY):
        faults.append(Error("SEAL_KEY is not 32 bytes in base64.", hint=MAKE_A_KEY, id="config.E011"))
    if settings.DEMO:
        return faults
    if not settings.SEAL_KEY:
        told = "SEAL_KEY is empty: the logbook is sealed with a key that changes with SECRET_KEY."
        faults.append(Warning(told, hint=MAKE_A_KEY, id="config.W001"))
    if Path(settings.SEAL_DIR).is_relative_to(settings.VAR_DIR):
        told = "SEAL_DIR is a folder beside the files of the application."
        faults.append(Warning(told, hint="Name a folder on storage that is written once.", id="config.W002"))
    return faults


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == SEAL_KEY_BYTES
    except ValueError:
        return False


def refuse_to_start_unsafe() -> None:
    """End this process with the reasons. The web server, the worker and beat call it before they do anything.

    `SystemExit`, because Celery swallows any other exception at this point and gunicorn stops at once on it.
    """
    if faults := unsafe_settings(None):
        lines = [f"{fault.id}: {fault.msg} {fault.hint}" for fault in faults]
        raise SystemExit("Handelingsruimte does not start:\n" + "\n".join(lines))
