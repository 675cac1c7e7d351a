"""Making the teams, policy domains and routines that a register names and the municipality does not have yet."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cases.models import Routine, RoutineVersion, SourceType
from deviations.models import RegisterImport
from deviations.rules.register_rows import Row
from organisation.kernel.ids import new_id
from organisation.models import Event, PolicyDomain, Team, User


@transaction.atomic
def create_names(*, register: RegisterImport, rows: Iterable[Row], by: User | None) -> None:
    """Make what is missing, log it, and let each new routine hold from its first day in the register."""
    teams = {name.casefold() for name in Team.objects.values_list("name", flat=True)}
    domains = _domains()
    routines = {code.casefold() for code in Routine.objects.values_list("code", flat=True)}
    first_day: dict[str, date] = {}
    made: dict[str, Row] = {}
    for row in rows:
        if row.team.casefold() not in teams:
            teams.add(row.team.casefold())
            _make_team(row.team, register, by)
        if row.policy_domain.casefold() not in domains:
            domains[row.policy_domain.casefold()] = _make_domain(row.policy_domain, register, by)
        code = row.routine.casefold()
        if code not in routines:
            made.setdefault(code, row)
            first_day[code] = min(first_day.get(code, row.day), row.day)
    for code, row in made.items():
        _make_routine(row, first_day[code], domains[row.policy_domain.casefold()], by)


def _domains() -> dict[str, PolicyDomain]:
    domains: dict[str, PolicyDomain] = {}
    for domain in cast("list[PolicyDomain]", list(PolicyDomain.objects.all())):
        domains[domain.code.casefold()] = domains[domain.label_nl.casefold()] = domain
    return domains


def _make_team(name: str, register: RegisterImport, by: User | None) -> None:
    pk = new_id()
    team = Team.objects.create(pk=pk, name=name, group=Group.objects.create(name=f"team:{pk}"))
    Event.record(actor=by, verb="team.created", target=team, remark=str(register))


def _make_domain(name: str, register: RegisterImport, by: User | None) -> PolicyDomain:
    domain = PolicyDomain.objects.create(code=slugify(name)[:40] or name[:40], label_nl=name, label_en=name)
    Event.record(actor=by, verb="policy_domain.created", target=domain, remark=str(register))
    return domain


def _make_routine(row: Row, first_day: date, domain: PolicyDomain, by: User | None) -> None:
    routine = Routine.objects.create(code=row.routine, title_nl=row.routine, policy_domain=domain)
    RoutineVersion.objects.create(
        routine=routine,
        number=1,
        prescribes=_("To be described: this routine was taken over from a register."),
        purpose=_("To be described: this routine was taken over from a register."),
        source_type=row.source_type or SourceType.HABIT,
        valid_from=first_day,
    )
    Event.record(actor=by, verb="routine.created", target=routine, after=row.routine)
