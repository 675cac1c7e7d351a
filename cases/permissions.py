"""Who may do what with a case, what is in it, and the catalogue of routines.

Leading a team gives no right here except handing over what somebody who left has left behind.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.workflow import Action, RetentionAction, RoutineAction, State
from organisation.kernel import access
from organisation.kernel.access import Answer, Condition, Rule, who
from organisation.models import Role, User


def _case(thing: Any) -> Any:
    return getattr(thing, "case", thing)


def _carries(user: User, thing: Any) -> bool:
    case = _case(thing)
    in_team = case.team_id in user.standing.works_in and case.confidentiality == "team"
    return bool(case.handler_id == user.pk or in_team)


def _works(user: User, thing: Any) -> bool:
    return _carries(user, thing) or bool(_case(thing).is_shared_to_work_on(user))


def _passes_on(user: User, case: Any) -> bool:
    left_behind = case.team_id in user.standing.leads and not case.handler.is_active
    return left_behind or (Role.CASEWORKER in user.roles and _carries(user, case))


works_in_the_team = Condition(
    lambda user, team: team.pk in user.standing.works_in, _("You can only open cases for a team you work in.")
)
carries_it = Condition(_carries, _("Only the handler and the team of this case can do this."))
works_on_it = Condition(_works, _("You can read this case, but you do not work on it."))
passes_it_on = Condition(_passes_on, _("Only the handler and the team of this case can hand it over."))
is_handler = Condition(
    lambda user, thing: _case(thing).handler_id == user.pk, _("Only the handler chooses who may see this case.")
)
is_not_closed = Condition(
    lambda user, thing: _case(thing).state != State.CLOSED, _("This case is closed. Reopen it first.")
)
is_author = Condition(
    lambda user, entry: entry.author_id == user.pk, _("Only the person who wrote this can change it.")
)
is_fresh = Condition(
    lambda user, entry: entry.is_fresh, _("This was written more than 24 hours ago. Add a correction below it instead.")
)
is_no_addendum = Condition(
    lambda user, entry: entry.corrects_id is None,
    _("This is a correction itself. Add yours to the entry it belongs to."),
)

keeps_it = Condition(
    lambda user, case: Role.PRIVACY_OFFICER in user.roles or _carries(user, case),
    _("Only the handler and the team of this case can do this, and the privacy officer."),
)
is_closed = Condition(
    lambda user, case: case.state == State.CLOSED, _("A case gets its retention class when it is closed.")
)

CASEWORKERS = who(Role.CASEWORKER)
LEADERS = who(Role.MANAGER)
KEEPERS = who(Role.ADMINISTRATOR, Role.POLICY_OFFICER)
GUARDS = who(Role.CASEWORKER, Role.PRIVACY_OFFICER)

MAY: dict[Action | RoutineAction | RetentionAction, Rule] = {
    #                              who                     only if
    Action.OPEN:              Rule(CASEWORKERS,            (works_in_the_team,)),
    Action.EDIT:              Rule(CASEWORKERS,            (carries_it, is_not_closed)),
    Action.RESTRICT:          Rule(CASEWORKERS,            (is_handler, is_not_closed)),
    Action.HOLD:              Rule(CASEWORKERS,            (carries_it,)),
    Action.RESUME:            Rule(CASEWORKERS,            (carries_it,)),
    Action.CLOSE:             Rule(CASEWORKERS,            (carries_it,)),
    Action.REOPEN:            Rule(CASEWORKERS,            (carries_it,)),
    Action.HAND_OVER:         Rule(CASEWORKERS | LEADERS,  (passes_it_on, is_not_closed)),
    Action.SHARE:             Rule(CASEWORKERS,            (carries_it, is_not_closed)),
    Action.END_SHARE:         Rule(CASEWORKERS,            (carries_it,)),
    Action.WRITE:             Rule(CASEWORKERS,            (works_on_it, is_not_closed)),
    Action.CHANGE_ENTRY:      Rule(CASEWORKERS,            (is_author, works_on_it, is_not_closed, is_fresh)),
    Action.ADD_ADDENDUM:      Rule(CASEWORKERS,            (works_on_it, is_no_addendum)),
    Action.AGREE:             Rule(CASEWORKERS,            (works_on_it, is_not_closed)),
    Action.MARK_DONE:         Rule(CASEWORKERS,            (works_on_it,)),
    Action.UNDO_DONE:         Rule(CASEWORKERS,            (works_on_it,)),
    Action.APPLY:             Rule(CASEWORKERS,            (works_on_it, is_not_closed)),
    Action.ATTACH:            Rule(CASEWORKERS,            (works_on_it, is_not_closed)),
    Action.DETACH:            Rule(CASEWORKERS,            (carries_it, is_not_closed)),
    Action.CLASSIFY:          Rule(GUARDS,                 (keeps_it, is_closed)),
    Action.PLACE_HOLD:        Rule(GUARDS,                 (keeps_it,)),
    Action.LIFT_HOLD:         Rule(GUARDS,                 (keeps_it,)),

    RoutineAction.ADD_ROUTINE:      Rule(KEEPERS),
    RoutineAction.EDIT_ROUTINE:     Rule(KEEPERS),
    RoutineAction.ADD_VERSION:      Rule(KEEPERS),
    RoutineAction.CORRECT_VERSION:  Rule(KEEPERS),

    RetentionAction.KEEP_CLASSES:   Rule(who(Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)),
}  # fmt: skip


def answer(user: User, action: Action | RoutineAction | RetentionAction, thing: Any) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, user, action, thing)


def require(user: User, action: Action | RoutineAction | RetentionAction, thing: Any) -> None:
    """Raise `Refused` with the reason unless allowed."""
    access.require(MAY, user, action, thing)
