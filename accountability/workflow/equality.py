"""What can be done with the comparison of answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody may do with it."""

    READ = "read", _("Read how comparable requests were answered")
    READ_ALL = "read_all", _("Read it for all teams and neighbourhoods")
    COUNT_AGAIN = "count_again", _("Count a half-year again")
