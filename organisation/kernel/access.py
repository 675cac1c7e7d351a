"""Who may do what: reads a table of rules and answers with the reason."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refused(Exception):
    """A person may not do this; the text says why and is fit to show."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


class WrongState(Refused):
    """It cannot be done in the state the thing is in; the text is fit to show."""


class ChangedMeanwhile(Refused):
    """Somebody saved another version after this one was read; `now` is the thing as it stands."""

    def __init__(self, reason: Sentence, now: Any) -> None:
        super().__init__(reason)
        self.now = now


class Person(Protocol):
    """What the rules need to know of somebody: the roles held at this moment."""

    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """Truthy when allowed; `reason` is shown beside the closed button when not."""

    allowed: bool
    reason: Sentence = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact about a person and a thing, and the sentence for when it does not hold."""

    holds: Callable[[Any, Any], bool]
    refusal: Sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles that may act (none named: everybody who is signed in), and the conditions that must all hold."""

    roles: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()


Table = Mapping[Any, Rule]

NOT_YOUR_ROLE = _("Your role does not include this.")
ALLOWED = Answer(allowed=True)


def who(*roles: str) -> frozenset[str]:
    """The roles of a rule, written so that a table reads as a sentence."""
    return frozenset(roles)


def answer(table: Table, person: Person, action: Hashable, thing: Any) -> Answer:
    """Whether this person may do this to this thing, and if not, the first reason why.

    Raises `KeyError` for an action without a rule: what the table does not name does not exist.
    """
    rule = table[action]
    if rule.roles and not rule.roles & person.roles:
        return Answer(allowed=False, reason=NOT_YOUR_ROLE)
    for condition in rule.conditions:
        if not condition.holds(person, thing):
            return Answer(allowed=False, reason=condition.refusal)
    return ALLOWED


def require(table: Table, person: Person, action: Hashable, thing: Any) -> None:
    """Raise `Refused`, with the reason, unless `answer` allows."""
    result = answer(table, person, action, thing)
    if not result:
        raise Refused(result.reason)
