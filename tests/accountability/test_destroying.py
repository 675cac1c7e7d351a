"""A destruction list: made by one, approved by another, carried out wholly, and never more than that."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.models import Certificate, DestructionLine, DestructionList, LedgerMark, RegisterLine
from accountability.services import destroying, ledger, listing_destruction, replaying
from cases.models import Case, JournalEntry, RetentionHold
from cases.services import closing, keeping
from deviations.models import Deviation
from organisation.kernel.access import Refused, WrongState
from organisation.models import AccessEvent, AccessWay, Draft, Errand, Event, Notice
from tests.factories import CaseFactory, DeviationFactory

from .destruction import approved, due_cases

pytestmark = pytest.mark.django_db


def states(made):
    return sorted(made.lines.values_list("state", flat=True))


def test_a_list_holds_what_is_due_and_nothing_else(cast):
    one, held = due_cases(cast, 2)
    keeping.place_hold(case=held, by=cast.privacy, kind="objection", reason="B-1")
    CaseFactory(team=cast.income, handler=cast.caseworker)
    line = listing_destruction.make(by=cast.privacy).lines.get()
    assert (line.thing, line.label, line.class_code) == (one.pk, one.number, "8.4.1")
    assert "42 dagen na de dag waarop de zaak is gesloten" in line.why
    assert "Selectielijst 2020, 8.4.1" in line.why


def test_a_case_is_on_one_list_at_a_time(cast):
    due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    with pytest.raises(Refused):
        listing_destruction.make(by=cast.controller)
    listing_destruction.withdraw(destruction=made, by=cast.controller)
    assert listing_destruction.make(by=cast.controller).lines.count() == 1
    line = made.lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionLine.objects.filter(pk=line.pk).update(state="listed", off_why="")


@pytest.mark.parametrize("who", ["caseworker", "manager", "policy", "reporter", "admin"])
def test_others_make_no_list(cast, who):
    due_cases(cast)
    with pytest.raises(Refused):
        listing_destruction.make(by=getattr(cast, who))


def test_who_made_it_never_approves_it(cast):
    due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    listing_destruction.submit(destruction=made, by=cast.privacy)
    with pytest.raises(Refused, match="Iemand anders"):
        listing_destruction.approve(destruction=made, by=cast.privacy)
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionList.objects.filter(pk=made.pk).update(
            state="running", approved_by=cast.privacy, approved_at=made.made_at
        )


def test_nothing_goes_before_it_was_approved(cast):
    (case,) = due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    with pytest.raises(WrongState):
        listing_destruction.approve(destruction=made, by=cast.controller)
    destroying.carry_out(made.pk)
    assert Case.objects.filter(pk=case.pk).exists()


def test_a_line_is_taken_off_with_the_reason(cast):
    one, other = due_cases(cast, 2)
    made = listing_destruction.make(by=cast.privacy)
    line = made.lines.get(thing=one.pk)
    listing_destruction.take_off(line=line, by=cast.controller, why="Loopt nog iets")
    with pytest.raises(Refused):
        listing_destruction.take_off(line=line, by=cast.controller, why="Nog eens")
    listing_destruction.submit(destruction=made, by=cast.privacy)
    listing_destruction.approve(destruction=made, by=cast.controller)
    destroying.carry_out(made.pk)
    assert list(Case.objects.values_list("pk", flat=True)) == [one.pk]
    assert Event.objects.about(one).first().remark == "Loopt nog iets"
    assert states(made) == ["destroyed", "taken_off"]


def test_the_second_person_gives_it_back_with_what_to_look_at(cast, sent):
    due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    listing_destruction.submit(destruction=made, by=cast.privacy)
    assert Notice.objects.get(recipient=cast.controller).event.verb == "destruction.submit"
    listing_destruction.give_back(destruction=made, by=cast.controller, why="Kijk naar regel 1")
    made.refresh_from_db()
    assert made.state == "draft"
    assert Notice.objects.get(recipient=cast.privacy).event.remark == "Kijk naar regel 1"


def test_carried_out_it_is_gone_and_the_certificate_says_so(cast, run_errands):
    case = due_cases(cast)[0]
    deviation = DeviationFactory(case=case)
    JournalEntry.objects.create(case=case, text="Called back.", author=cast.caseworker)
    Draft.objects.create(user=cast.caseworker, key=f"cases:journal:{case.pk}", fields={"text": ["half"]})
    AccessEvent.record(actor=cast.colleague, targets=[case], way=AccessWay.PAGE)
    made = approved(cast)
    run_errands()
    made.refresh_from_db()
    assert (made.state, states(made)) == ("done", ["destroyed"])
    for model in (Case, Case.history.model, JournalEntry, JournalEntry.history.model, Deviation.history.model, Draft):
        assert not model.objects.exists(), model
    for book in (Event, AccessEvent):
        assert not book.objects.filter(target_id__in=[case.pk, deviation.pk]).exists()
    certificate = Certificate.objects.get(pk=made.pk)
    assert certificate.content["classes"] == [{"code": "8.4.1", "label": "Afgebroken", "count": 1}]
    assert certificate.content["lines"][0]["label"] == case.number
    assert (certificate.content["made_by"], certificate.content["approved_by"]) == ("Privacy", "Controller")
    assert {notice.recipient for notice in Notice.objects.filter(event__verb="destruction.carried_out")} == {
        cast.privacy, cast.controller
    }  # fmt: skip


def test_what_came_to_be_held_after_it_was_approved_stays(cast):
    one, held, reopened = due_cases(cast, 3)
    made = approved(cast)
    keeping.place_hold(case=held, by=cast.caseworker, kind="information_request", reason="Woo 7")
    closing.reopen(case=reopened, by=cast.caseworker, reason="Again")
    destroying.carry_out(made.pk)
    assert set(Case.objects.values_list("pk", flat=True)) == {held.pk, reopened.pk}
    assert states(made) == ["destroyed", "taken_off", "taken_off"]
    assert Certificate.objects.get().cases == 1
    assert replaying.is_up_to_date()


def test_the_database_itself_keeps_what_is_held(cast, monkeypatch):
    (case,) = due_cases(cast)
    made = approved(cast)
    keeping.place_hold(case=case, by=cast.caseworker, kind="appeal", reason="AWB 1")
    monkeypatch.setattr(type(Case.objects.all()), "due", lambda self, on=None: self)
    with pytest.raises(IntegrityError):
        _carried_out_and_checked(made)
    assert Case.objects.filter(pk=case.pk).exists()
    assert RetentionHold.objects.active().exists()


@transaction.atomic
def _carried_out_and_checked(made):
    """A test ends before the end of its transaction, where the database looks at foreign keys."""
    destroying.carry_out(made.pk)
    transaction.get_connection().check_constraints()


@pytest.mark.parametrize("moment", range(1, 9))
def test_stopped_at_any_moment_it_goes_on_where_it_was(cast, monkeypatch, moment):
    cases = due_cases(cast, 5)
    monkeypatch.setattr(destroying, "BATCH", 2)
    made = approved(cast)
    heard = 0

    def killed():
        nonlocal heard
        heard += 1
        if heard == moment:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        destroying.carry_out(made.pk, step=killed)
    for case in cases:  # whole, or wholly gone
        assert Case.objects.filter(pk=case.pk).exists() == Case.history.filter(id=case.pk).exists()
    destroying.carry_out(made.pk)
    destroying.carry_out(made.pk)
    assert not Case.objects.exists()
    assert states(made) == ["destroyed"] * 5
    assert Certificate.objects.get().cases == 5
    assert len([line for line in ledger.read() if line.entry["what"] == "certificate"]) == 1


def test_a_long_list_goes_on_in_a_next_errand(cast, monkeypatch, run_errands):
    due_cases(cast, 4)
    monkeypatch.setattr(destroying, "BATCH", 1)
    monkeypatch.setattr(destroying, "MOST", 2)
    made = approved(cast)
    run_errands()
    assert states(made) == ["destroyed"] * 4
    assert Errand.objects.filter(task=listing_destruction.TASK).count() == 3


def test_a_run_that_stopped_is_taken_up_by_a_person(cast, run_errands):
    due_cases(cast)
    made = approved(cast)
    Errand.objects.all().delete()
    listing_destruction.resume(destruction=made, by=cast.privacy)
    run_errands()
    assert DestructionList.objects.get().state == "done"
    with pytest.raises(WrongState):
        listing_destruction.resume(destruction=made, by=cast.privacy)


def test_the_ledger_knows_it_before_the_database_commits(cast):
    (case,) = due_cases(cast)
    destroying.carry_out(approved(cast).pk)
    first, last = ledger.read()
    assert (first.entry["what"], first.entry["thing"]) == ("destroyed", str(case.pk))
    assert case.number not in str(first.entry)
    assert (last.entry["what"], LedgerMark.now()) == ("certificate", last.digest)


def test_an_empty_list_is_not_approved(cast):
    due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    listing_destruction.submit(destruction=made, by=cast.privacy)
    listing_destruction.take_off(line=made.lines.get(), by=cast.controller, why="Nog niet")
    with pytest.raises(Refused):
        listing_destruction.approve(destruction=made, by=cast.controller)


def test_a_case_that_is_due_again_has_lost_why_it_was_taken_off_when_it_goes(cast):
    (case,) = due_cases(cast)
    made = listing_destruction.make(by=cast.privacy)
    listing_destruction.take_off(line=made.lines.get(), by=cast.privacy, why="Iets over de inwoner")
    destroying.carry_out(approved(cast).pk)
    assert not DestructionLine.objects.filter(state="taken_off").exists()
    assert not Event.objects.filter(remark__contains="inwoner").exists()


@pytest.mark.parametrize(("state", "stays"), [("released", 1), ("proposed", 0)])
def test_of_the_public_register_only_what_was_released_stays(cast, state, stays):
    deviation = DeviationFactory(case=due_cases(cast)[0])
    told = {"summary": "Wat er gebeurde", "written_by": cast.reporter, "released_by": cast.admin}
    over = told | {"released_at": timezone.now()} if state == "released" else {}
    RegisterLine.objects.create(number="R-1", deviation=deviation, state=state, proposed_by=cast.policy, **over)
    _carried_out_and_checked(approved(cast))
    assert list(RegisterLine.objects.values_list("deviation", flat=True)) == [None] * stays
