"""Start-up: production refuses to start unsafe."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks of the whole site."""

    name = "config"

    def ready(self) -> None:
        """Import the checks, so that Django runs them at every start."""
        from . import checks  # noqa: F401
