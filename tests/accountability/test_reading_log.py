"""The logbook on a page: filters, who looked at a file and why, and taking it along."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accountability.permissions import logbook as permissions
from accountability.rules.log_groups import is_grouped
from accountability.services import taking_log_along
from accountability.workflow.logbook import Action
from organisation import sentences
from organisation.models import AccessEvent, AccessWay, Event
from organisation.services.erasing_lines import erase_lines
from tests.factories import CaseFactory, DeviationFactory, SpaceFactory
from tests.house.world import period_of_today

pytestmark = pytest.mark.django_db
SENT = {"state": "awaiting", "submitted_at": timezone.now(), "due_at": timezone.now(), "period": period_of_today()}
LOG = "/accountability/log/"


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker, subject="A very own question")


@pytest.fixture
def read(cast, as_user):
    """`read(**filter)`: what the page of the logbook shows to the privacy officer."""
    client = as_user(cast.privacy)

    def page(at=LOG, **asked):
        answer = client.get(at, asked, follow=True)
        assert answer.status_code == 200
        return answer

    return page


def texts(answer):
    return [sentences.sentence(line) for line in answer.context["page"].rows]


def held(by, case, days_ago=0, **more):
    with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=False):
        return Event.record(actor=by, verb="case.held", target=case, **more)


def test_filters_of_what_was_done_stand_in_the_address(cast, case, read):
    space = SpaceFactory(team=cast.income, granted_by=cast.manager)
    one = held(cast.caseworker, case, days_ago=9)
    other = held(cast.colleague, CaseFactory(team=cast.income), covered_by=space.pk)
    Event.record(actor=None, verb="team.changed", target=cast.income)
    deviation = DeviationFactory(case=case, author=cast.caseworker)
    about = Event.record(actor=cast.manager, verb="deviation.agree", target=deviation)

    def shown(**asked):
        return {line.pk for line in read(**asked).context["page"].rows}

    assert shown(who="colleague") == {other.pk}
    assert shown(who="caseworker@demo.test") == {one.pk}
    assert len(shown(who="Handelingsruimte")) == 1
    assert shown(what="deviations") == {about.pk}
    assert shown(about=case.number.lower()) == {one.pk, about.pk}
    assert shown(about=deviation.number) == {about.pk}
    assert len(shown(about="Inkomen")) == 1
    assert shown(space=space.number) == {other.pk}
    week_ago = (timezone.localdate() - timedelta(days=7)).isoformat()
    assert shown(until=week_ago) == {one.pk}
    assert one.pk not in shown(since=week_ago)
    assert shown(since="not a day") == shown()


def test_a_remark_is_never_on_the_page_and_not_in_a_file(cast, case, read):
    held(cast.caseworker, case, remark="She lost her job in May.")
    Event.record(actor=cast.reporter, verb="edition.return", target=case, remark="Write it in plain words.")
    for answer in (read(), read(at=reverse("accountability:person-log", args=[cast.caseworker.pk]))):
        assert "lost her job" not in answer.content.decode()
        assert "plain words" not in answer.content.decode()
    for kind in ("csv", "ods", "xlsx", "jsonl"):
        assert b"lost her job" not in content(read(at=f"{LOG}lines.{kind}"))


def test_who_looked_at_a_file_when_and_why(cast, case, read):
    deviation = DeviationFactory(case=case, team=cast.income, author=cast.colleague, **SENT)
    for person, thing in ((cast.caseworker, case), (cast.colleague, case), (cast.colleague, deviation)):
        AccessEvent.record(actor=person, targets=[thing], way=AccessWay.PAGE)
    AccessEvent.record(actor=cast.stranger, targets=[CaseFactory()], way=AccessWay.PAGE)
    answer = read(at=reverse("accountability:file-log", args=[case.pk]))
    told = {looked.name: (looked.times, looked.why) for looked in answer.context["people"]}
    assert told == {"Caseworker": (1, ("behandelaar",)), "Colleague": (2, ("auteur", "werkt in het team"))}
    assert case.subject not in answer.content.decode()
    # Reading it is a line itself, and is not looking at the file.
    line = AccessEvent.objects.filter(actor_id=cast.privacy.pk).get()
    assert (line.way, line.basis, line.target_id) == ("log", "role", case.pk)
    again = read(at=reverse("accountability:file-log", args=[deviation.pk]))
    assert again.request["PATH_INFO"] == reverse("accountability:file-log", args=[case.pk])
    assert "Privacy" not in {looked.name for looked in again.context["people"]}
    assert again.context["case"] == case


def test_a_number_leads_to_the_file_and_an_unknown_one_says_so(cast, case, as_user):
    client = as_user(cast.privacy)
    deviation = DeviationFactory(case=case)
    for number in (case.number, f" {case.number.lower()} ", deviation.number):
        answer = client.get(reverse("accountability:find-file"), {"number": number})
        assert answer.url == reverse("accountability:file-log", args=[case.pk])
    assert "Z-1999-1" in client.get(reverse("accountability:find-file"), {"number": "Z-1999-1"}).content.decode()


def test_the_handler_reads_it_from_the_case_and_nobody_else_of_the_team(cast, case, as_user):
    url = reverse("accountability:file-log", args=[case.pk])
    assert url in as_user(cast.caseworker).get(case.get_absolute_url()).content.decode()
    page = as_user(cast.caseworker).get(url).content.decode()
    assert "/accountability/log/people/" not in page
    assert url not in as_user(cast.colleague).get(case.get_absolute_url()).content.decode()
    assert as_user(cast.colleague).get(url).status_code == 404


def test_a_line_that_was_erased_says_nothing(cast, case, read):
    held(cast.caseworker, case)
    AccessEvent.record(actor=cast.caseworker, targets=[case], way=AccessWay.PAGE)
    erase_lines(about=[("cases.case", case.pk)], because_of=cast.income, by=cast.privacy)
    assert "Wat hier stond is vernietigd" in texts(read())
    for book in ("", "opened"):
        assert case.number not in read(book=book).content.decode()


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_what_is_taken_along_is_what_was_asked_for_and_stands_in_the_logbook(cast, case, read):
    held(cast.caseworker, case)
    held(cast.colleague, case)
    rows = content(read(at=f"{LOG}lines.csv", who="colleague")).decode().splitlines()
    assert len(rows) == 2
    assert "case.held" in rows[1]
    (line,) = Event.objects.filter(verb="logbook.exported")
    assert (line.actor_id, line.after, line.before) == (cast.privacy.pk, "1", "Wie: colleague csv")
    for kind, part in (("ods", "content.xml"), ("xlsx", "xl/worksheets/sheet1.xml")):
        with zipfile.ZipFile(io.BytesIO(content(read(at=f"{LOG}lines.{kind}", book="opened")))) as book:
            assert "wanneer" in book.read(part).decode()


def test_a_file_that_cannot_hold_every_line_says_so_and_the_others_have_them_all(cast, case, read, monkeypatch):
    monkeypatch.setattr(taking_log_along, "MOST", 2)
    for _line in range(3):
        held(cast.caseworker, case)
    words = "Alleen de nieuwste 2 regels passen in dit bestand"
    assert "ODS en XLSX de nieuwste 2" in read().content.decode()
    assert len(content(read(at=f"{LOG}lines.csv", who="caseworker")).decode().splitlines()) == 4
    assert len(content(read(at=f"{LOG}lines.jsonl", who="caseworker")).splitlines()) == 3
    for kind, part in (("ods", "content.xml"), ("xlsx", "xl/worksheets/sheet1.xml")):
        with zipfile.ZipFile(io.BytesIO(content(read(at=f"{LOG}lines.{kind}", who="caseworker")))) as book:
            rows = re.split("<(?:table:table-)?row>", book.read(part).decode())[1:]
        assert words in rows[0]
        assert sum("case.held" in row for row in rows) == 2
    taken = Event.objects.filter(verb="logbook.exported").order_by("at", "id")
    assert list(taken.values_list("after", flat=True)) == ["3", "3", "2", "2"]
    held(cast.colleague, case)
    with zipfile.ZipFile(io.BytesIO(content(read(at=f"{LOG}lines.xlsx", who="colleague")))) as book:
        assert words not in book.read("xl/worksheets/sheet1.xml").decode()


def test_processing_lines_have_the_names_of_the_standard(cast, case, read, settings):
    settings.PROCESSING_REGISTER = "https://example.test/register"
    AccessEvent.record(actor=cast.caseworker, targets=[case, DeviationFactory(case=case)], way=AccessWay.PAGE)
    Event.record(actor=None, verb="team.changed", target=cast.income)
    lines = [json.loads(line) for line in content(read(at=f"{LOG}lines.jsonl", book="opened")).splitlines()]
    assert len({line["attributes"]["dpl.core.data_subject_id"] for line in lines}) == 1 < len(lines)
    for line in lines:
        assert set(line) == {
            "trace_id", "span_id", "parent_span_id", "status", "name", "start_time", "end_time", "resource",
            "attributes",
        }  # fmt: skip
        assert (len(line["trace_id"]), len(line["span_id"])) == (32, 16)
        activity = line["attributes"]["dpl.core.processing_activity_id"]
        assert activity == "https://example.test/register#case_data"
        assert str(case.pk) not in json.dumps(line)
    assert content(read(at=f"{LOG}lines.jsonl")) == b""  # a team is nobody


@pytest.mark.parametrize("trace", ["", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "proxy 7: Zürich", "abc", "f" * 64])
def test_whatever_a_request_was_called_a_trace_is_sixteen_bytes(cast, trace):
    lines = [Event(actor_name="A", verb="case.held", trace=trace) for _twice in range(2)]
    ids = [taking_log_along.trace_id(line) for line in lines]
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)
    assert (ids[0] == ids[1]) is bool(trace)


def test_an_unknown_kind_of_file_is_not_there(cast, as_user):
    assert as_user(cast.privacy).get(f"{LOG}lines.exe").status_code == 404


ROLES = ("caseworker", "manager", "policy", "reporter", "privacy", "controller", "admin")


SEAL = (Action.READ_SEAL, Action.VERIFY)


@pytest.mark.parametrize("action", [action for action in Action if action not in (Action.READ_FILE, *SEAL)])
def test_the_logbook_is_for_privacy_officer_and_internal_control(cast, action):
    assert [name for name in ROLES if permissions.answer(getattr(cast, name), action)] == ["privacy", "controller"]


@pytest.mark.parametrize("action", SEAL)
def test_the_seal_is_for_the_administrator_too(cast, action):
    may = [name for name in ROLES if permissions.answer(getattr(cast, name), action)]
    assert may == ["privacy", "controller", "admin"]


def test_who_looked_at_a_file_is_for_its_handler_too(cast, case):
    may = [name for name in ROLES if permissions.answer(getattr(cast, name), Action.READ_FILE, case)]
    assert may == ["caseworker", "privacy", "controller"]
    cast.controller.is_active = False
    assert not permissions.answer(cast.controller, Action.READ_FILE, case)


def test_every_verb_stands_in_a_group():
    assert [verb for verb in sentences._sentences if not is_grouped(verb)] == []


def test_what_was_opened_in_the_week_leaves_reading_the_logbook_out(cast, case):
    from accountability.services.watching import access_of_week

    AccessEvent.record(actor=cast.privacy, targets=[case], way=AccessWay.LOG)
    week = access_of_week()
    assert (week.people, [times for _label, times in week.ways]) == (0, [0, 0, 0])
