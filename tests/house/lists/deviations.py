"""Pages with rows of deviations."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from deviations.models import RegisterImport, SpaceBudget, SpaceRequest, SpaceUserPermission
from deviations.services import consulting, speaking_up
from tests.factories import CaseFactory, CauseFactory, DeviationFactory, GroundFactory, RoutineFactory, SpaceFactory
from tests.house.world import World, period_of_today

from .rows import Rows


def submitted(world: World, count: int, case=None, **fields) -> None:
    """Requests of the caseworker, about a routine each, that await the manager unless told otherwise."""
    for _number in range(count):
        about = case or CaseFactory(team=world.people.income, handler=world.people.caseworker, before_manager=True)
        facts = {"state": "awaiting", "submitted_at": timezone.now(), "due_at": timezone.now(), **fields}
        DeviationFactory(case=about, period=period_of_today(), **facts)


def own_and_begun(world: World, count: int) -> None:
    """Requests and drafts of the caseworker, for the caseworker."""
    submitted(world, count)
    for _number in range(count):
        DeviationFactory(case=CaseFactory(team=world.people.income, handler=world.people.caseworker))


def in_one_case(world: World, count: int) -> None:
    """Requests in the same case."""
    submitted(world, count, case=world.case)


def to_look_back_on(world: World, count: int) -> None:
    """Deviations that were agreed weeks ago, and drafts."""
    then = timezone.now() - timedelta(days=60)
    answered = {"state": "agreed", "answer": "agreed", "decided_at": then, "decided_by": world.people.manager}
    submitted(world, count, submitted_at=then, **answered)
    for _number in range(count):
        DeviationFactory(case=CaseFactory(team=world.people.income, handler=world.people.caseworker))


def spaces(world: World, count: int) -> None:
    """Spaces of the team, each with a routine, money, and the caseworker as holder."""
    permission = Permission.objects.get(codename="use_space", content_type__app_label="deviations")
    for _number in range(count):
        space = SpaceFactory(team=world.people.income, granted_by=world.people.manager, cents_per_period=100_000)
        space.routines.add(RoutineFactory())
        SpaceBudget.objects.create(space=space, limit_cents=100_000, spent_cents=50_000)
        SpaceUserPermission.objects.create(permission=permission, user=world.people.caseworker, content_object=space)


def proposals(world: World, count: int) -> None:
    """Room that the caseworker asks for, each for a routine of its own."""
    for _number in range(count):
        made = SpaceRequest.objects.count()
        asked = SpaceRequest.objects.create(
            number=f"V-{made}", name="x", why="x", team=world.people.income, author=world.people.caseworker,
            due_at=timezone.now(),
        )  # fmt: skip
        asked.routines.add(RoutineFactory())


def terms(world: World, count: int) -> None:
    """Grounds and causes."""
    GroundFactory.create_batch(count)
    CauseFactory.create_batch(count)


def registers(world: World, count: int) -> None:
    """Registers that were brought in."""
    for _number in range(count):
        made = RegisterImport.objects.count()
        RegisterImport.objects.create(
            file_name="register.csv", digest=f"{made:064d}", state="done", requested_by=world.people.policy
        )


def asked(world: World, count: int) -> None:
    """Questions of the caseworker to the colleague, about a deviation each; every second one was answered."""
    for number in range(count):
        draft = DeviationFactory(case=CaseFactory(team=world.people.income, handler=world.people.caseworker))
        question = consulting.ask(
            deviation=draft,
            by=world.people.caseworker,
            kind="peer",
            asked=world.people.colleague,
            question="Would you?",
        )
        if number % 2:
            consulting.answer(consultation=question, by=world.people.colleague, view="agrees")


def uneases(world: World, count: int) -> None:
    """What the caseworker said, with an answer each."""
    for number in range(count):
        said = speaking_up.speak_up(by=world.people.caseworker, team=world.people.income, text=f"Wrong {number}.")
        speaking_up.reply(unease=said, by=world.people.manager, kind="received", text="Thank you.")


LISTS: dict[str, Rows] = {
    "deviations:list": Rows("caseworker", own_and_begun),
    "deviations:queue": Rows("manager", submitted),
    "deviations:of-case": Rows("colleague", in_one_case, args=lambda world: {"pk": world.case.pk}),
    "deviations:space-list": Rows("manager", spaces),
    "deviations:space-request-list": Rows("manager", proposals),
    "deviations:ground-list": Rows("policy", terms),
    "deviations:import-list": Rows("policy", registers),
    "deviations:advice-list": Rows("colleague", asked),
    "deviations:unease-list": Rows("manager", uneases),
    "deviations:block-unease": Rows("caseworker", uneases),
    "deviations:block-needs-me": Rows("caseworker", to_look_back_on),
    "deviations:block-my-room": Rows("caseworker", spaces),
    "deviations:block-queue": Rows("manager", submitted),
    "deviations:block-room-given": Rows("manager", spaces),
}
