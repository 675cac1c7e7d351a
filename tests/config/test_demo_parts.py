"""The clock and the order of the demo's story, and its registers."""

import csv
from datetime import UTC, date, datetime, time, timedelta

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from config.demo.clock import moved_to
from config.demo.register import SMALL, RegisterWriter
from config.demo.timeline import Timeline
from organisation.models import Event

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_defaults_of_fields_follow_the_moved_clock():
    then = datetime(2025, 3, 4, 9, tzinfo=UTC)
    with moved_to(then):
        assert timezone.localdate() == date(2025, 3, 4)
        assert Event().at - then < timedelta(seconds=1)
    assert timezone.now() - then > timedelta(days=300)


def test_the_clock_comes_back_after_an_error():
    with pytest.raises(ZeroDivisionError), moved_to(datetime(2025, 3, 4, tzinfo=UTC)):
        _ = 1 / 0
    assert timezone.now().year > 2025


def test_scenes_are_played_in_order_and_at_work():
    line, told = Timeline(today=SUNDAY), []
    for name, day in (("late", SUNDAY), ("first", FRIDAY), ("second", FRIDAY), ("weekend", SATURDAY)):
        line.add(day, lambda name=name: told.append((name, timezone.localtime())))
    assert line.play(now=noon(SUNDAY)) == 4
    assert [name for name, _moment in told] == ["first", "second", "weekend", "late"]
    moments = [moment for _name, moment in told]
    assert moments == sorted(moments)
    assert {moment.date() for moment in moments} == {FRIDAY}
    assert all(time(8, 30) < moment.time() < time(17) for moment in moments)


def test_nothing_is_played_later_than_now():
    early = datetime.combine(FRIDAY, time(0, 5), UTC)
    line, told = Timeline(today=FRIDAY), []
    line.add(FRIDAY + timedelta(days=3), lambda: told.append(timezone.now()))
    line.play(now=early)
    assert told[0] < early


def rows(**options) -> list[dict[str, str]]:
    routines = yaml.safe_load((settings.BASE_DIR / "cases" / "reference" / "routines.yaml").read_text(encoding="utf-8"))
    domains = {routine["code"]: routine["domain"] for routine in routines}
    writer = RegisterWriter(domains, **({"size": SMALL, "seed": 1, "today": FRIDAY} | options))
    return list(csv.DictReader(writer.text().splitlines(), delimiter=";"))


def test_a_seed_gives_the_same_register_every_time():
    assert rows() == rows()
    assert rows() != rows(seed=2)


def test_patterns_are_there_to_be_found():
    written = [row for row in rows() if row["routine"] == "INK-03" and row["team"] == "Inkomen"]

    def rate(first: str, last: str) -> float:
        within = [row for row in written if first <= row["date"] < last]
        uses = sum(int(row["routine_uses"]) for row in within if row["routine_uses"])
        return sum(bool(row["kind"]) for row in within) / uses

    assert rate("2026-06-01", "2026-11-01") > 2 * rate("2025-06-01", "2026-03-01")
    assert max(row["date"] for row in written) <= FRIDAY.isoformat()


def test_a_register_has_some_thousands_of_deviations():
    assert 4_500 < sum(bool(row["kind"]) for row in rows()) < 6_500
