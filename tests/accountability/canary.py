"""A case in which every text that somebody can type holds a word that stands nowhere else."""

from datetime import timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accountability.models import Edition, EditionStory, RegisterLine, Review, ReviewRound
from accountability.services import answering_access, freezing_dossiers, gathering_evidence, hanging
from cases.models import Case
from cases.services import agreeing, attaching, closing, editing, holding, journalling, keeping, sharing
from deviations.models import (
    Decision,
    Deliberation,
    Distinction,
    GeneralAnswer,
    Generalisation,
    Objection,
    Rung,
    SecondRequest,
)
from deviations.models.deliberating import DELIBERATED
from deviations.services import (
    consulting,
    deciding,
    evaluating,
    recording,
    revising,
    speaking_up,
    submitting,
)
from learning.models import LearningReport, Link, ReportStory
from organisation.models import AccessEvent, AccessWay
from tests.factories import NeighbourhoodFactory, RoutineFactory, SpaceFactory
from tests.learning import builders

from .destruction import due

BIRD = "qzxkanarie"  # as the index of words keeps it too
_numbers = count(1)


def bird(words: str = "zingt hier") -> str:
    """Another one each time."""
    return f"{BIRD}{next(_numbers)} {words}"


class Cage:
    """One case with all that can hang on it, made by the services as people would; `make` gives the case."""

    def __init__(self, cast, as_user) -> None:
        self.cast, self.as_user = cast, as_user
        self.routine = RoutineFactory(version__source_type="work_instruction")
        self.case: Case

    def make(self) -> Case:
        """All of it, closed long ago."""
        self._open()
        self._write()
        self._share()
        asked = self._ask()
        self._decide(asked)
        self._go_by_space()
        self._feel()
        self._learn()
        self._tell_outside()
        self._leave_half_typed()
        for about, why in ((self.case, bird()), (self.cast.caseworker, "Klacht over een collega")):
            gathering_evidence.ask(about=about, by=self.cast.privacy, reason=why)
        keeping.lift_hold(
            hold=keeping.place_hold(case=self.case, by=self.cast.privacy, kind="other", reason=bird()),
            by=self.cast.privacy, why=bird(),
        )  # fmt: skip
        return self._close()

    def _open(self) -> None:
        domain = self.routine.policy_domain
        told = {"policy_domain": domain.pk, "contact_count": 1, "confidentiality": "team", "team": self.cast.income.pk}
        words = {name: bird() for name in ("subject", "question", "needed", "external_reference")}
        page = self.as_user(self.cast.caseworker).post(
            reverse("cases:new"), told | words | {"routines": [self.routine.pk]}
        )
        assert page.status_code == 303, page.content.decode()[:2000]
        self.case = Case.objects.get()
        facts = {"needed": bird("anders"), "neighbourhood": NeighbourhoodFactory()}
        editing.edit_case(case=self.case, by=self.cast.caseworker, version=1, **facts)

    def _write(self) -> None:
        case, by = self.case, self.cast.caseworker
        entry = journalling.write_entry(case=case, by=by, kind="contact", text=bird("eerst"))
        said = {"kind": "note", "text": bird("daarna"), "occurred_at": entry.occurred_at, "seen": entry.fingerprint}
        journalling.change_entry(entry=entry, by=by, **said)
        journalling.add_addendum(entry=entry, by=self.cast.colleague, text=bird())
        agreeing.record_agreement(case=case, by=by, what=bird(), due_on=timezone.localdate(), party="resident")
        for _file in range(2):
            body = f"{bird()}\n".encode()
            found = attaching.attach(case=case, by=by, title=bird(), file=SimpleUploadedFile("brief.txt", body))
        attaching.detach(attachment=found, by=by)
        holding.hold(case=case, by=by, reason=bird())
        holding.resume(case=case, by=by)

    def _share(self) -> None:
        until = timezone.localdate() + timedelta(days=9)
        for to in (self.cast.stranger, self.cast.youth):
            sharing.share_case(case=self.case, by=self.cast.caseworker, to=to, work=False, reason=bird(), until=until)
        AccessEvent.record(actor=self.cast.stranger, targets=[Case.objects.get()], way=AccessWay.PAGE)

    def _words(self) -> dict:
        names = ("if_followed", "instead", "why_here", "purpose_served", "alternatives", "residents_view", "tension")
        kinds = {each.name: each for each in Deliberation._meta.fields}
        deep = {name: bird() for name in DELIBERATED if kinds[name].get_internal_type() == "TextField"}
        deep |= {"value_one": bird(), "value_two": bird()}
        more = {"avoided_source": bird(), "differs": bird(), "amount_cents": 1000}
        return {"routine": self.routine, "kind": "made", **{name: bird() for name in names}, **deep, **more}

    def _begin(self):
        return recording.begin(case=self.case, by=self.cast.caseworker, fields=self._words())

    def _ask(self):
        made, by = self._begin(), self.cast.caseworker
        put = consulting.ask(
            deviation=made, by=by, kind="peer", asked=self.cast.colleague, question=bird(), story=bird()
        )
        consulting.answer(consultation=put, by=self.cast.colleague, view="agrees_if", text=bird())
        consulting.settle(consultation=put, by=by, followed=False, why=bird())
        received = consulting.receive(
            deviation=made, by=by, view="agrees", text=bird(), received_on=timezone.localdate(), reference=bird()
        )
        consulting.settle(consultation=received, by=by, followed=True, why=bird())
        said = {"side": "decider", "text": bird(), "by": self.cast.manager, "said_at": timezone.now()}
        Distinction.objects.create(deviation=made, **said)
        asked = submitting.submit(deviation=made, by=by)
        Rung.objects.create(deviation=asked, kind="reminder", due_at=timezone.now(), names=bird())
        deciding.return_with_question(deviation=asked, by=self.cast.manager, question=bird())
        asked.refresh_from_db()
        return submitting.submit(deviation=asked, by=by, reply=bird())

    def _decide(self, asked) -> None:
        by, manager = self.cast.caseworker, self.cast.manager
        refusal = deciding.decide(
            deviation=asked, action="refuse", by=manager, reasons=bird(), alternative=bird(), differs=bird()
        )
        asked.refresh_from_db()
        again = revising.ask_again(deviation=asked, by=by, fields=self._words(), reasons=bird())
        SecondRequest.objects.filter(deviation=again, refusal=refusal).update(reasons=bird())
        again = submitting.submit(deviation=again, by=by)
        deciding.decide(
            deviation=again, action="agree_with_conditions", by=manager, conditions=bird(), reasons=bird(), differs="x"
        )
        again.refresh_from_db()
        evaluating.evaluate(deviation=again, by=by, helped="partly", residents_opinion=bird(), otherwise=bird())
        freezing_dossiers.freeze_due()
        for kind in ("remark", "letter"):
            freezing_dossiers.add_note(deviation=again, by=by, kind=kind, text=bird(), reference=bird())
        self.agreed = again

    def _go_by_space(self) -> None:
        space = SpaceFactory(team=self.cast.income, granted_by=self.cast.manager)
        space.routines.add(self.routine)
        answer = Generalisation.objects.create(space=space, action="agree", by=self.cast.manager)
        GeneralAnswer.objects.create(
            generalisation=answer, deviation=self.agreed, version=1, result="skipped", reason=bird()
        )
        used = self._begin()
        decision = Decision.objects.create(
            deviation=used, answer="by_space", author=used.author, space=space, digest="0" * 64,
            snapshot={"why_here": bird()}, board_reference=bird(), reasons=bird(),
        )  # fmt: skip
        self._review(decision)
        Objection.objects.create(decision=decision, by=self.cast.manager, role="manager", reasons=bird())

    def _review(self, decision) -> None:
        today, now = timezone.localdate(), timezone.now()
        drawn = ReviewRound.objects.create(
            number="B-1", since=today, until=today, seed="s", frame=[], due_on=today, drawn_by=self.cast.controller
        )
        lesson = builders.signal(deviation=decision.deviation, words=bird(), reasons=bird())
        Review.objects.create(
            round=drawn, deviation=decision.deviation, decision=decision, author=decision.author, place=1, sight=2,
            reviewer=self.cast.colleague, team=self.cast.income, weight="A", state="responded", due_on=today,
            answer="lesson", reasons=bird(), answered_at=now, response=bird(), responded_at=now, signal=lesson,
        )  # fmt: skip

    def _feel(self) -> None:
        felt = speaking_up.speak_up(by=self.cast.caseworker, text=bird(), team=self.cast.income, case=self.case)
        speaking_up.reply(unease=felt, by=self.cast.manager, kind="received", text=bird())
        loose = speaking_up.speak_up(by=self.cast.caseworker, text=bird("zonder zaak"), team=self.cast.income)
        speaking_up.begin_deviation(unease=loose, by=self.cast.caseworker, kind="made", case=self.case)

    def _learn(self) -> None:
        self.link = Link.objects.create(
            question=builders.question(self.cast), deviation=self.agreed, story=bird(), told_at=timezone.now(),
            signaller=self.cast.caseworker,
        )  # fmt: skip
        report = LearningReport.objects.create(year=2026, quarter=1, figures={}, digest="0" * 64)
        ReportStory.objects.create(report=report, link=self.link, text=bird(), chosen_by=self.cast.policy)
        edition = Edition.objects.create(year=2026, first_quarter=1, quarters=1, made_by=self.cast.reporter)
        EditionStory.objects.create(edition=edition, link=self.link, text=bird(), chosen_by=self.cast.reporter)

    def _tell_outside(self) -> None:
        """A line of the public register that nobody released yet, and an answer to whoever it is about."""
        RegisterLine.objects.create(
            number="R-1", deviation=self.agreed, state="written", summary=bird(), written_by=self.cast.reporter,
            written_at=timezone.now(), proposed_by=self.cast.policy,
        )  # fmt: skip
        answering_access.begin(
            case=self.case, by=self.cast.privacy, asker="resident", asked_on=timezone.localdate(), reference=bird()
        )

    def _leave_half_typed(self) -> None:
        client = self.as_user(self.cast.colleague)
        for key in (f"cases:journal:{self.case.pk}", f"deviations:{self.agreed.pk}", f"cases:close:{self.case.pk}"):
            page = client.post(reverse("organisation:draft", args=[key]), {"text": bird()})
            assert page.status_code < 300, page.content

    def _close(self) -> Case:
        case = Case.objects.get()
        closing.close(case=case, by=self.cast.caseworker, result="partly", remark=bird())
        closing.reopen(case=case, by=self.cast.caseworker, reason=bird())
        case.refresh_from_db()
        return due(case, remark=bird())


# Words that nobody types: keys, numbers, digests, names of files, codes.
NOT_TYPED = {
    "number", "digest", "file", "state", "practice", "trace", "before", "object_pk", "role", "missing", "action",
    "limit", "answer", "outcome", "weight", "lawfulness", "source_type", "result", "register_reference", "words",
    "precedents", "label", "identity", "value", "months", "dimension",
}  # fmt: skip


def empty_fields(case: Case) -> list[str]:
    """Text that can be typed in what hangs on this case, and of which nothing was typed in the cage."""
    found = hanging.hanging_on(Case, [case.pk])
    lacking = []
    for model, keys in found.rows.items():
        rows = list(model._base_manager.filter(pk__in=keys))
        for field in model._meta.concrete_fields:
            typed = field.get_internal_type() in ("TextField", "CharField", "JSONField") and not field.choices
            long = field.name not in NOT_TYPED and (field.max_length or 999) >= 40
            if typed and long and not any(BIRD in str(getattr(row, field.name)) for row in rows):
                lacking.append(f"{model._meta.label}.{field.name}")
    return sorted(lacking)
