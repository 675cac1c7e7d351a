"""Rows to count: many deviations of a register, and uses of routines, made at random from a seed."""

import random
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import count

from django.utils import timezone

from cases.models import Routine, RoutineUse, RoutineUseTotal, SourceType
from deviations.models import Deviation, RegisterImport
from learning.models import LearningQuestion, Signal
from organisation.kernel.periods import Period
from organisation.models import PolicyDomain, Team
from tests.factories import CaseFactory, PolicyDomainFactory, RoutineFactory, TeamFactory

KINDS = ("made", "considered", "blocked")
ANSWERS = ("agreed", "agreed_with_conditions", "refused", "by_space", "")
OUTCOMES = ("yes", "partly", "no", "unknown", "")
STATE_OF = {"agreed": "agreed", "by_space": "agreed", "": "awaiting"}
_lines = count(1)


@dataclass
class Town:
    """A few routines, teams and domains, and a finished import to hang rows on."""

    routines: list[Routine]
    teams: list[Team]
    domains: list[PolicyDomain]
    register: RegisterImport

    @cached_property
    def versions(self):
        return {routine.pk: routine.version_on() for routine in self.routines}


def register(state="done", **fields) -> RegisterImport:
    return RegisterImport.objects.create(file_name="register.csv", digest=f"{next(_lines):064d}", state=state, **fields)


def town(routines=4, teams=None, domains=2) -> Town:
    """A town with this many routines and teams; teams may be given."""
    kinds = [PolicyDomainFactory() for _ in range(domains)]
    return Town(
        routines=[RoutineFactory(policy_domain=kinds[n % domains]) for n in range(routines)],
        teams=teams or [TeamFactory() for _ in range(3)],
        domains=kinds,
        register=register(),
    )


def add(
    town: Town, n=1, *, routine=0, team=0, period=202601, kind="made", answer="agreed", outcome="", **fields
) -> list[Deviation]:
    """This many deviations that are alike."""
    rows = [
        one(town, routine=routine, team=team, period=period, kind=kind, answer=answer, outcome=outcome, **fields)
        for _ in range(n)
    ]
    return Deviation.objects.bulk_create(rows)


def one(town, *, routine, team, period, kind, answer, outcome, **fields) -> Deviation:
    """A deviation of the register, not saved."""
    what, where = town.routines[routine], town.teams[team]
    fields = {"source_type": SourceType.POLICY_RULE, "policy_domain": what.policy_domain} | fields
    fields.setdefault("register", town.register)
    made = kind == "made"
    line = next(_lines)
    return Deviation(
        number=f"T-{line}",
        register_line=line,
        register_reference=fields.pop("register_reference", f"R{line}"),
        routine=what,
        routine_version=town.versions[what.pk],
        team=where,
        period=period,
        kind=kind,
        answer=answer if made else "",
        state=STATE_OF.get(answer, answer) if made else "recorded",
        outcome=outcome,
        **fields,
    )


def add_uses(town: Town, n=1, *, routine=0, team=0, period=202601, outcome="followed") -> None:
    """This many uses, in as many cases."""
    what, where = town.routines[routine], town.teams[team]
    for _ in range(n):
        case = CaseFactory(team=where, policy_domain=what.policy_domain)
        day = Period.from_int(period).first_day
        RoutineUse.objects.create(
            case=case, routine=what, routine_version=what.version_on(), team=where,
            applied_on=day, period=period, outcome=outcome,
        )  # fmt: skip


def report_uses(town: Town, uses: int, *, routine=0, team=0, period=202601, source=None) -> None:
    """A monthly total reported from outside."""
    where = {"routine": town.routines[routine], "team": town.teams[team], "period": period}
    RoutineUseTotal.objects.create(**where, uses=uses, source=source)


def fill(town: Town, n: int, *, seed: int, months=6, first=202509) -> None:
    """Deviations and uses at random: every kind, answer and outcome, drafts and unfinished imports too."""
    dice, other = random.Random(seed), register(state=RegisterImport.State.RUNNING, rows_done=1)
    periods = [int(Period.from_int(first) + month) for month in range(months)]
    rows = [
        one(
            town,
            routine=dice.randrange(len(town.routines)),
            team=dice.randrange(len(town.teams)),
            period=dice.choice(periods),
            kind=dice.choice(KINDS),
            answer=dice.choice(ANSWERS),
            outcome=dice.choice(OUTCOMES),
            weight=dice.choice("ABCD"),
            source_type=dice.choice(SourceType.values),
            policy_domain=dice.choice(town.domains),
            amount_cents=dice.choice([0, 0, dice.randrange(100_000)]),
            avoided_cents=dice.choice([0, dice.randrange(900_000)]),
            lead_minutes=dice.choice([None, dice.randrange(20_000)]),
            register=other if dice.random() < 0.1 else town.register,
        )
        for _ in range(n)
    ]
    Deviation.objects.bulk_create(rows)
    for routine in range(len(town.routines)):
        report_uses(town, dice.randrange(1, 500), routine=routine, period=dice.choice(periods))
        report_uses(town, 77, routine=routine, team=1, period=periods[0], source=other.pk)
        add_uses(town, dice.randrange(3), routine=routine, period=dice.choice(periods))


def signal(**fields) -> Signal:
    """A rise, found today."""
    number = next(_lines)
    given = {
        "identity": f"{number:064d}", "kind": "rise", "since": 202608, "observed": 40, "expected": 15.0, "effect": 2.7,
        "low": 1.9, "high": 3.7, "q_value": 0.0004, "confidence": "strong", "due_on": timezone.localdate(),
        "months": [[202607, 12, None], [202608, 20, 7.5], [202609, None, 7.5]],
    } | fields  # fmt: skip
    return Signal.objects.create(**given)


def question(cast, **fields) -> LearningQuestion:
    """A learning question of the policy officer, due in a month."""
    given = {
        "number": f"L-{next(_lines)}", "title": "Bank statements", "problem": "People cannot get them.",
        "owner": cast.policy, "due_on": timezone.localdate() + timedelta(days=30),
    } | fields  # fmt: skip
    return LearningQuestion.objects.create(**given)
