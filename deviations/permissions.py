"""Who may do what with a deviation and with a discretionary space, and the sentence when they may not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.workflow import State as CaseState
from deviations.workflow import Action, SpaceAction, SpaceState
from organisation.kernel import access
from organisation.kernel.access import Condition, Rule, who
from organisation.models import Role, User

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
is_author = Condition(
    lambda person, deviation: deviation.author_id == person.pk, _("Only the author of this deviation can do this.")
)
is_not_author = Condition(
    lambda person, deviation: deviation.author_id != person.pk,
    _("You cannot answer your own request: another manager of this team does that."),
)
is_kept_here = Condition(
    lambda person, deviation: deviation.register_id is None,
    _("This deviation comes from a register kept elsewhere; it is not answered here."),
)
looks_back = Condition(
    lambda person, deviation: (
        deviation.case is not None and person.pk in (deviation.author_id, deviation.case.handler_id)
    ),
    _("The author of this deviation looks back, or the handler of the case."),
)
case_is_not_closed = Condition(
    lambda person, deviation: deviation.case is not None and deviation.case.state != CaseState.CLOSED,
    _("The case is closed. Reopen it first."),
)
leads_the_team = Condition(
    lambda person, thing: thing.team_id in person.standing.leads, _("Only a manager who leads this team can do this.")
)
has_not_ended = Condition(
    lambda person, space: space.state not in (SpaceState.WITHDRAWN, SpaceState.EXPIRED), _("This space has ended.")
)

WRITES = Rule(who(Role.CASEWORKER), (is_active, is_author, case_is_not_closed))
OWNS = Rule(who(Role.CASEWORKER), (is_active, is_author))
ANSWERS = Rule(who(Role.MANAGER), (is_active, is_kept_here, is_not_author, leads_the_team))
LOOKS_BACK = Rule(who(Role.CASEWORKER), (is_active, looks_back))
GIVES = Rule(who(Role.MANAGER), (is_active, leads_the_team))
CHANGES_HOLDERS = Rule(who(Role.MANAGER), (is_active, leads_the_team, has_not_ended))

MAY: dict[Action, Rule] = {
    #                             only who, and only if
    Action.EDIT:                  WRITES,
    Action.SUBMIT:                WRITES,
    Action.USE_SPACE:             WRITES,
    Action.RECORD:                WRITES,
    Action.TAKE_BACK:             OWNS,
    Action.WITHDRAW:              OWNS,
    Action.AGREE:                 ANSWERS,
    Action.AGREE_WITH_CONDITIONS: ANSWERS,
    Action.RETURN:                ANSWERS,
    Action.REFUSE:                ANSWERS,
    Action.EVALUATE:              LOOKS_BACK,
}  # fmt: skip

# Expiring is not here: the clock does that, nobody may.
MAY_WITH_SPACE: dict[SpaceAction, Rule] = {
    SpaceAction.EDIT:     GIVES,
    SpaceAction.GRANT:    GIVES,
    SpaceAction.HOLDERS:  CHANGES_HOLDERS,
    SpaceAction.SUSPEND:  GIVES,
    SpaceAction.RESUME:   GIVES,
    SpaceAction.WITHDRAW: GIVES,
}  # fmt: skip

# Keeping the lists of grounds and causes, and bringing in registers.
KEEPS = Rule(who(Role.ADMINISTRATOR, Role.POLICY_OFFICER), (is_active,))


def answer(person: User, action: Action, deviation: Any) -> access.Answer:
    """Whether this person may do this with this deviation, or why not."""
    return access.answer(MAY, person, action, deviation)


def require(person: User, action: Action, deviation: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer` allows."""
    access.require(MAY, person, action, deviation)


def answer_with_space(person: User, action: SpaceAction, space: Any) -> access.Answer:
    """Whether this person may do this with this space, or why not."""
    return access.answer(MAY_WITH_SPACE, person, action, space)


def require_with_space(person: User, action: SpaceAction, space: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer_with_space` allows."""
    access.require(MAY_WITH_SPACE, person, action, space)


def answer_about_terms(person: User) -> access.Answer:
    """Whether this person keeps the lists of grounds and causes, or why not."""
    return access.answer({"keep": KEEPS}, person, "keep", None)


def answer_about_imports(person: User) -> access.Answer:
    """Whether this person brings in registers, or why not."""
    return access.answer({"import": KEEPS}, person, "import", None)
