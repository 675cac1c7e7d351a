"""The trust pulse: one answer each, seen when it is closed and from five up, and nobody can link who to what."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accountability.models import Pulse, PulseBallot, PulseInvitation
from accountability.rules.indicators import mean_of_tally
from accountability.services import pulsing
from organisation.kernel.access import Refused
from organisation.models import Draft, Event, Notice
from tests.factories import MembershipFactory, UserFactory

from . import builders

pytestmark = pytest.mark.django_db
FIVE = ("caseworker", "colleague", "stranger", "manager", "othermanager")


def close(pulse, cast):
    return pulsing.close(pulse=pulse, by=cast.policy)


def test_caseworkers_and_managers_are_invited_and_told(cast):
    pulse = builders.pulse(cast)
    invited = {getattr(cast, name).pk for name in FIVE}
    assert set(pulse.invitations.values_list("person", flat=True)) == invited
    assert set(Notice.objects.values_list("recipient", flat=True)) == invited
    with pytest.raises(Refused, match="Er is al"):
        builders.pulse(cast)


def test_everybody_answers_once_and_who_was_not_invited_not_at_all(cast):
    pulse = builders.pulse(cast, caseworker=(4, 3))
    for person in (cast.caseworker, cast.policy, MembershipFactory().user):
        with pytest.raises(Refused):
            pulsing.answer(pulse=pulse, by=person, values={1: 5, 2: 5})
    with pytest.raises(Refused):
        pulsing.answer(pulse=pulse, by=cast.colleague, values={1: 5})
    assert PulseBallot.objects.count() == 2


def test_nothing_is_shown_while_it_is_open(cast, as_user):
    pulse = builders.pulse(cast, **dict.fromkeys(FIVE, (4, 5)))
    page = as_user(cast.policy).get(pulse.get_absolute_url()).content.decode()
    assert "van de 5" not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Pulse.objects.update(means={"1": 4.0})


def test_five_answers_are_shown_and_four_are_not_even_kept(cast, as_user):
    four = close(builders.pulse(cast, **dict.fromkeys(FIVE[:4], (4, 5))), cast)
    assert (four.means, four.answered) == ({}, 4)
    Pulse.objects.all().delete()
    values = dict.fromkeys(FIVE[:4], (4, 5)) | {"othermanager": (1, 5)}
    five = close(builders.pulse(cast, **values), cast)
    assert five.means == {"1": 3.5, "2": 4.5, "both": 4.0}
    assert "3,5 van de 5" in as_user(cast.stranger).get(five.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("tally", "mean"), [([0, 0, 0, 0, 5], 4.5), ([5, 0, 0, 0, 0], 1.5), ([0, 0, 2, 2, 0], None), ([1, 0, 0, 0, 4], 4.0)]
)
def test_a_mean_never_tells_what_everybody_answered(tally, mean):
    assert mean_of_tally(tally) == mean


def test_it_closes_by_itself_when_its_last_day_is_over(cast):
    pulse = builders.pulse(cast)
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        assert pulsing.close_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert pulsing.close_due() == 1
    with pytest.raises(Refused):
        pulsing.answer(pulse=pulse, by=cast.caseworker, values={1: 5, 2: 5})


def test_no_draft_is_kept_of_what_is_typed(cast, as_user):
    pulse = builders.pulse(cast)
    client = as_user(cast.caseworker)
    assert "data-autosave" not in client.get(pulse.get_absolute_url()).content.decode()
    client.post(pulse.get_absolute_url(), {"question_1": "4", "question_2": "2"})
    assert PulseBallot.objects.count() == 2
    assert not Draft.objects.exists()


def test_answering_writes_nothing_in_the_logbook(cast):
    pulse = builders.pulse(cast)
    before = Event.objects.count()
    pulsing.answer(pulse=pulse, by=cast.caseworker, values={1: 5, 2: 1})
    assert Event.objects.count() == before


def many(cast, number=20):
    """A pulse that many people answered one after another; each gave numbers of their own."""
    people = [UserFactory() for _ in range(number)]
    for person in people:
        MembershipFactory(user=person, team=cast.income)
    pulse = builders.pulse(cast)
    given = {}
    for place, person in enumerate(people):
        given[person.pk] = 1 + place * 5 // number  # low numbers first: an order in the table would tell
        pulsing.answer(pulse=pulse, by=person, values={1: given[person.pk], 2: given[person.pk]})
    return people, given


def orders():
    """Every order in which the database itself can give back ballots: by key, by place, by transaction."""
    found = [PulseBallot.objects.order_by("id").values_list("question", "value")]
    hidden = ("ctid", "xmin::text::bigint") if connection.vendor == "postgresql" else ("rowid",)
    for column in hidden:
        with connection.cursor() as cursor:
            table = PulseBallot._meta.db_table
            cursor.execute(f"SELECT question, value FROM {table} ORDER BY {column}")  # noqa: S608 - our own names
            found.append(cursor.fetchall())
    return [[value for question, value in rows if question == 1] for rows in found]


def test_no_order_in_the_database_follows_the_order_of_answering(cast):
    _people, given = many(cast)
    in_order = list(given.values())
    for order in orders():
        assert sorted(order) == sorted(in_order)
        assert order != in_order
        agreeing = sum(one == two for one, two in zip(order, in_order, strict=True))
        assert agreeing <= 14, order  # by chance four of twenty; fourteen has a chance of less than one in a million


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_every_ballot_is_of_one_and_the_same_transaction(cast):
    many(cast, 6)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text FROM {PulseBallot._meta.db_table}")  # noqa: S608
        assert len(cursor.fetchall()) == 1


def test_nothing_about_a_ballot_points_at_a_person_a_moment_or_the_other_question():
    assert {field.name for field in PulseBallot._meta.get_fields()} == {"id", "pulse", "question", "value"}
    assert {field.name for field in PulseInvitation._meta.get_fields()} == {"id", "pulse", "person", "answered"}
    pointing = [
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model is PulseBallot and not field.auto_created
    ]
    assert not pointing
    assert not hasattr(PulseBallot, "history")
    assert all(model._meta.pk.default().version == 4 for model in (PulseBallot, PulseInvitation))


def test_after_closing_neither_who_nor_what_is_left(cast):
    pulse = builders.pulse(cast, **{name: (place + 1, 5 - place) for place, name in enumerate(FIVE)})
    close(pulse, cast)
    assert not PulseBallot.objects.exists()
    assert not PulseInvitation.objects.exists()


def test_the_page_asks_both_questions(cast, as_user):
    pulse = builders.pulse(cast)
    answered = as_user(cast.caseworker).post(pulse.get_absolute_url(), {"question_1": "4"})
    assert answered.status_code == 422
    again = as_user(cast.policy).post(pulse.get_absolute_url(), {"question_1": "4", "question_2": "4"})
    assert again.status_code == 409


def test_the_first_screen_asks_only_who_did_not_answer(cast, as_user):
    pulse = builders.pulse(cast, colleague=(3, 3))
    url = reverse("accountability:block-due")
    assert pulse.get_absolute_url() in as_user(cast.caseworker).get(url).content.decode()
    assert pulse.get_absolute_url() not in as_user(cast.colleague).get(url).content.decode()
