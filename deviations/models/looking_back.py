"""Which deviations are still to be looked back on, and by whom."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from deviations.rules import looking_back
from deviations.workflow import State
from organisation.models import User

if TYPE_CHECKING:
    from .deviations import Deviation  # noqa: F401  named in quotes below


class LookingBack(models.QuerySet["Deviation"]):
    """What was agreed to, and nobody said whether it helped."""

    def to_look_back_on(self, user: User) -> Self:
        """Own ones of some weeks ago; of who has left, those in the cases this person handles now."""
        mine = Q(author=user) | Q(author__is_active=False, case__handler=user)
        return self._agreed_before(looking_back.AFTER).filter(mine)

    def not_looked_back_on(self, user: User) -> Self:
        """In the teams this manager answers for: so long ago that the asking is over."""
        return self._agreed_before(looking_back.OVERDUE).filter(team__in=user.standing.answers, register=None)

    def _agreed_before(self, ago: timedelta) -> Self:
        agreed = self.filter(state__in=(State.AGREED, State.AGREED_WITH_CONDITIONS))
        return agreed.filter(decided_at__lte=timezone.now() - ago)
