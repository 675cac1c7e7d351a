"""The database keeps the logbook as it was written, whoever asks; erasure is the one change it knows."""

import pytest
from django.db import DatabaseError, connection, transaction

from organisation.kernel import append_only, digests
from organisation.models import AccessEvent, AccessWay, Event
from organisation.services.erasing_lines import blank, erase_lines
from tests.databases import guards_down
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
TABLES = ("organisation_event", "organisation_accessevent")


@pytest.fixture
def case(cast):
    made = CaseFactory(team=cast.income, handler=cast.caseworker)
    Event.record(
        actor=cast.caseworker, verb="case.held", target=made, before="open", after="on_hold", remark="Waiting."
    )
    AccessEvent.record(actor=cast.colleague, targets=[made], way=AccessWay.PAGE)
    return made


def refused(act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()
    return True


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("kind", [Event, AccessEvent])
def test_a_line_is_never_changed_and_never_deleted(case, kind):
    for field in (field.name for field in kind._meta.concrete_fields if field.name != "erased_in"):
        other = kind.objects.exclude(pk__in=[]).values(field)[:1]
        value = None if kind._meta.get_field(field).null else other
        assert refused(lambda field=field, value=value: kind.objects.update(**{field: value}))
    line = kind.objects.get()
    assert refused(line.save)
    assert refused(line.delete)
    assert refused(kind.objects.all().delete)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_not_emptied_and_no_line_takes_the_place_of_another(case, table):
    assert refused(lambda: run(f"DELETE FROM {table}"))  # noqa: S608
    if connection.vendor == "postgresql":
        assert refused(lambda: run(f"TRUNCATE {table} CASCADE"))
    else:
        assert refused(lambda: run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))  # noqa: S608


@pytest.mark.parametrize("kind", [Event, AccessEvent])
def test_half_an_erasure_is_no_erasure(case, kind):
    whole = blank(kind) | {"key": None, "erased_in": case.pk}
    for left_out in whole:
        rest = {name: value for name, value in whole.items() if name != left_out}
        was_empty = getattr(kind.objects.get(), left_out) in ("", None) and left_out != "erased_in"
        assert was_empty or refused(lambda rest=rest: kind.objects.update(**rest))
    for more in ({"at": case.opened_at}, {"digest": b"0" * 32}, {"target_type": "x"}, {"actor_name": "Somebody"}):
        assert refused(lambda more=more: kind.objects.update(**(whole | more)))
    assert kind.objects.update(**whole) == 1
    assert refused(lambda: kind.objects.update(**whole))


def test_erased_lines_say_nothing_and_their_digest_stays(case, cast):
    other = CaseFactory(team=cast.income, handler=cast.caseworker)
    Event.record(actor=cast.caseworker, verb="case.held", target=other)
    before = [bytes(line.digest) for kind in (Event, AccessEvent) for line in kind.objects.all().order_by("id")]
    assert erase_lines(about=[("cases.case", case.pk)], because_of=cast.income, by=cast.privacy) == 2
    erased, kept, telling = Event.objects.order_by("id")
    (seen,) = AccessEvent.objects.all()
    assert [bytes(erased.digest), bytes(kept.digest), bytes(seen.digest)] == before
    assert not any(value for line in (erased, seen) for value in (*line.facts().values(), *line.words().values()))
    assert (erased.verb, erased.target_type, erased.erased_in, seen.erased_in) == (
        "case.held", "cases.case", telling.pk, telling.pk,
    )  # fmt: skip
    assert (telling.verb, telling.after, telling.target_id) == ("logbook.erased", "2", cast.income.pk)
    assert kept.target_id == other.pk
    assert erase_lines(about=[("cases.case", case.pk)], because_of=cast.income, by=cast.privacy) == 0


def test_the_digest_is_of_what_stands_in_the_database(case):
    for kind in (Event, AccessEvent):
        line = kind.objects.get()
        assert digests.digest_of(bytes(line.key), line.facts(), line.words()) == bytes(line.digest)


def test_two_lines_that_say_the_same_have_nothing_in_common(case, cast):
    lines = [Event.record(actor=cast.caseworker, verb="case.held", target=case) for _n in range(2)]
    assert len({bytes(line.digest) for line in lines} | {bytes(line.key) for line in lines}) == 4


def test_every_guard_is_there_and_comes_back(case):
    def there():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            return {row[0] for row in cursor.fetchall()}

    wanted = {name for table in TABLES for name in append_only.names(connection.vendor, table)}
    assert wanted <= there()
    with guards_down():
        Event.objects.update(remark="Something else")
    assert wanted <= there()
    assert refused(Event.objects.all().delete)
