"""Pages with rows of the ground floor."""

from django.utils import timezone

from organisation.models import Errand, Event, Notice, SavedView
from tests.factories import MembershipFactory, PolicyDomainFactory, TeamFactory
from tests.house.world import World

from .rows import Rows


def notices(world: World, count: int) -> None:
    """News for the caseworker; the header of every page counts it."""
    for _number in range(count):
        event = Event.record(actor=world.people.manager, verb="case.shared", target=world.case, after="x")
        Notice.objects.create(recipient=world.people.caseworker, event=event, url="/")


def story(world: World, count: int) -> None:
    """A case that changed often, by different people."""
    for number in range(count):
        world.case.subject = f"Subject {number}"
        world.case.handler = (world.people.colleague, world.people.caseworker)[number % 2]
        world.case.save()
        Event.record(actor=world.people.caseworker, verb="case.changed", target=world.case)


def members(world: World, count: int) -> None:
    """Colleagues with a team each, one of them with two."""
    for _number in range(count):
        person = MembershipFactory(team=world.people.income).user
        MembershipFactory(user=person, team=world.people.youth, role="manager")


def teams(world: World, count: int) -> None:
    """Teams with a member and a field of work each."""
    for _number in range(count):
        team = TeamFactory()
        team.policy_domains.add(PolicyDomainFactory())
        MembershipFactory(team=team)


def given_up(world: World, count: int) -> None:
    """Work that failed."""
    for _number in range(count):
        Errand.objects.create(task="organisation.tasks.mail_notice", failed_at=timezone.now(), attempts=3)


def views(world: World, count: int) -> None:
    """Filters that the caseworker keeps, the half of them shared with the team."""
    for number in range(count):
        shared = {"audience": "team", "team": world.people.income} if number % 2 else {}
        name = f"View {SavedView.objects.count()}"
        SavedView.objects.create(
            owner=world.people.caseworker, page="cases:list", name=name, query="state=all", **shared
        )


LISTS = {
    "work": Rows("caseworker", notices),
    "search": Rows("caseworker", notices),
    "organisation:notices": Rows("caseworker", notices),
    "organisation:history": Rows("caseworker", story, lambda world: {"label": "cases.case", "pk": world.case.pk}),
    "organisation:view-list": Rows("caseworker", views),
    "organisation:people": Rows("admin", members),
    "organisation:person": Rows(
        "admin",
        lambda world, count: [MembershipFactory(user=world.people.colleague) for _number in range(count)],
        lambda world: {"pk": world.people.colleague.pk},
    ),
    "organisation:team-list": Rows("admin", teams),
    "organisation:team": Rows("admin", members, lambda world: {"pk": world.people.income.pk}),
    "organisation:term-list": Rows("admin", lambda world, count: PolicyDomainFactory.create_batch(count)),
    "organisation:settings-check": Rows("admin", given_up),
}
