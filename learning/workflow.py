"""What can be done in learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What can be done with the figures."""

    READ_FIGURES = "read_figures", _("Read the figures")
    READ_RUNS = "read_runs", _("See the roll-ups")
    ROLL_UP = "roll_up", _("Update now")
