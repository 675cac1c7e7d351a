"""The things that addresses are about: each is made the first time it is asked for."""

from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils import timezone

from cases.models import Agreement, Attachment, Case, CaseGroupPermission, CaseUserPermission, JournalEntry, Routine
from deviations.models import (
    Consultation,
    Decision,
    Deviation,
    DiscretionarySpace,
    RegisterImport,
    SpaceRequest,
    SpaceUserPermission,
    Unease,
)
from deviations.services import consulting, speaking_up
from organisation.models import Deputising, Event, Notice, SavedView
from tests.factories import CaseFactory, DeputisingFactory, DeviationFactory, RoutineFactory, SpaceFactory


def period_of_today() -> int:
    """This month as the roll-up counts it."""
    today = timezone.localdate()
    return today.year * 100 + today.month


class World:
    """Team Inkomen and what it works on; `world.people` is the cast. Everything here is of the caseworker."""

    def __init__(self, people) -> None:
        self.people = people

    @cached_property
    def routine(self) -> Routine:
        """A policy rule."""
        return RoutineFactory()

    @cached_property
    def case(self) -> Case:
        """An open case that the whole team may see."""
        return CaseFactory(team=self.people.income, handler=self.people.caseworker)

    @cached_property
    def named_case(self) -> Case:
        """An open case for its handler only."""
        return CaseFactory(team=self.people.income, handler=self.people.caseworker, confidentiality="named")

    @cached_property
    def closed_case(self) -> Case:
        """A case that reached its result."""
        return CaseFactory(
            team=self.people.income,
            handler=self.people.caseworker,
            state="closed",
            closed_at=timezone.now(),
            result="reached",
        )

    @cached_property
    def entry(self) -> JournalEntry:
        """A fresh line in the journal of the case."""
        return JournalEntry.objects.create(case=self.case, text="Called back.", author=self.people.caseworker)

    @cached_property
    def agreement(self) -> Agreement:
        """An agreement of today."""
        return Agreement.objects.create(
            case=self.case, what="Send the form.", due_on=timezone.localdate(), made_by=self.people.caseworker
        )

    @cached_property
    def attachment(self) -> Attachment:
        """A file in the case."""
        told = {"title": "Quotation", "kind": "txt", "size": 5, "digest": "0" * 64}
        found = Attachment(case=self.case, added_by=self.people.caseworker, **told)
        found.file.save("", ContentFile(b"hello"), save=False)
        found.save()
        return found

    @cached_property
    def share(self) -> CaseUserPermission:
        """The case, shared with the manager of the other team: somebody outside the team who may read it."""
        return CaseUserPermission.objects.create(
            permission=Permission.objects.get(codename="view_case", content_type__app_label="cases"),
            user=self.people.othermanager,
            content_object=self.case,
            reason="Looks along.",
            given_by=self.people.caseworker,
        )

    @cached_property
    def team_share(self) -> CaseGroupPermission:
        """The case, shared with the other team."""
        return CaseGroupPermission.objects.create(
            permission=Permission.objects.get(codename="view_case", content_type__app_label="cases"),
            group=self.people.youth.group,
            content_object=self.case,
            reason="Looks along.",
            given_by=self.people.caseworker,
        )

    @cached_property
    def draft(self) -> Deviation:
        """A complete draft: only its author sees it."""
        return DeviationFactory(case=self.case, routine=self.routine)

    @cached_property
    def request(self) -> Deviation:
        """A request that awaits the manager, who may therefore read the case too."""
        return DeviationFactory(
            case=self._case_before_manager(),
            routine=self.routine,
            state="awaiting",
            submitted_at=timezone.now(),
            due_at=timezone.now(),
            period=period_of_today(),
        )

    @cached_property
    def asked(self) -> Consultation:
        """A question of the caseworker about the draft, put to the colleague."""
        return consulting.ask(
            deviation=self.draft,
            by=self.people.caseworker,
            kind="peer",
            asked=self.people.colleague,
            question="Would you do this?",
        )

    @cached_property
    def unease(self) -> Unease:
        """What the caseworker said does not feel right."""
        return speaking_up.speak_up(by=self.people.caseworker, team=self.people.income, text="The letter is wrong.")

    @cached_property
    def agreed(self) -> Deviation:
        """A deviation the manager agreed with."""
        return DeviationFactory(
            case=self._case_before_manager(),
            routine=self.routine,
            state="agreed",
            answer="agreed",
            submitted_at=timezone.now(),
            decided_at=timezone.now(),
            decided_by=self.people.manager,
            period=period_of_today(),
        )

    @cached_property
    def used(self) -> Deviation:
        """What a space agreed to, and the manager may still object to."""
        now = timezone.now()
        facts = {"state": "agreed", "answer": "by_space", "submitted_at": now, "decided_at": now}
        case, period = self._case_before_manager(), period_of_today()
        used = DeviationFactory(case=case, routine=self.routine, space=self.space, period=period, **facts)
        Decision.objects.create(
            deviation=used, answer="by_space", author=used.author, space=self.space, snapshot={}, digest="0" * 64,
            objection_until=now + timedelta(days=1), sight=2,
        )  # fmt: skip
        return used

    def _case_before_manager(self) -> Case:
        return CaseFactory(team=self.people.income, handler=self.people.caseworker, before_manager=True)

    @cached_property
    def space(self) -> DiscretionarySpace:
        """An active space of the team, held by the caseworker and nobody else."""
        space = SpaceFactory(team=self.people.income, granted_by=self.people.manager)
        space.routines.add(self.routine)
        SpaceUserPermission.objects.create(
            permission=Permission.objects.get(codename="use_space", content_type__app_label="deviations"),
            user=self.people.caseworker,
            content_object=space,
        )
        return space

    @cached_property
    def draft_space(self) -> DiscretionarySpace:
        """A space that is not given yet."""
        space = SpaceFactory(team=self.people.income, granted_by=self.people.manager, state="draft")
        space.routines.add(self.routine)
        return space

    @cached_property
    def proposal(self) -> SpaceRequest:
        """Room that the caseworker asks for."""
        asked = SpaceRequest.objects.create(
            number="V-1", name="Statements", why="Each week.", team=self.people.income, author=self.people.caseworker,
            due_at=timezone.now(),
        )  # fmt: skip
        asked.routines.add(self.routine)
        return asked

    @cached_property
    def register(self) -> RegisterImport:
        """A register that was checked and waits to be brought in."""
        return RegisterImport.objects.create(
            file_name="register.csv", digest="0" * 64, state="checked", requested_by=self.people.policy
        )

    @cached_property
    def deputising(self) -> Deputising:
        """The manager is away, and the manager of the other team stands in."""
        return DeputisingFactory(absent=self.people.manager, deputy=self.people.othermanager)

    @cached_property
    def view(self) -> SavedView:
        """Filters of the list of cases that the caseworker shares with the team."""
        kept = {"page": "cases:list", "name": "On hold", "query": "state=on_hold"}
        shared = {"audience": "team", "team": self.people.income}
        return SavedView.objects.create(owner=self.people.caseworker, **kept, **shared)

    @cached_property
    def removed_view(self) -> SavedView:
        """One that was removed just now."""
        kept = {"page": "cases:list", "name": "Ready", "query": "state=closed", "removed_at": timezone.now()}
        return SavedView.objects.create(owner=self.people.caseworker, **kept)

    @cached_property
    def notice(self) -> Notice:
        """Something the caseworker was told."""
        event = Event.record(actor=self.people.manager, verb="deviation.agree", target=self.agreed)
        return Notice.objects.create(recipient=self.people.caseworker, event=event, url=self.agreed.get_absolute_url())
