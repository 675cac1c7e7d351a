"""What can be done with the logbook."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What somebody may do with the logbook."""

    READ = "read", _("Read the logbook")
    READ_FILE = "read_file", _("Read who looked at a file")
    READ_PERSON = "read_person", _("Read what a colleague opened and did")
    EXPORT = "export", _("Take the logbook along")
    READ_SEAL = "read_seal", _("Read the state of the seal")
    VERIFY = "verify", _("Verify the logbook")
    MAKE_EVIDENCE = "make_evidence", _("Make an evidence file")
