"""The roll-up of a million deviations against a hand-written INSERT … SELECT, and a dirty key against the whole.

python -m tests.scale.bench_rollup; BENCH_ROWS sets how many.
"""

import sys

from tests.scale import scratch

ROUNDS = 4

BY_HAND = """
    INSERT INTO learning_cube (generation, period, routine_id, team_id, policy_domain_id, kind, answer, outcome,
        source_type, weight, deviations, amount_cents, avoided_cents, lead_minutes, lead_count)
    SELECT 999, period, routine_id, team_id, policy_domain_id, kind, answer, outcome, source_type, weight,
        COUNT(*), SUM(amount_cents), SUM(avoided_cents), COALESCE(SUM(lead_minutes), 0), COUNT(lead_minutes)
    FROM deviations_deviation WHERE period IS NOT NULL
    GROUP BY period, routine_id, team_id, policy_domain_id, kind, answer, outcome, source_type, weight
"""


USES_BY_HAND = """
    INSERT INTO learning_cubeuse (generation, period, routine_id, team_id, policy_domain_id, source, uses)
    SELECT 999, u.period, u.routine_id, u.team_id, r.policy_domain_id, 'reported', SUM(u.uses)
    FROM cases_routineusetotal u JOIN cases_routine r ON r.id = u.routine_id
    GROUP BY u.period, u.routine_id, u.team_id, r.policy_domain_id
"""

_INTO = """
    INSERT INTO learning_summary (period, team_id, policy_domain_id, "table", value, number, cents, squares, generation)
"""
_MADE = "FROM deviations_deviation d WHERE d.period IS NOT NULL AND d.kind = 'made'"
_SQUARE = "CAST(SUM(CAST({0} * {1} / 10000 AS bigint)) AS bigint)"
_UNTIL = """
    CASE WHEN d.answer = 'by_space' THEN 'space' ELSE
    CASE WHEN d.urgency = 'already_done' THEN 'done:' ELSE 'asked:' END ||
    CASE WHEN d.lead_minutes IS NULL THEN 'open' WHEN d.lead_minutes <= 1440 THEN 'day'
         WHEN d.lead_minutes <= 10080 THEN 'week' ELSE 'later' END END
"""


def summaries_by_hand() -> list[str]:
    """The same summaries, each in a statement of its own."""
    place = "SELECT d.period, d.team_id, d.policy_domain_id"
    group = "GROUP BY d.period, d.team_id, d.policy_domain_id"
    made = [("'structural'", "d.structural"), ("'times'", _UNTIL)]
    found = [
        f"{_INTO} {place}, {table}, {value}, COUNT(*), 0, 0, 999 {_MADE} {group}, {value}" for table, value in made
    ]
    for table, other in (("causes", "cause"), ("life_domains", "lifedomain")):
        schema = "deviations" if other == "cause" else "organisation"
        found.append(
            f"{_INTO} {place}, '{table}', t.code, COUNT(*), 0, 0, 999 FROM deviations_deviation d "
            f"JOIN deviations_deviation_{table} x ON x.deviation_id = d.id "
            f"JOIN {schema}_{other} t ON t.id = x.{other}_id WHERE d.period IS NOT NULL {group}, t.code"
        )
    for value, column in (("extra", "d.amount_cents"), ("avoided", "d.avoided_cents")):
        square = _SQUARE.format(column, column)
        numbers = f"COUNT(*), SUM({column}), {square}, 999"
        found.append(f"{_INTO} {place}, 'costs', '{value}', {numbers} {_MADE} AND {column} > 0 {group}")
    joined = _MADE.replace("WHERE", "JOIN deviations_evaluation e ON e.deviation_id = d.id WHERE")
    for value, cents, one, other in (
        ("real", "SUM(e.real_cents)", "e.real_cents", "e.real_cents"),
        ("planned", "SUM(d.amount_cents)", "d.amount_cents", "d.amount_cents"),
        ("both", "0", "d.amount_cents", "e.real_cents"),
    ):
        numbers = f"COUNT(*), {cents}, {_SQUARE.format(one, other)}, 999"
        found.append(f"{_INTO} {place}, 'costs', '{value}', {numbers} {joined} AND e.real_cents IS NOT NULL {group}")
    return found


TICKED = {"causes": 3, "life_domains": 2}  # every third deviation has a cause


def tick() -> None:
    """Causes and life domains, turn by turn; without any, by hand one would find out at once and count nothing."""
    from django.db import connection

    from deviations.models import Cause, Deviation
    from organisation.models import LifeDomain
    from tests.scale import generating

    for (field, every), model in zip(TICKED.items(), (Cause, LifeDomain), strict=True):
        codes = [f"bench-{letter}" for letter in "abcdefghijklm"]
        model.objects.bulk_create(model(code=code, label_nl=code, label_en=code) for code in codes)
        table = Deviation._meta.get_field(field).remote_field.through._meta.db_table
        with connection.cursor() as cursor:
            for number, code in enumerate(codes):
                cursor.execute(
                    f"INSERT INTO {table} (deviation_id, {model._meta.model_name}_id) SELECT d.id, t.id "  # noqa: S608
                    f"FROM deviations_deviation d CROSS JOIN {model._meta.db_table} t "
                    f"WHERE t.code = %s AND d.register_line %% {every * len(codes)} = %s",
                    [code, every * number],
                )
    generating.settle()


def clear() -> None:
    """An empty cube, for either of them."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("learning_cube", "learning_cubeuse", "learning_summary"):
            cursor.execute(f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}")  # noqa: S608


def by_hand() -> None:
    """What somebody would write who does this once."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_HAND)
        cursor.execute(USES_BY_HAND)
        for statement in summaries_by_hand():
            cursor.execute(statement)


def plan() -> str:
    """How the database reads one month."""
    from learning.services.counting import Key, deviation_cells
    from tests.scale.generating import LAST

    return deviation_cells(Key(int(LAST))).explain()


def dirty_key() -> None:
    """One deviation changes, and the logbook is followed."""
    from deviations.models import Deviation
    from learning.services import refreshing
    from organisation.models import Event

    deviation = Deviation.objects.filter(kind="made").first()
    deviation.kind = "blocked"
    deviation.answer, deviation.state = "", "recorded"
    deviation.save()
    Event.record(actor=None, verb="bench", target=deviation)
    took.append(scratch.seconds(refreshing.follow_the_logbook))


took: list[float] = []


def main() -> int:
    """Print the ratios; 1 when a goal was missed or a cell is wrong."""
    name = scratch.start()
    from django.db import connection

    from learning.models import Cube
    from learning.services import recounting, rolling_up
    from tests.scale import generating

    loading = scratch.seconds(generating.deviations) + scratch.seconds(tick)
    print(f"\n{name}: {generating.ROWS:,} deviations in {loading:.0f} s")
    covering = "Index Only Scan" if connection.vendor == "postgresql" else "USING COVERING INDEX deviation_rollup"
    ours, theirs, grown = [], [], []
    with scratch.memory_growth(grown):
        rolling_up.roll_up_all()
    for _round in range(ROUNDS):
        clear()
        theirs.append(scratch.seconds(by_hand))
        clear()
        ours.append(scratch.seconds(rolling_up.roll_up_all))
    for _round in range(ROUNDS):
        dirty_key()
    print(
        f"  full {min(ours):.2f} s, by hand {min(theirs):.2f} s, key {min(took):.3f} s, {Cube.objects.count():,} cells"
    )
    print(f"  one month by {'its index alone' if covering in plan() else 'more than its index: ' + plan()}")
    small = generating.ROWS < 200_000  # then the fixed cost of a run is all one sees
    goals = (1.1 if connection.vendor == "postgresql" else 1.25, 0.05) if not small else (99.0, 99.0)
    met = [
        scratch.report("full roll-up, of hand-written INSERT … SELECT", min(ours) / min(theirs), goals[0]),
        scratch.report("one dirty key, of a full roll-up", min(took) / min(ours), goals[1]),
        scratch.report("growth of memory during a full roll-up", max(grown), 10, " MB"),
        covering in plan(),
    ]
    wrong = recounting.verify().differences
    print(f"  recount: {'every cell equal' if not wrong else f'{len(wrong)} cells differ'}")
    return int(not all(met) or bool(wrong))


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["inside"] else scratch.on_each_database(__file__))
