"""Accounts: one frozen release for three audiences, published by a second person, corrected by a next edition."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accountability.models import Edition, EditionText
from accountability.rules.audiences import NEEDED, Audience, Part
from accountability.rules.spans import Span
from accountability.services import composing, editing, freezing, sourcing
from learning.models import LearningReport
from learning.services import reporting
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.periods import Quarter
from organisation.models import Event, Notice
from tests.factories import TeamFactory
from tests.learning import builders

from .edition_builders import earlier_reporter, edition

pytestmark = pytest.mark.django_db
HALF = Span(2026, 1, 2)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def town(cast):
    """Two quarters in which one team has few of one routine."""
    made = builders.town(routines=3, teams=[cast.income, cast.youth, TeamFactory(name="Wonen")])
    for period in (202602, 202605):
        for routine in range(3):
            for team in range(3):
                n = 4 if (routine, team) == (1, 1) else 30
                builders.add(made, n, routine=routine, team=team, period=period, outcome="yes")
    return made


@pytest.fixture
def draft(town, cast):
    return editing.make(span=HALF, by=cast.reporter)


def frozen(draft, by):
    """Its figures frozen, as the worker does it."""
    freezing.run(freezing_id=freezing.ask(edition=draft, by=by).pk, pictures=False)
    return Edition.objects.get(pk=draft.pk)


def written(draft, by):
    """Every part filled in."""
    texts = {part: f"Over {part}." for part in NEEDED}
    return editing.write(edition=draft, by=by, audience="", texts=texts, version=draft.version)


def test_it_begins_with_what_the_system_knows(draft):
    there = {row.part: row for row in draft.texts.all()}
    assert {Part.MEANT, Part.METHOD, Part.DEFINITIONS} <= set(there)
    assert "10 huishoudens" in there[Part.METHOD].text
    assert all(row.written_by is None for row in there.values())


def test_only_a_time_that_is_over(cast):
    with pytest.raises(Refused, match="voorbij"):
        editing.make(span=Span(2026, 3, 2), by=cast.reporter)


def test_only_the_reporter_makes_it(cast):
    for person in (cast.policy, cast.manager, cast.admin):
        with pytest.raises(Refused):
            editing.make(span=HALF, by=person)


def test_freezing_keeps_the_release_of_learning_reports_and_its_digest(draft, cast):
    made = frozen(draft, cast.reporter)
    reports = LearningReport.objects.order_by("quarter")
    assert [each["figures"] for each in made.figures["quarters"]] == [report.figures for report in reports]
    assert made.digest == sourcing.digest(made.figures)
    assert (made.state, made.cut_off, made.frozen_by) == ("frozen", NOW, cast.reporter)
    assert set(made.reports.all()) == set(reports)


def test_a_report_that_says_the_same_is_used_again(draft, cast):
    report = reporting.make(quarter=Quarter(2026, 1), by=cast.policy)
    frozen(draft, cast.reporter)
    assert LearningReport.objects.filter(quarter=1).get() == report


def test_figures_that_changed_since_make_a_next_report(town, draft, cast):
    reporting.make(quarter=Quarter(2026, 1), by=cast.policy)
    builders.add(town, 40, routine=0, team=0, period=202601)
    made = frozen(draft, cast.reporter)
    first = LearningReport.objects.filter(quarter=1).order_by("-edition").first()
    assert (first.edition, bool(first.note)) == (2, True)
    assert made.figures["quarters"][0]["edition"] == 2


def test_what_cannot_be_published_says_so_and_stays_a_draft(cast):
    small = builders.town(routines=1, teams=[cast.income])
    builders.add(small, 3, routine=0, team=0, period=202602)
    draft = editing.make(span=Span(2026, 1, 1), by=cast.reporter)
    made = frozen(draft, cast.reporter)
    assert made.state == "draft"
    assert "zo weinig" in made.freezings.get().reason


def test_freezing_twice_or_broken_off_freezes_once(draft, cast):
    asked = freezing.ask(edition=draft, by=cast.reporter)
    assert freezing.ask(edition=draft, by=cast.reporter) == asked
    for _delivery in range(3):
        freezing.run(freezing_id=asked.pk, pictures=False)
    assert Event.objects.filter(verb="edition.freeze").count() == 1


def test_somebody_who_lost_the_role_meanwhile_freezes_nothing(draft, cast):
    asked = freezing.ask(edition=draft, by=cast.reporter)
    cast.reporter.groups.clear()
    freezing.run(freezing_id=asked.pk, pictures=False)
    asked.refresh_from_db()
    draft.refresh_from_db()
    assert (asked.state, draft.state) == ("failed", "draft")


def test_a_second_person_publishes(draft, cast):
    made = frozen(written(draft, cast.reporter), cast.reporter)
    with pytest.raises(Refused, match="tweede persoon"):
        editing.publish(edition=made, by=cast.reporter)
    published = editing.publish(edition=made, by=cast.policy)
    assert (published.state, published.published_by) == ("published", cast.policy)
    assert Notice.objects.filter(event__verb="edition.publish", recipient=cast.reporter).exists()


def test_the_database_knows_that_too(cast):
    made = edition(earlier_reporter(), state="frozen")
    for wrote in ("made_by", "frozen_by", "written_by"):
        fields = {wrote: cast.policy, "published_by": cast.policy, "published_at": NOW, "state": "published"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=made.pk).update(**fields)


def test_a_reporter_who_wrote_one_word_does_not_publish(draft, cast):
    other = earlier_reporter()
    draft = written(draft, other)
    editing.write(edition=draft, by=cast.reporter, audience="", texts={Part.ASKED: "Anders."}, version=draft.version)
    made = frozen(Edition.objects.get(pk=draft.pk), cast.reporter)
    with pytest.raises(Refused, match="tweede persoon"):
        editing.publish(edition=made, by=other)


def test_nothing_is_published_with_a_part_missing(draft, cast):
    made = frozen(draft, cast.reporter)
    with pytest.raises(Refused, match="Wat we vragen"):
        editing.publish(edition=made, by=cast.policy)


def test_a_citizen_service_number_keeps_it_back(draft, cast):
    draft = written(draft, cast.reporter)
    row = EditionText.objects.get(edition=draft, part=Part.SEEN)
    row.text = "Het nummer is 111222333."
    row.save()
    with pytest.raises(Refused, match="persoonsgegevens"):
        editing.publish(edition=frozen(draft, cast.reporter), by=cast.policy)


def test_given_back_it_is_a_draft_without_figures(draft, cast):
    made = frozen(draft, cast.reporter)
    with pytest.raises(Refused):
        editing.give_back(edition=made, by=cast.policy, reason=" ")
    back = editing.give_back(edition=made, by=cast.policy, reason="Leg de cijfers uit.")
    assert (back.state, back.digest, back.figures) == ("draft", "", {})
    assert Notice.objects.filter(event__verb="edition.return", recipient=cast.reporter).exists()


def test_published_is_published(draft, cast):
    made = editing.publish(edition=frozen(written(draft, cast.reporter), cast.reporter), by=cast.policy)
    for act in (
        lambda: editing.write(edition=made, by=cast.reporter, audience="", texts={}, version=made.version),
        lambda: freezing.ask(edition=made, by=cast.reporter),
        lambda: editing.give_back(edition=made, by=cast.policy, reason="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_correction_is_a_next_edition_that_says_what_changed(draft, cast):
    made = editing.publish(edition=frozen(written(draft, cast.reporter), cast.reporter), by=cast.policy)
    with pytest.raises(Refused, match="veranderd"):
        editing.make(span=HALF, by=cast.reporter)
    again = editing.make(span=HALF, by=cast.reporter, note="Een team telde dubbel.")
    assert (again.number, again.follows, again.note) == (2, made, "Een team telde dubbel.")
    assert {row.part for row in again.texts.all()} >= set(NEEDED)
    made = Edition.objects.get(pk=made.pk)
    assert made.later is None
    editing.publish(edition=frozen(again, cast.reporter), by=cast.policy)
    assert Edition.objects.get(pk=made.pk).later == again
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=again.pk).update(note="")


def test_two_accounts_about_one_time_are_not_begun_together(draft, cast):
    with pytest.raises(Refused, match="voorbereiding"):
        editing.make(span=HALF, by=cast.reporter, note="x")


def test_who_wrote_meanwhile_is_not_overwritten(draft, cast):
    editing.write(edition=draft, by=cast.reporter, audience="", texts={Part.SEEN: "Eerst."}, version=draft.version)
    with pytest.raises(ChangedMeanwhile):
        editing.write(edition=draft, by=cast.reporter, audience="", texts={Part.SEEN: "Later."}, version=draft.version)
    assert EditionText.objects.get(edition=draft, part=Part.SEEN).text == "Eerst."


def test_one_audience_can_be_told_in_other_words(draft, cast):
    draft = written(draft, cast.reporter)
    texts = {Part.SEEN: "In gewone woorden."}
    draft = editing.write(edition=draft, by=cast.reporter, audience="council", texts=texts, version=draft.version)
    said = {a: {s.part: s.text for s in composing.compose(draft, a).sections}[Part.SEEN] for a in Audience}
    assert said[Audience.COUNCIL] == "In gewone woorden."
    assert said[Audience.BOARD] == said[Audience.MANAGEMENT] == "Over seen."
    editing.write(edition=draft, by=cast.reporter, audience="council", texts={Part.SEEN: ""}, version=draft.version)
    assert composing.texts_for(draft, Audience.COUNCIL)[Part.SEEN] == "Over seen."


def test_its_text_keeps_its_history_and_its_figures_do_not_stand_there_twice(draft, cast):
    draft = written(draft, cast.reporter)
    seen = EditionText.objects.get(edition=draft, part=Part.MEANT)
    assert seen.history.count() == 2
    assert not hasattr(draft.history.first(), "figures")
