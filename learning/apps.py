"""The app's name for Django."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Configuration of `learning`."""

    name = "learning"
