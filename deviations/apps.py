"""The app's name for Django."""

from django.apps import AppConfig


class DeviationsConfig(AppConfig):
    """Configuration of `deviations`."""

    name = "deviations"
