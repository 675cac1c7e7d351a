"""Very many deviations in one statement: what ten years of a large municipality could look like."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction

from cases.models import Routine, RoutineUseTotal, RoutineVersion, SourceType
from deviations.models import Deviation, RegisterImport
from organisation.kernel.periods import Period
from organisation.models import PolicyDomain, Team

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
MONTHS, ROUTINES, TEAMS = 36, 40, 10
LAST = Period(2026, 10)


def town() -> RegisterImport:
    """Forty routines, ten teams, five policy domains, and a finished import with one row to copy from."""
    domains = [PolicyDomain.objects.create(code=f"d{n}", label_nl=f"D{n}", label_en=f"D{n}") for n in range(5)]
    teams = [Team.objects.create(name=f"Team {n}", group=Group.objects.create(name=f"team:{n}")) for n in range(TEAMS)]
    kinds = SourceType.values
    for n in range(ROUTINES):
        routine = Routine.objects.create(code=f"B-{n:02d}", title_nl=f"Routine {n}", policy_domain=domains[n % 5])
        RoutineVersion.objects.create(
            routine=routine, number=1, prescribes="x", purpose="x",
            source_type=kinds[n % len(kinds)], valid_from="2020-01-01",
        )  # fmt: skip
        RoutineUseTotal.objects.bulk_create(
            RoutineUseTotal(routine=routine, team=team, period=int(LAST - back), uses=60)
            for team in teams
            for back in range(MONTHS)
        )
    register = RegisterImport.objects.create(file_name="bench.csv", digest="b" * 64, state="done")
    first = Routine.objects.first()
    Deviation.objects.create(
        number="B-0", register=register, register_line=0, routine=first, routine_version=first.versions.get(),
        team=teams[0], policy_domain=domains[0], source_type=kinds[0], period=int(LAST), state="recorded",
        kind="considered",
    )  # fmt: skip
    return register


def deviations(rows: int = ROWS, *, after: int = 0) -> None:
    """Copy that one row until there are so many, every column we count by made from the number of the row."""
    if not after:
        town()
    with connection.cursor() as cursor, _without_indexes(cursor):
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -300000")
        with transaction.atomic():
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")  # the keys are right by construction
            for name, query in _names():
                cursor.execute(f"DROP TABLE IF EXISTS {name}")
                cursor.execute(f"CREATE TEMPORARY TABLE {name} AS {query}")
            cursor.execute(_insert(after + 1, rows))
    settle()


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """Filling a table first and making its indexes afterwards takes a third of the time."""
    table = Deviation._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indrelid = %s::regclass AND NOT i.indisunique",
            [table],
        )
    else:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'",
            [table],
        )
    indexes = cursor.fetchall()
    for name, _sql in indexes:
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    for _name, sql in indexes:
        cursor.execute(sql)
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA synchronous = FULL")


def settle() -> None:
    """What the database does by itself some time after so many rows came in."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _names() -> list[tuple[str, str]]:
    routine, version, team = Routine._meta.db_table, RoutineVersion._meta.db_table, Team._meta.db_table
    return [
        (
            "bench_routine",
            f"SELECT (row_number() OVER (ORDER BY r.code)) - 1 AS i, r.id, r.policy_domain_id, v.id AS version_id, "  # noqa: S608
            f"v.source_type FROM {routine} r JOIN {version} v ON v.routine_id = r.id",
        ),
        ("bench_team", f"SELECT (row_number() OVER (ORDER BY name)) - 1 AS i, id FROM {team}"),  # noqa: S608
    ]


# What is made from the number of a row; the rest is copied from the one row. A row in ten falls in any team, the
# others in the three teams that a routine is mostly used by.
MADE = {
    "register_line": "s.i",
    "number": "'B-' || s.i",
    "routine_id": "r.id",
    "routine_version_id": "r.version_id",
    "policy_domain_id": "r.policy_domain_id",
    "source_type": "r.source_type",
    "team_id": "t.id",
    "kind": "s.kind",
    "state": "CASE s.answer WHEN '' THEN CASE s.kind WHEN 'made' THEN 'awaiting' ELSE 'recorded' END "
    "WHEN 'by_space' THEN 'agreed' ELSE s.answer END",
    "answer": "s.answer",
    "outcome": "CASE WHEN s.answer = '' THEN '' WHEN s.d % 10 < 5 THEN 'yes' WHEN s.d % 10 < 7 THEN 'partly' "
    "WHEN s.d % 10 < 8 THEN 'no' ELSE '' END",
    "weight": "CASE WHEN s.d % 7 = 0 THEN 'C' WHEN r.i % 2 = 0 THEN 'A' ELSE 'B' END",
    "amount_cents": "CASE WHEN s.d % 3 = 0 THEN s.d % 50000 ELSE 0 END",
    "avoided_cents": "CASE WHEN s.d % 5 = 0 THEN s.d % 300000 ELSE 0 END",
    "lead_minutes": "CASE s.answer WHEN '' THEN NULL WHEN 'by_space' THEN 0 ELSE s.d % 9000 END",
}
TEAM = f"CASE WHEN s.c % 10 = 0 THEN s.c % {TEAMS} ELSE (s.b + s.c % 3) % {TEAMS} END"


def _insert(first: int, last: int) -> str:
    postgres = connection.vendor == "postgresql"
    key = "CAST(lpad(to_hex(s.i), 32, '0') AS uuid)" if postgres else "printf('%032x', s.i)"
    made = MADE | {"id": key, "period": _month("s.a")}
    quote, table = connection.ops.quote_name, Deviation._meta.db_table
    columns = [field.column for field in Deviation._meta.concrete_fields]
    values = ", ".join(made.get(column, f"o.{quote(column)}") for column in columns)
    return f"""
        INSERT INTO {table} ({", ".join(quote(column) for column in columns)})
        WITH RECURSIVE n(i) AS (
            SELECT {first}{"::bigint" if postgres else ""} UNION ALL SELECT i + 1 FROM n WHERE i < {last}
        ),
        dice AS (
            SELECT i, i * 48271 % 2147483647 % {MONTHS} AS a, i * 69621 % 2147483647 / 7 % {ROUTINES} AS b,
                   i * 16807 % 2147483647 / 11 AS c, i * 39373 % 2147483647 / 13 AS d FROM n
        ),
        what AS (SELECT dice.*, CASE WHEN d % 10 < 7 THEN 'made' WHEN d % 10 < 9 THEN 'considered' ELSE 'blocked' END
                 AS kind FROM dice),
        s AS (SELECT what.*, CASE WHEN kind <> 'made' THEN '' WHEN c % 100 < 50 THEN 'by_space'
              WHEN c % 100 < 80 THEN 'agreed' WHEN c % 100 < 90 THEN 'agreed_with_conditions'
              WHEN c % 100 < 97 THEN 'refused' ELSE '' END AS answer FROM what)
        SELECT {values} FROM s
        JOIN bench_routine r ON r.i = s.b
        JOIN bench_team t ON t.i = {TEAM}
        CROSS JOIN (SELECT * FROM {table} WHERE number = 'B-0') o
    """  # noqa: S608


def _month(ago: str) -> str:
    first = LAST.year * 12 + LAST.month - 1
    return f"(({first} - {ago}) / 12 * 100 + ({first} - {ago}) % 12 + 1)"
