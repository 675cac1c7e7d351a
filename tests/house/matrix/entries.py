"""The notation of the permission matrix: one entry for each address, naming who gets in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.house.world import World

CASEWORKERS = frozenset({"caseworker", "colleague", "stranger"})
MANAGERS = frozenset({"manager", "othermanager"})
MUNICIPAL = frozenset({"policy", "reporter", "privacy", "controller", "admin"})
EVERYBODY = CASEWORKERS | MANAGERS | MUNICIPAL
WORDS = {
    "caseworkers": CASEWORKERS,
    "team": frozenset({"caseworker", "colleague"}),
    "managers": MANAGERS,
    "everybody": EVERYBODY,  # who is signed in
    "anybody": EVERYBODY | {"anonymous"},
}
PEOPLE = ("anonymous", *sorted(EVERYBODY))


def people(words: str) -> frozenset[str]:
    """The people that a few words stand for: names of the cast, `anonymous`, or one of `WORDS`."""
    found: set[str] = set()
    for word in words.split():
        found |= WORDS.get(word) or {word}
    unknown = found - set(PEOPLE)
    assert not unknown, f"Unknown in the matrix: {sorted(unknown)}"
    return frozenset(found)


@dataclass(frozen=True)
class Entry:
    """Who gets in at one address; whoever is not named is not told that it exists (404), or asked to sign in.

    `get`, `post`: who gets in with that method; None: the address does not answer that method (405).
    `refused`: who sees the thing, but gets the reason why not (409) on a POST with this `data`.
    `args`: the keyword arguments of the address. `query`: what stands behind the question mark.
    `data`: a valid form, so that the decision itself is reached; without it, bad input (422) counts as being let in.
    """

    get: str | None = None
    post: str | None = None
    refused: str = ""
    args: Callable[[World], dict[str, Any]] = lambda world: {}
    query: Callable[[World], dict[str, Any]] = lambda world: {}
    data: Callable[[World], dict[str, Any]] | None = None

    def expected(self, person: str, method: str) -> str:
        """What this person must meet: `in`, `refused`, `hidden`, `login` or `method`."""
        words = self.get if method == "get" else self.post
        if words is not None and person in people(words):
            return "in"
        if person == "anonymous":
            return "method" if words is None and person in people(self.get or self.post or "") else "login"
        if words is None:
            return "method" if person in people(self.get or self.post or "") else "method or hidden"
        return "refused" if method == "post" and person in people(self.refused) else "hidden"
