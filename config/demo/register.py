"""The generated history: registers as spreadsheets, brought in the way a municipality brings in its own."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cases.models import Routine
from deviations.models import RegisterImport
from deviations.rules.register_rows import COLUMNS
from deviations.services import checking_register, importing_register
from organisation.kernel.periods import Period
from organisation.kernel.working_days import is_working_day
from organisation.models import User

from .cast import POLICY_OFFICER
from .script import Row, read

Cells = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much history: over how many months, and how many times what `history.yaml` says."""

    file_name: str
    months: int
    times: int
    # Registers of before count in the monthly uses of this one, since the last report of a month holds.
    before: "Size | None" = None


# Two years, so that the last one can be compared with the one before.
SMALL = Size("afwijkingenregister.csv", months=24, times=1)
LARGE = Size("afwijkingenregister-2024-en-later.csv", months=36, times=16, before=SMALL)


class RegisterWriter:
    """Writes one register: the same seed and day give the same rows. `domains` says where each routine belongs."""

    def __init__(self, domains: dict[str, str], *, size: Size, seed: int, today: date) -> None:
        self.domains, self.size, self.today = domains, size, today
        self.script: Row = read("history")
        self.teams = {row["code"]: row["name"] for row in read("people")["teams"]}
        self.chance = random.Random(f"{seed} {size.file_name}")  # noqa: S311 - a story, not a secret
        self.rows = 0

    def text(self) -> str:
        """The whole file."""
        sheet = io.StringIO()
        writer = csv.DictWriter(sheet, COLUMNS, delimiter=";", restval="", lineterminator="\n")
        writer.writeheader()
        this_month = Period.of_date(self.today)
        for ago in range(self.size.months - 1, -1, -1):
            for row in self.script["rows"]:
                writer.writerows(self._month(row, this_month - ago, ago))
        return sheet.getvalue()

    def _month(self, row: Row, month: Period, ago: int) -> Iterator[Cells]:
        """What a team reports of one routine in one month: how often it was applied, and each deviation."""
        days = [day for day in _days(month) if day <= self.today and is_working_day(day)]
        if not days:
            return
        share = len(days) / sum(is_working_day(day) for day in _days(month))
        uses = self._uses(row, month, share)
        same = {
            "team": self.teams[row["team"]],
            "policy_domain": self.domains[row["routine"]],
            "routine": row["routine"],
        }
        total = uses + (uses // self.size.times if self.size.before and ago < self.size.before.months else 0)
        yield {"date": days[0], **same, "routine_uses": total}
        later = row.get("later")
        rate = later["rate"] if later and ago < later["from_months_ago"] else row["rate"]
        made = sorted(self.chance.choice(days) for _use in range(uses) if self.chance.random() < rate)
        for day in made:
            yield {"date": day, **same, **self._deviation(row, ago)}

    def _uses(self, row: Row, month: Period, share: float) -> int:
        usual: float = row["monthly_uses"] * self.script["season"][month.month] * self.size.times * share
        return max(1, round(usual * self.chance.uniform(0.94, 1.06)))

    def _deviation(self, row: Row, ago: int) -> Cells:
        self.rows += 1
        kind = self._drawn("kinds", row)
        amount = self._amount(row) if kind == "made" else 0
        answer = self._answer(row, ago, amount) if kind == "made" else ""
        agreed = answer not in ("", "refused")
        # Who looks back does so some weeks later: of the last weeks nothing is known yet.
        outcome = self._drawn("outcomes", row) if agreed and ago > 0 else ""
        causes = self._one_or_two(row["causes"])
        return {
            "kind": kind,
            "answer": answer,
            "outcome": outcome,
            "amount": f"{amount}.00" if amount else "",
            "life_domains": self._one_or_two(row["life_domains"]),
            "causes": causes,
            "neighbourhood": self._drawn("neighbourhoods", row),
            "reasons": self.chance.choice(self.script["reasons"][causes.partition("|")[0]]),
            "case_reference": f"R{self.rows:06d}",
        }

    def _answer(self, row: Row, ago: int, amount: int) -> str:
        fits = ago < row.get("space_from_months_ago", 0) and amount <= row.get("space_up_to", amount)
        return self._one(self.script["answers"]["with_space"]) if fits else self._drawn("answers", row)

    def _amount(self, row: Row) -> int:
        amount = row.get("amount")
        if not amount or self.chance.random() > amount["share"]:
            return 0
        # Most cost little and few cost much.
        return round(self.chance.triangular(amount["low"], amount["high"], amount["low"]))

    def _drawn(self, name: str, row: Row) -> str:
        """A choice by the weights of this row, or the usual ones."""
        return self._one(self.script[name][row.get(name, "usual")])

    def _one(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _one_or_two(self, weights: dict[str, int]) -> str:
        first, second = self._one(weights), self._one(weights)
        return first if first == second or self.chance.random() < 0.5 else f"{first}|{second}"


def _days(month: Period) -> Iterator[date]:
    return (date(month.year, month.month, day) for day in range(1, month.last_day.day + 1))


def bring_in(*, size: Size, seed: int | None) -> int:
    """Write the register and bring it in, as the policy officer does. Returns the number of deviations.

    Without a seed it is the one of the files.
    """
    by = User.objects.get(email=POLICY_OFFICER)
    domains = dict(Routine.objects.values_list("code", "policy_domain__code"))
    chosen = read("history")["seed"] if seed is None else seed
    text = RegisterWriter(domains, size=size, seed=chosen, today=timezone.localdate()).text()
    register = importing_register.receive(
        file=ContentFile(text.encode()), name=size.file_name, create_missing=False, by=by, background=False
    )
    checking_register.check(register=register)
    importing_register.start(register=register, by=by, background=False)
    importing_register.bring_in(register_id=register.pk)
    register.refresh_from_db()
    return register.deviations_done


def is_in(size: Size) -> bool:
    """Whether this much history was brought in before."""
    return RegisterImport.objects.filter(file_name=size.file_name, state=RegisterImport.State.DONE).exists()
