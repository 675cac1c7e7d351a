"""Queries of the ORM, compiled and run as one INSERT … SELECT, so that no row comes here."""

from typing import Any

from django.db import connection, models
from django.db.models import QuerySet, Value

Rows = QuerySet[Any, Any]


def insert_cells(
    model: type[models.Model], columns: tuple[str, ...], cells: Rows, generation: int, *, adding: tuple[str, ...] = ()
) -> int:
    """Make these cells; `adding` names the numbers that are added to a cell that is there already."""
    sql, parameters = cells.annotate(generation=Value(generation)).query.sql_with_params()
    quoted = {name: connection.ops.quote_name(_column(model, name)) for name in columns}
    table = connection.ops.quote_name(model._meta.db_table)
    if adding:
        place = ", ".join(quoted[name] for name in columns if name not in adding)
        sums = ", ".join(f"{quoted[name]} = {table}.{quoted[name]} + excluded.{quoted[name]}" for name in adding)
        sql = f"{sql} ON CONFLICT ({place}) DO UPDATE SET {sums}"
    with connection.cursor() as cursor:
        # Names of our own tables and columns, and a query whose values are parameters.
        cursor.execute(f"INSERT INTO {table} ({', '.join(quoted.values())}) {sql}", parameters)  # noqa: S608
        return max(cursor.rowcount, 0)


def rows_of(cells: Rows) -> list[tuple[Any, ...]]:
    """The cells themselves, for a few of them."""
    return [tuple(row.values()) for row in cells]


def together(rows: list[tuple[Any, ...]], numbers: int) -> list[tuple[Any, ...]]:
    """Rows about one cell as one, their last columns added up; sorted."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        cell = found.setdefault(row[:-numbers], [0] * numbers)
        for place, number in enumerate(row[-numbers:]):
            cell[place] += number
    return sorted((*place, *sums) for place, sums in found.items())


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)
