"""What production must have before it starts (promise 9)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from organisation.kernel.house_style import read

MINIMUM_KEY_LENGTH = 50


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


def refuse_to_start_unsafe() -> None:
    """End this process with the reasons. The web server, the worker and beat call it before they do anything.

    `SystemExit`, because Celery swallows any other exception at this point and gunicorn stops at once on it.
    """
    if faults := unsafe_settings(None):
        lines = [f"{fault.id}: {fault.msg} {fault.hint}" for fault in faults]
        raise SystemExit("Handelingsruimte does not start:\n" + "\n".join(lines))
