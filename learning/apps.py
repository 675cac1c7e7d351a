"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "rollup.requested": _("%(actor)s asked for the figures to be counted: %(target)s"),
    "rollup.done": _("The figures have been counted: %(target)s"),
}


class LearningConfig(AppConfig):
    """Configuration of `learning`."""

    name = "learning"

    def ready(self) -> None:
        """Say what our lines in the logbook mean."""
        from organisation import sentences

        sentences.register(VERBS)
