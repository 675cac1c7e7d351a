"""Which deviations turn to somebody for an answer, as conditions for the database."""

from django.db.models import Q
from django.utils import timezone

from deviations.rules.answering import PassedOn
from deviations.workflow import State
from organisation.models import User


def turns_to(user: User) -> Q:
    """What awaits an answer that this person may give: `rules.answering.acting_as`, for the database."""
    return Q(state=State.AWAITING) & _asked(user)


def open_to_objection(user: User) -> Q:
    """What a space agreed to, as long as this person may object to it."""
    from .following_up import Decision  # which points at a deviation

    standing = user.standing
    teams = standing.answers | standing.backs | standing.above
    open_now = Decision.objects.final().filter(objection_until__gt=timezone.now(), deviation__team__in=teams)
    # Read first: these few of today are found by their key, and not among all that was ever agreed.
    keys = list(open_now.order_by().values_list("deviation", flat=True)) if teams else []
    return Q(pk__in=keys, state=State.AGREED) & _asked(user)


def read_to_answer(user: User) -> Q:
    """What somebody reads because they answer: all of the teams they lead.

    Who answers for a manager reads what awaits their answer or objection, and what they answered meanwhile.
    """
    standing = user.standing
    reads = Q(team__in=standing.leads)
    if standing.deputises or standing.backs or standing.above:
        reads |= turns_to(user) | open_to_objection(user) | Q(team__in=standing.deputises, decided_by=user)
    return reads


def _asked(user: User) -> Q:
    standing = user.standing
    asked = Q(team__in=standing.answers)
    if standing.backs:
        asked |= Q(team__in=standing.backs, passed_on__gte=PassedOn.DEPUTY)
    if standing.above:
        asked |= Q(team__in=standing.above, passed_on__gte=PassedOn.SUPERIOR)
    return asked
