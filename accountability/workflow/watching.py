"""What can be done with the account that is given."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody may read."""

    READ_ACCESS = "read_access", _("Read how often case data was opened")
    READ_STANDING = "read_standing", _("Read how deviations stand in law")
