"""The app's name for Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Configuration of `organisation`."""

    name = "organisation"
