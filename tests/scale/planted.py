"""Made-up municipalities with and without something the matter: the truth is known, so signals can be judged."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.contrib.auth.models import Group
from django.utils import timezone

from cases.models import Routine, RoutineUseTotal, RoutineVersion
from deviations.models import Deviation, RegisterImport
from organisation.kernel.periods import Period
from organisation.models import LifeDomain, Neighbourhood, PolicyDomain, Team

LAST = Period(2026, 10)
ROUTINES, TEAMS, MONTHS, USES = 16, 6, 36, 100
DOMAINS, PLACES = 8, 10
RATE = 0.08  # deviations per use, on average
SEASON = 0.25
DISPERSION = 1.2  # variance over mean of a month
NEVER = 10_000


@dataclass
class Plan:
    """What is the matter, if anything: `since` counts months back from the last; places are numbers from 0."""

    rise: tuple[int, int] | None = None  # routine, team
    since: int = 4
    times: float = 3.0
    neighbourhood: tuple[int, int] | None = None  # routine, place that has it four times as often
    poor: int | None = None  # routine that helps badly
    refuses: tuple[int, int] | None = None  # routine, team that is refused more
    late: int | None = None  # team that waits


@dataclass
class Town:
    """The rows of one municipality, and what to call its things."""

    plan: Plan
    rng: np.random.Generator
    routines: list[Routine] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    places: list[Neighbourhood] = field(default_factory=list)


def build(plan: Plan, rng: np.random.Generator) -> Town:
    """Fill an empty database with three years of one municipality."""
    town = Town(plan, rng)
    policy = [PolicyDomain.objects.create(code=f"d{n}", label_nl=f"D{n}", label_en=f"D{n}") for n in range(4)]
    town.places = [
        Neighbourhood.objects.create(code=f"n{n}", label_nl=f"N{n}", label_en=f"N{n}") for n in range(PLACES)
    ]
    sides = [LifeDomain.objects.create(code=f"l{n}", label_nl=f"L{n}", label_en=f"L{n}") for n in range(DOMAINS)]
    town.teams = [
        Team.objects.create(name=f"Team {n}", group=Group.objects.create(name=f"team:{n}")) for n in range(TEAMS)
    ]
    for n in range(ROUTINES):
        routine = Routine.objects.create(code=f"R-{n:02d}", title_nl=f"Routine {n}", policy_domain=policy[n % 4])
        RoutineVersion.objects.create(
            routine=routine, number=1, prescribes="x", purpose="x", source_type="habit", valid_from="2020-01-01"
        )
        town.routines.append(routine)
    made, uses = _numbers(town)
    _store_uses(town, uses)
    _store_deviations(town, made, sides)
    return town


def _numbers(town: Town) -> tuple[Any, Any]:
    rng, plan = town.rng, town.plan
    rate = rng.lognormal(np.log(RATE), 0.3, (ROUTINES, 1)) * rng.lognormal(0, 0.15, (ROUTINES, TEAMS))
    season = 1 + SEASON * np.sin(2 * np.pi * (np.arange(MONTHS) / 12 + rng.uniform()))
    uses = rng.poisson(USES, (ROUTINES, TEAMS, MONTHS)) + 20
    expected = USES * rate[:, :, None] * season
    if plan.rise:
        expected[plan.rise[0], plan.rise[1], -plan.since :] *= plan.times
    lively = rng.gamma(expected / (DISPERSION - 1), DISPERSION - 1)
    return np.minimum(rng.poisson(lively), uses), uses


def _month(number: int) -> Period:
    return LAST - (MONTHS - 1 - number)


def _store_uses(town: Town, uses: Any) -> None:
    RoutineUseTotal.objects.bulk_create(
        [
            RoutineUseTotal(routine=routine, team=team, period=int(_month(month)), uses=int(uses[r, t, month]))
            for r, routine in enumerate(town.routines)
            for t, team in enumerate(town.teams)
            for month in range(MONTHS)
        ],
        batch_size=2000,
    )  # fmt: skip


def _store_deviations(town: Town, made: Any, sides: list[LifeDomain]) -> None:
    register = RegisterImport.objects.create(
        file_name="town.csv", digest=f"{town.rng.integers(1 << 60):064x}", state="done"
    )
    versions = {version.routine_id: version.pk for version in RoutineVersion.objects.all()}
    rows, line = [], 0
    for (r, t, month), number in np.ndenumerate(made):
        for _each in range(int(number)):
            line += 1
            rows.append(_deviation(town, register, versions, r, t, month, line))
    # Benchmarks may make rows without history; nobody reads it.
    Deviation.objects.bulk_create(rows, batch_size=2000)
    through = Deviation.life_domains.through
    picks = town.rng.integers(len(sides), size=len(rows))
    through.objects.bulk_create(
        [through(deviation=row, lifedomain=sides[pick]) for row, pick in zip(rows, picks, strict=True)], batch_size=2000
    )


def _deviation(
    town: Town, register: RegisterImport, versions: dict[Any, Any], r: int, t: int, month: int, line: int
) -> Deviation:
    rng, plan, routine = town.rng, town.plan, town.routines[r]
    refused = rng.random() < (0.45 if plan.refuses == (r, t) else 0.12)
    helped = rng.choice(["yes", "partly", "no"], p=[0.3, 0.2, 0.5] if plan.poor == r else [0.65, 0.23, 0.12])
    special = plan.neighbourhood is not None and plan.neighbourhood[0] == r and rng.random() < 0.35
    place = plan.neighbourhood[1] if special and plan.neighbourhood else int(rng.integers(PLACES))
    period = _month(month)
    late = rng.random() < (0.35 if plan.late == t else 0.03)
    return Deviation(
        number=f"B-{line}", register=register, register_line=line, routine=routine,
        routine_version_id=versions[routine.pk], team=town.teams[t], policy_domain_id=routine.policy_domain_id,
        neighbourhood=town.places[place], source_type="habit", kind="made", weight="A", period=int(period),
        state="refused" if refused else "agreed", answer="refused" if refused else "agreed",
        outcome="" if refused else str(helped), created_at=period.starts_at, due_at=period.starts_at,
        decided_at=period.starts_at + timezone.timedelta(days=3 if late else 0), lead_minutes=NEVER if late else 0,
    )  # fmt: skip
