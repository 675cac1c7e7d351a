"""The app's name for Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Configuration of `cases`."""

    name = "cases"
