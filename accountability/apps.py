"""The app's name for Django."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """Configuration of `accountability`."""

    name = "accountability"
