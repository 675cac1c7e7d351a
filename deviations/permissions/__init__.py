"""Who may do what with a deviation, a space, advice and a sign of unease, and the sentence when they may not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.workflow import State as CaseState
from deviations.rules.answering import acting_as
from deviations.workflow import ASKABLE, Action, AdviceAction, SpaceAction, SpaceState, UneaseAction
from organisation.kernel import access
from organisation.kernel.access import Condition, Rule, who
from organisation.models import Role, User

from .in_place_of import gives_for_the_team

is_active = Condition(lambda person, thing: person.is_active, _("Your account is closed."))
is_author = Condition(
    lambda person, deviation: deviation.author_id == person.pk, _("Only the author of this deviation can do this.")
)
is_not_author = Condition(
    lambda person, deviation: deviation.author_id not in person.accounts,
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
answers_for_the_team = Condition(
    lambda person, deviation: acting_as(person.standing, deviation.team_id, deviation.passed_on) is not None,
    _("Only a manager who leads this team can do this, or who stands in for one."),
)
has_not_ended = Condition(
    lambda person, space: space.state not in (SpaceState.WITHDRAWN, SpaceState.EXPIRED), _("This space has ended.")
)
was_granted = Condition(lambda person, space: space.state != SpaceState.DRAFT, _("This space was not granted yet."))
was_not_withdrawn = Condition(
    lambda person, space: space.state != SpaceState.WITHDRAWN, _("This space was withdrawn. Give a new one.")
)
is_being_made_up = Condition(
    lambda person, deviation: deviation.state in ASKABLE,
    _("Advice is asked before there is an answer, and this deviation awaits none."),
)
did_not_ask = Condition(
    lambda person, consultation: consultation.author_id not in person.accounts,
    _("You asked this yourself; a colleague answers."),
)
is_asked = Condition(
    lambda person, consultation: person.pk == consultation.asked_id or consultation.team_id in person.standing.works_in,
    _("This was not asked of you."),
)
hears_the_team = Condition(
    lambda person, unease: Role.POLICY_OFFICER in person.roles or unease.team_id in person.standing.leads,
    _("Only a manager who leads this team or a policy officer can do this."),
)
did_not_say_it = Condition(
    lambda person, unease: unease.author_id not in person.accounts, _("You said this yourself; somebody else answers.")
)
said_it = Condition(lambda person, unease: unease.author_id == person.pk, _("Only who said this can do this."))
is_no_deviation_yet = Condition(
    lambda person, unease: unease.deviation_id is None, _("A deviation was begun from this already.")
)

WRITES = Rule(who(Role.CASEWORKER), (is_active, is_author, case_is_not_closed))
OWNS = Rule(who(Role.CASEWORKER), (is_active, is_author))
ANSWERS = Rule(who(Role.MANAGER), (is_active, is_kept_here, is_not_author, answers_for_the_team))
LOOKS_BACK = Rule(who(Role.CASEWORKER), (is_active, looks_back))
GIVES = Rule(who(Role.MANAGER), (is_active, leads_the_team))
# A proposal is answered by a space: who answers it in the manager's place drafts and grants that one, and no other.
DRAFTS = Rule(who(Role.MANAGER), (is_active, gives_for_the_team))
RENEWS = Rule(who(Role.MANAGER), (is_active, leads_the_team, was_granted, was_not_withdrawn))
EVALUATES = Rule(who(Role.MANAGER), (is_active, leads_the_team, was_granted))
ASKS = Rule(who(Role.CASEWORKER), (is_active, is_author, is_being_made_up, case_is_not_closed))
# Any colleague can be asked, also a lawyer or a policy officer.
ADVISES = Rule(conditions=(is_active, did_not_ask, is_asked))
REPLIES = Rule(who(Role.MANAGER, Role.POLICY_OFFICER), (is_active, did_not_say_it, hears_the_team))
CHANGES_HOLDERS = Rule(who(Role.MANAGER), (is_active, gives_for_the_team, has_not_ended))

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
    Action.REVISE:                WRITES,
    Action.ASK_AGAIN:             WRITES,
    Action.EVALUATE:              LOOKS_BACK,
    Action.OBJECT:                ANSWERS,
}  # fmt: skip

# Expiring is not here: the clock does that, nobody may.
MAY_WITH_SPACE: dict[SpaceAction, Rule] = {
    SpaceAction.EDIT:     DRAFTS,
    SpaceAction.GRANT:    DRAFTS,
    SpaceAction.HOLDERS:  CHANGES_HOLDERS,
    SpaceAction.SUSPEND:  GIVES,
    SpaceAction.RESUME:   GIVES,
    SpaceAction.WITHDRAW: GIVES,
    SpaceAction.RENEW:    RENEWS,
    SpaceAction.EVALUATE: EVALUATES,
}  # fmt: skip

# Asking is about a deviation; the rest is about a consultation.
MAY_WITH_ADVICE: dict[AdviceAction, Rule] = {
    AdviceAction.ASK:      ASKS,
    AdviceAction.RECEIVE:  ASKS,
    AdviceAction.ANSWER:   ADVISES,
    AdviceAction.WITHDRAW: OWNS,
    AdviceAction.SETTLE:   OWNS,
}  # fmt: skip

MAY_WITH_UNEASE: dict[UneaseAction, Rule] = {
    UneaseAction.VOICE:   Rule(who(Role.CASEWORKER), (is_active,)),
    UneaseAction.RECEIVE: REPLIES,
    UneaseAction.ACT:     REPLIES,
    UneaseAction.PASS_ON: REPLIES,
    UneaseAction.DEVIATE: Rule(who(Role.CASEWORKER), (is_active, said_it, is_no_deviation_yet)),
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


def answer_about_simulating(person: User, space: Any) -> access.Answer:
    """Whether this person may try this space on the past, or why not: whoever may give it."""
    return access.answer({"simulate": GIVES}, person, "simulate", space)


def require_simulating(person: User, space: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer_about_simulating` allows."""
    access.require({"simulate": GIVES}, person, "simulate", space)


def answer_with_advice(person: User, action: AdviceAction, thing: Any) -> access.Answer:
    """Whether this person may do this with this consultation, or ask about this deviation; or why not."""
    return access.answer(MAY_WITH_ADVICE, person, action, thing)


def require_with_advice(person: User, action: AdviceAction, thing: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer_with_advice` allows."""
    access.require(MAY_WITH_ADVICE, person, action, thing)


def answer_with_unease(person: User, action: UneaseAction, unease: Any) -> access.Answer:
    """Whether this person may do this with this sign of unease, or why not."""
    return access.answer(MAY_WITH_UNEASE, person, action, unease)


def require_with_unease(person: User, action: UneaseAction, unease: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer_with_unease` allows."""
    access.require(MAY_WITH_UNEASE, person, action, unease)


def answer_about_terms(person: User) -> access.Answer:
    """Whether this person keeps the lists of grounds and causes, or why not."""
    return access.answer({"keep": KEEPS}, person, "keep", None)


def answer_about_imports(person: User) -> access.Answer:
    """Whether this person brings in registers, or why not."""
    return access.answer({"import": KEEPS}, person, "import", None)
