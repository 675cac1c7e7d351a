"""Triggers that make a table append-only, for PostgreSQL and SQLite; who owns the table can still take them away.

A table may allow one single change of a row: its erasure, after which what it said is gone and what tells that there
was a line is still there. That is a condition of the trigger itself and no switch that somebody could turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

REFUSAL = "is append-only"
_FUNCTION = "append_only_refusal"
_POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """The one change allowed: key goes, `told_in` comes, texts become empty, nullable columns null, the rest stays."""

    stays: Sequence[str]
    texts: Sequence[str]
    nullable: Sequence[str]
    key: str = "key"
    told_in: str = "erased_in"


def guards(vendor: str, table: str, erasure: Erasure | None = None, *, identity: str = "id") -> list[str]:
    """The statements that put the guards of a table in place; `identity` is its key."""
    return _postgres(table, erasure) if vendor == "postgresql" else _sqlite(table, erasure, identity)


def never_changed(vendor: str, table: str, *, identity: str = "id") -> list[str]:
    """The statements that refuse every change of a row, and leave its destruction to retention."""
    made = guards(vendor, table, identity=identity)
    spared = ("_no_delete ", "_no_truncate ")
    return [statement for statement in made if not any(name in statement for name in spared)]


def changed_again(vendor: str, table: str) -> list[str]:
    """The statements that take these away: for a migration that turns back."""
    update, _delete, replace = names(vendor, table)
    on = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER {name}{on}" for name in ((update,) if on else (update, replace))]


def names(vendor: str, table: str) -> list[str]:
    """What the guards of a table are called."""
    last = "truncate" if vendor == "postgresql" else "replace"
    return [f"{table}_no_{deed}" for deed in ("update", "delete", last)]


def without(vendor: str, table: str) -> list[str]:
    """The statements that take the guards away: for a migration that turns back."""
    on = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER {name}{on}" for name in names(vendor, table)]


def fixed(vendor: str, table: str, columns: Sequence[str], *, once: str, identity: str = "id") -> list[str]:
    """The statements that fix what the rows of a table say: only `once` may still be filled, one time.

    Rows may be deleted, since what is destroyed takes them along.
    """
    update, _delete, replace = names("sqlite", table)
    apart = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{column} {apart} OLD.{column}" for column in columns)
    when = f"WHEN ({changed} OR OLD.{once} IS NOT NULL AND NEW.{once} {apart} OLD.{once})"
    if vendor == "postgresql":
        refuse = f"EXECUTE FUNCTION {_FUNCTION}()"
        return [_POSTGRES_FUNCTION, f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}"]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {identity} = NEW.{identity})"  # noqa: S608
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}",
        f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} FOR EACH ROW {there} {refuse}",
    ]


def _postgres(table: str, erasure: Erasure | None) -> list[str]:
    update, delete, truncate = names("postgresql", table)
    when = f" WHEN (NOT ({_shape(erasure, 'IS NOT DISTINCT FROM')}))" if erasure else ""
    refuse = f"EXECUTE FUNCTION {_FUNCTION}()"
    return [
        _POSTGRES_FUNCTION,
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW{when} {refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]


def _sqlite(table: str, erasure: Erasure | None, identity: str) -> list[str]:
    update, delete, replace = names("sqlite", table)
    when = f" WHEN NOT ({_shape(erasure, 'IS')})" if erasure else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
    # `INSERT OR REPLACE` takes the old row away without asking a trigger on delete.
    there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR {identity} = NEW.{identity})"  # noqa: S608
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW{when} {refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} FOR EACH ROW {there} {refuse}",
    ]


def _shape(erasure: Erasure, same: str) -> str:
    """Holds for an update that erases a line and does nothing else."""
    return " AND ".join(
        [f"OLD.{erasure.key} IS NOT NULL", f"NEW.{erasure.key} IS NULL", f"NEW.{erasure.told_in} IS NOT NULL"]
        + [f"NEW.{column} {same} OLD.{column}" for column in erasure.stays]
        + [f"NEW.{column} = ''" for column in erasure.texts]
        + [f"NEW.{column} IS NULL" for column in erasure.nullable]
    )
