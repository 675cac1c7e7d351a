"""What is left of destroyed deviations and uses of routines: counts, in the shape of the cube, and nothing else.

A cell has no key of what was counted in it and no day, so it says no more than the figures say already.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Routine
from organisation.models import PolicyDomain, Team

WHERE = ("period", "routine", "team", "policy_domain")


class KeptCell(models.Model):
    """Where it was: added to when something is destroyed, and never taken from."""

    id = models.BigAutoField(primary_key=True)
    period = models.PositiveIntegerField(_("month"), help_text="yyyymm, Europe/Amsterdam")
    routine = models.ForeignKey(Routine, on_delete=models.PROTECT, db_index=False, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, db_index=False, related_name="+")
    policy_domain = models.ForeignKey(PolicyDomain, on_delete=models.PROTECT, db_index=False, related_name="+")
    # When something was added last, so that whoever follows what changed counts this key again.
    added_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period} {self.routine_id} {self.team_id}"


class KeptCount(KeptCell):
    """How many destroyed deviations were alike in everything we count by."""

    kind = models.CharField(_("kind"), max_length=10)
    answer = models.CharField(_("answer"), max_length=24, blank=True)
    outcome = models.CharField(_("did it help?"), max_length=10, blank=True)
    source_type = models.CharField(_("kind of source"), max_length=20)
    weight = models.CharField(_("weight"), max_length=1)
    deviations = models.PositiveIntegerField(_("deviations"), default=0)
    amount_cents = models.PositiveBigIntegerField(_("extra cost"), default=0)
    avoided_cents = models.PositiveBigIntegerField(_("avoided cost"), default=0)
    lead_minutes = models.PositiveBigIntegerField(_("minutes until the answer, together"), default=0)
    lead_count = models.PositiveIntegerField(_("how many have such a time"), default=0)

    class Meta:
        verbose_name = _("count of destroyed deviations")
        verbose_name_plural = _("counts of destroyed deviations")
        constraints = (
            models.UniqueConstraint(
                fields=(*WHERE, "kind", "answer", "outcome", "source_type", "weight"), name="kept_count_once"
            ),
        )


class KeptUse(KeptCell):
    """How often a routine was applied in destroyed cases."""

    uses = models.PositiveIntegerField(_("uses"), default=0)

    class Meta:
        verbose_name = _("count of uses in destroyed cases")
        verbose_name_plural = _("counts of uses in destroyed cases")
        constraints = (models.UniqueConstraint(fields=WHERE, name="kept_use_once"),)
