"""In which capacity somebody answers a request: as manager, as deputy, or as the manager's manager.

Who leads the team, or stands in for a manager of it who is away, answers straight away. The fixed deputy of the
team answers once a request was passed on to the deputy, and who leads the team above it once it was passed on to
them. Nobody ever answers their own request; that is a condition apart, which no capacity overrides.
"""

from typing import Protocol
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class PassedOn(models.IntegerChoices):
    """How far up a request has been passed on because nobody answered, or nobody could."""

    NOT = 0, _("With the manager")
    DEPUTY = 1, _("With the deputy")
    SUPERIOR = 2, _("With the manager's manager")


class ActingAs(models.TextChoices):
    """The capacity in which an answer is given; it is kept with the decision."""

    MANAGER = "manager", _("Manager")
    DEPUTY = "deputy", _("Deputy")
    SUPERIOR = "superior", _("Manager's manager")


class Reach(Protocol):
    """The teams somebody answers for, each way apart."""

    @property
    def leads(self) -> frozenset[UUID]: ...
    @property
    def deputises(self) -> frozenset[UUID]: ...
    @property
    def backs(self) -> frozenset[UUID]: ...
    @property
    def above(self) -> frozenset[UUID]: ...


def acting_as(reach: Reach, team: UUID, passed_on: int) -> ActingAs | None:
    """The capacity in which a request of this team may be answered now, or None."""
    if team in reach.leads:
        return ActingAs.MANAGER
    if team in reach.deputises or (passed_on >= PassedOn.DEPUTY and team in reach.backs):
        return ActingAs.DEPUTY
    if passed_on >= PassedOn.SUPERIOR and team in reach.above:
        return ActingAs.SUPERIOR
    return None
