"""How each piece of background work is made due: the table for the test that delivers every one of them ten times.

Each function puts something to do in an otherwise empty house and answers what the errand is about, if anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from accountability.rules.spans import Span
from accountability.services import answering_access, editing, freezing, gathering_evidence, proposing
from cases.models import Case
from cases.services import sharing
from deviations.services import asking, checking_register, importing_register, recording, simulating, submitting
from learning.models import Chart
from learning.services import making_reports, rolling_up
from organisation.kernel.periods import Period, Quarter
from organisation.models import Event, Notice
from tests.accountability import builders as scanning
from tests.accountability import destruction, rounds
from tests.deviations.conftest import WORDS
from tests.factories import CaseFactory, DeviationFactory, PolicyDomainFactory, RoutineFactory, SpaceFactory
from tests.learning import builders


@dataclass(frozen=True)
class Work:
    """What makes it due, and how long after that it is."""

    make: Callable[[Any], UUID | None]
    after: timedelta = timedelta()


WORK: dict[str, Work] = {}
SPEC = {"data": {"values": [{"label": "0"}]}, "mark": "bar", "encoding": {"x": {"field": "label", "type": "nominal"}}}


def makes_due(*tasks: str, **after: int):
    """Note a function as what makes these tasks due, so long after it."""

    def note(make):
        WORK.update({task: Work(make, timedelta(**after)) for task in tasks})
        return make

    return note


@makes_due("organisation.tasks.seal")
@makes_due("accountability.tasks.verify_log")
@makes_due("accountability.tasks.watch_seal", hours=2)
def a_line_in_the_logbook(cast) -> None:
    Event.record(actor=cast.manager, verb="question.ask", target=cast.caseworker)


@makes_due("organisation.tasks.mail_notice")
def a_notice(cast) -> UUID:
    event = Event.record(actor=cast.manager, verb="question.ask", target=cast.caseworker)
    Notice.queue(event=event, recipients=[cast.caseworker], url="/")
    return Notice.objects.get().pk


@makes_due("organisation.tasks.mail_password_link")
def somebody_without_a_password(cast) -> UUID:
    return cast.caseworker.pk


def case_of(cast) -> Case:
    return CaseFactory(team=cast.income, handler=cast.caseworker)


@makes_due("cases.tasks.end_expired_sharing", days=2)
def a_share_of_one_day(cast) -> None:
    until = timezone.localdate() + timedelta(days=1)
    told = {"work": False, "reason": "Illness.", "until": until}
    sharing.share_case(case=case_of(cast), by=cast.caseworker, to=cast.stranger, **told)


@makes_due("cases.tasks.reckon_class")
def a_class_with_another_period(cast) -> UUID:
    [case] = destruction.due_cases(cast)
    type(case.retention_class).objects.update(keep="P7Y")
    return case.retention_class.pk


@makes_due("deviations.tasks.watch_deadlines", days=14)
def a_request_that_waits(cast) -> None:
    cast.income.deputy = cast.othermanager
    cast.income.save()
    fields = {"routine": RoutineFactory(version__source_type="habit"), **WORDS}
    drafted = recording.begin(case=case_of(cast), by=cast.caseworker, fields=fields)
    submitting.submit(deviation=drafted, by=cast.caseworker)


@makes_due("deviations.tasks.expire_spaces", days=31)
@makes_due("deviations.tasks.remind_of_spaces", days=1)
def a_space_that_ends(cast) -> None:
    SpaceFactory(team=cast.income, granted_by=cast.manager, valid_until=timezone.localdate() + timedelta(days=30))


@makes_due("deviations.tasks.ask_whether_it_helped", days=60)
@makes_due("accountability.tasks.freeze_dossiers")
def a_use_of_a_space(cast) -> None:
    rounds.used(cast, rounds.space_of(cast))


def received(cast):
    RoutineFactory(code="INK-03", policy_domain=PolicyDomainFactory(code="income"))
    lines = b"date;team;policy_domain;routine;kind;answer\n2026-03-02;Inkomen;income;INK-03;made;agreed\n"
    told = {"name": "r.csv", "create_missing": False, "by": cast.policy}
    return importing_register.receive(file=ContentFile(lines, "r.csv"), **told)


@makes_due("deviations.tasks.check_register")
def a_register_that_was_uploaded(cast) -> UUID:
    return received(cast).pk


@makes_due("deviations.tasks.bring_in_register")
def a_register_that_was_checked(cast) -> UUID:
    register = checking_register.check(register=received(cast))
    return importing_register.start(register=register, by=cast.policy).pk


@makes_due("deviations.tasks.index_texts")
def a_deviation_without_its_words(cast) -> None:
    DeviationFactory(case=case_of(cast))


@makes_due("deviations.tasks.simulate")
def a_space_to_try_out(cast) -> UUID:
    space = SpaceFactory(team=cast.income, granted_by=cast.manager)
    return simulating.ask(space=space, months=12, against=None, by=cast.manager).pk


@makes_due("deviations.tasks.watch_proposals", days=9)
def a_proposal_that_waits(cast) -> None:
    fields = {
        "name": "Statements", "why": "Each week.", "limits": "No fraud.", "routines": [RoutineFactory()],
        "cents_per_deviation": 20_000, "cents_per_month": None, "until": timezone.localdate() + timedelta(days=90),
    }  # fmt: skip
    asking.ask(team=cast.income, by=cast.caseworker, fields=fields)


@makes_due("learning.tasks.roll_up_all")
@makes_due("learning.tasks.release_quarters")
@makes_due("accountability.tasks.compare_answers")
@makes_due("accountability.tasks.take_stock")
def a_town(cast) -> None:
    """Three quarters with enough to tell."""
    made = builders.town(routines=2, teams=[cast.income, cast.youth])
    for period in (202602, 202605, 202608):
        builders.add(made, 40, period=period)


@makes_due("learning.tasks.roll_up")
def figures_asked_for(cast) -> UUID:
    a_town(cast)
    return rolling_up.request(by=cast.admin).pk


@makes_due("learning.tasks.follow_the_logbook")
def a_deviation_since_the_count(cast) -> None:
    a_town(cast)
    rolling_up.roll_up_all()
    period = int(Period.of(timezone.now()))
    deviation = DeviationFactory(case=case_of(cast), state="recorded", kind="considered", period=period)
    Event.record(actor=cast.caseworker, verb="deviation.record", target=deviation)


@makes_due("learning.tasks.keep_ready", "learning.tasks.draw_charts")
def a_chart_to_draw(cast) -> None:
    Chart.objects.create(digest="0" * 64, spec=SPEC)


@makes_due("learning.tasks.notice")
def a_rise(cast) -> None:
    """Two routines in two teams, of which one rose at the end."""
    made, now = builders.town(routines=2, teams=[cast.income, cast.youth]), Period.of(timezone.now())
    for back in range(1, 20):
        for routine, team in ((0, 0), (0, 1), (1, 0), (1, 1)):
            many = 36 if back <= 3 and routine != team else 10
            builders.add(made, many, routine=routine, team=team, period=int(now - back))
            builders.report_uses(made, 100, routine=routine, team=team, period=int(now - back))
    rolling_up.roll_up_all()


@makes_due("learning.tasks.make_report")
def a_report_asked_for(cast) -> UUID:
    a_town(cast)
    return making_reports.request(quarter=Quarter(2026, 3), by=cast.policy).pk


@makes_due("accountability.tasks.freeze_edition")
def an_account_to_freeze(cast) -> UUID:
    a_town(cast)
    edition = editing.make(span=Span(2026, 1, 2), by=cast.reporter)
    return freezing.ask(edition=edition, by=cast.reporter).pk


@makes_due("accountability.tasks.propose_lines")
def lines_asked_for(cast) -> UUID:
    a_town(cast)
    return proposing.ask(year=2026, domain=None, most=5, by=cast.reporter).pk


@makes_due("accountability.tasks.carry_out_destruction")
def a_list_to_destroy(cast) -> UUID:
    destruction.due_cases(cast)
    return destruction.approved(cast).pk


@makes_due("accountability.tasks.close_pulses", days=8)
def an_open_pulse(cast) -> None:
    scanning.pulse(cast)


@makes_due("accountability.tasks.watch_reviews", days=60)
def a_review_to_do(cast) -> None:
    rounds.asked(cast)


def evidence_of(cast):
    return gathering_evidence.ask(about=case_of(cast), by=cast.privacy, reason="The court asks.")


@makes_due("accountability.tasks.gather_evidence")
def evidence_asked_for(cast) -> UUID:
    return evidence_of(cast).pk


@makes_due("accountability.tasks.sweep_evidence", days=9)
def evidence_of_last_week(cast) -> None:
    gathering_evidence.run(evidence_id=evidence_of(cast).pk)


def access_asked(cast):
    told = {"asker": "resident", "reference": "INZ-1", "asked_on": timezone.localdate()}
    return answering_access.begin(case=case_of(cast), by=cast.privacy, **told)


@makes_due("accountability.tasks.answer_access")
def somebody_asked_what_we_know(cast) -> UUID:
    return access_asked(cast).pk


@makes_due("accountability.tasks.take_access_files_away", days=15)
def an_answer_of_two_weeks_ago(cast) -> None:
    answering_access.make(request_id=access_asked(cast).pk)
