"""What can be done with the dossier of a deviation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody may do with a dossier."""

    READ = "read", _("Read the whole dossier")
    READ_TO_REVIEW = "read_to_review", _("Read it for a review: without names and case number")
    READ_TO_CHECK = "read_to_check", _("Read it for internal control: without what was written about the resident")
    TAKE_ALONG = "take_along", _("Take it along as PDF")
    NOTE = "note", _("Add a note")
