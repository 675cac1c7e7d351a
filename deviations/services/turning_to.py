"""Whom a request turns to: who can answer it now, and who when they do not."""

from dataclasses import dataclass

from deviations.models import Deviation, SpaceRequest
from deviations.rules.answering import ActingAs, PassedOn
from organisation.models import Deputising, User


@dataclass(frozen=True)
class Answerers:
    """The people who can answer, and how far up the request is with them."""

    people: tuple[User, ...]
    passed_on: PassedOn


def answerers_of(deviation: Deviation) -> Answerers:
    """Who can answer now. When nobody can, the next above; and nobody at all when that ends."""
    rung = PassedOn(deviation.passed_on)
    people = _straight(deviation)
    if rung >= PassedOn.DEPUTY:
        people = [*people, *fixed_deputy(deviation)]
    if rung >= PassedOn.SUPERIOR:
        people = [*people, *superiors(deviation)]
    if people:
        return Answerers(_each_once(people), rung)
    for higher, found in ((PassedOn.DEPUTY, fixed_deputy), (PassedOn.SUPERIOR, superiors)):
        if higher > rung and (people := found(deviation)):
            return Answerers(_each_once(people), higher)
    return Answerers((), rung)


def deputies(deviation: Deviation | SpaceRequest) -> list[User]:
    """The deputies of this moment and the fixed one; never the author."""
    return list(_each_once([*_standing_in(deviation), *fixed_deputy(deviation)]))


def fixed_deputy(deviation: Deviation | SpaceRequest) -> list[User]:
    """The fixed deputy of the team, as long as they lead a team themselves; never the author."""
    deputy = User.objects.working().leading().filter(pk=deviation.team.deputy_id)
    return list(deputy.exclude(pk=deviation.author_id))


def superiors(deviation: Deviation | SpaceRequest) -> list[User]:
    """Who leads the team above; never the author."""
    above = deviation.team.escalates_to
    return [] if above is None else list(User.objects.working().leading(above).exclude(pk=deviation.author_id))


def stood_in_for(deviation: Deviation, by: User, capacity: ActingAs | None) -> User | None:
    """On whose behalf somebody answers: a manager of the team who is away and named them; never the author."""
    if capacity != ActingAs.DEPUTY:
        return None
    away = User.objects.stood_in_for_by(by).leading(deviation.team).exclude(pk=deviation.author_id)
    return away.order_by("name", "pk").first()


def _straight(deviation: Deviation) -> list[User]:
    """The managers of the team and who stands in for one of them, except the author."""
    managers = User.objects.working().leading(deviation.team).exclude(pk=deviation.author_id)
    return [*managers, *_standing_in(deviation)]


def _standing_in(deviation: Deviation | SpaceRequest) -> list[User]:
    absent = User.objects.leading(deviation.team)
    named = Deputising.objects.current().filter(absent__in=absent).values("deputy")
    return list(User.objects.working().leading().filter(pk__in=named).exclude(pk=deviation.author_id))


def _each_once(people: list[User]) -> tuple[User, ...]:
    return tuple({person.pk: person for person in people}.values())
