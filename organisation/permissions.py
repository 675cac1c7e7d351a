"""Who may do what with people, teams, terms and notices."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kernel import access
from .kernel.access import Answer, Condition, Person, Rule, who

ADMINISTRATOR = "administrator"
MANAGER = "manager"


class Action(StrEnum):
    """What can be done on the ground floor."""

    ADMINISTER = "administer"
    CREATE_PERSON = "create_person"
    EDIT_PERSON = "edit_person"
    SET_ROLES = "set_roles"
    ADD_MEMBERSHIP = "add_membership"
    END_MEMBERSHIP = "end_membership"
    SEND_LINK = "send_link"
    UNLOCK = "unlock"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    CREATE_TEAM = "create_team"
    EDIT_TEAM = "edit_team"
    CLOSE_TEAM = "close_team"
    ADD_TERM = "add_term"
    CHANGE_TERM = "change_term"
    CLOSE_TERM = "close_term"
    READ_NOTICE = "read_notice"
    NAME_DEPUTY = "name_deputy"
    END_DEPUTY = "end_deputy"
    CHANGE_VIEW = "change_view"
    SHARE_VIEW = "share_view"
    UNSHARE_VIEW = "unshare_view"


is_somebody_else = Condition(
    lambda by, person: by.pk != person.pk,
    _("You cannot change your own rights. Ask another administrator."),
)
works_here = Condition(lambda by, person: person.is_active, _("This person has left. Let them return first."))
has_left = Condition(lambda by, person: not person.is_active, _("This person still works here."))
team_is_open = Condition(lambda by, team: team.closed_on is None, _("This team has been closed."))
term_is_open = Condition(lambda by, term: term.valid_until is None, _("This term has been closed already."))
is_recipient = Condition(lambda by, notice: notice.recipient_id == by.pk, _("This notice is not for you."))
owns_it = Condition(lambda by, view: view.owner_id == by.pk, _("This view belongs to a colleague."))
is_shared = Condition(lambda by, view: view.is_shared, _("This view is not shared any more."))
has_no_words = Condition(
    lambda by, view: not view.words,
    _("Search words stand in this view, and those may point to a person. Keep it again without them to share it."),
)
is_in_that_team = Condition(
    lambda by, view: view.team_id is None or view.team_id in by.standing.teams,
    _("You share with a team that you are in yourself."),
)
is_away_or_administers = Condition(
    lambda by, absent: by.pk == absent.pk or ADMINISTRATOR in by.roles,
    _("Only the manager who is away does this, or an administrator."),
)

MAY: dict[Action, Rule] = {
    #                        who                  only if
    Action.ADMINISTER: Rule(who(ADMINISTRATOR)),
    Action.CREATE_PERSON: Rule(who(ADMINISTRATOR)),
    Action.EDIT_PERSON: Rule(who(ADMINISTRATOR), (works_here,)),
    Action.SET_ROLES: Rule(who(ADMINISTRATOR), (is_somebody_else, works_here)),
    Action.ADD_MEMBERSHIP: Rule(who(ADMINISTRATOR), (is_somebody_else, works_here)),
    Action.END_MEMBERSHIP: Rule(who(ADMINISTRATOR), (is_somebody_else,)),
    Action.SEND_LINK: Rule(who(ADMINISTRATOR), (is_somebody_else, works_here)),
    Action.UNLOCK: Rule(who(ADMINISTRATOR), (is_somebody_else,)),
    Action.DEACTIVATE: Rule(who(ADMINISTRATOR), (is_somebody_else, works_here)),
    Action.REACTIVATE: Rule(who(ADMINISTRATOR), (is_somebody_else, has_left)),
    Action.CREATE_TEAM: Rule(who(ADMINISTRATOR)),
    Action.EDIT_TEAM: Rule(who(ADMINISTRATOR), (team_is_open,)),
    Action.CLOSE_TEAM: Rule(who(ADMINISTRATOR), (team_is_open,)),
    Action.ADD_TERM: Rule(who(ADMINISTRATOR)),
    Action.CHANGE_TERM: Rule(who(ADMINISTRATOR)),
    Action.CLOSE_TERM: Rule(who(ADMINISTRATOR), (term_is_open,)),
    Action.READ_NOTICE: Rule(conditions=(is_recipient,)),
    Action.NAME_DEPUTY: Rule(who(MANAGER, ADMINISTRATOR), (works_here, is_away_or_administers)),
    Action.END_DEPUTY: Rule(who(MANAGER, ADMINISTRATOR), (is_away_or_administers,)),
    Action.CHANGE_VIEW: Rule(conditions=(owns_it,)),
    Action.SHARE_VIEW: Rule(conditions=(owns_it, has_no_words, is_in_that_team)),
    Action.UNSHARE_VIEW: Rule(who(ADMINISTRATOR), (is_shared,)),
}


def may(person: Person, action: Action, thing: Any = None) -> Answer:
    """Whether this person may do this, and if not, why."""
    return access.answer(MAY, person, action, thing)


def require(person: Person, action: Action, thing: Any = None) -> None:
    """Raise `Refused` unless they may."""
    access.require(MAY, person, action, thing)
