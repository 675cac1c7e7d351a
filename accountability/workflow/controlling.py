"""What internal control can do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody may do with the list of internal control."""

    READ = "read", _("Read what was decided, without what was written about the resident")
    EXPORT = "export", _("Take that list along")
