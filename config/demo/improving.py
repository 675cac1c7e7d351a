"""What was learned in the story: a routine that got a second version."""

from datetime import date, timedelta
from functools import partial

from cases.services import prescribing

from .cast import POLICY_OFFICER, Cast
from .script import Row, read
from .timeline import Timeline

ANNOUNCED = timedelta(days=21)  # a new version is published some weeks before it holds
TEXTS = ("source_type", "source_reference", "source_url")


def tell(cast: Cast, timeline: Timeline) -> None:
    """Put every new version on the timeline."""
    for question in read("learning")["questions"]:
        if row := question["new_version"]:
            starts = timeline.day(row["valid_from_days_ago"])
            timeline.add(starts - ANNOUNCED, partial(publish, cast, row, starts))


def publish(cast: Cast, row: Row, starts: date) -> None:
    """The policy officer publishes it."""
    prescribing.add_version(
        routine=cast.routines[row["routine"]],
        by=cast.people[POLICY_OFFICER],
        valid_from=starts,
        reason=row["reason"],
        seen=row["number"] - 1,
        prescribes=row["prescribes_nl"],
        purpose=row["purpose_nl"],
        **{name: row[name] for name in TEXTS},
    )
