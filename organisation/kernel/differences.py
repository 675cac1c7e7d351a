"""Two texts beside each other: which words were removed, which were added."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from os.path import commonprefix
from typing import Any, NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
MOST_WORDS = 4_000  # beyond this, comparing word by word takes longer than a reader waits

# A number keeps its points and commas, a word its apostrophe and hyphen; white space and other signs stand alone.
_WORD = re.compile(r"\s+|\w(?:[\w.,'’/:-]*\w)?|[^\w\s]")


class Run(NamedTuple):
    """Words in a row that have the same fate."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One thing that says something else: both texts, and the runs that make the one into the other."""

    label: Any
    before: str
    after: str
    name: str = ""

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """In reading order; what was removed stands before what was added in its place."""
        return runs_of(self.before, self.after)


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """Without the added runs this reads as the text before, without the removed ones as the text after.

    White space alone does not part two changes: a sentence that was written anew reads as one sentence.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
    changed = _whole if len(middle_old) + len(middle_new) > MOST_WORDS else _word_by_word
    pairs = [("".join(old[:first]),) * 2, *changed(middle_old, middle_new), ("".join(old[len(old) - last :]),) * 2]
    return tuple(_runs(_joined(pairs)))


def _alike(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _whole(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [("".join(old), "".join(new))]


def _word_by_word(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("".join(old[from_:to]), "".join(new[start:end])) for _what, from_, to, start, end in blocks]


def _joined(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours that changed as one, also across white space that both kept."""
    joined: list[tuple[str, str]] = []
    for before, after in pairs:
        bare = before == after and not before.strip()
        if joined and joined[-1][0] != joined[-1][1] and (before != after or bare):
            joined[-1] = (joined[-1][0] + before, joined[-1][1] + after)
        elif before or after:
            joined.append((before, after))
    return [part for pair in joined for part in _without_ends(*pair)]


def _without_ends(before: str, after: str) -> list[tuple[str, str]]:
    """White space that both end with is not part of the change."""
    if before == after:
        return [(before, after)]
    shared = commonprefix([before[::-1], after[::-1]])[::-1]
    end = shared[len(shared.rstrip()) :]
    return [(before.removesuffix(end), after.removesuffix(end)), (end, end)]


def _runs(pairs: list[tuple[str, str]]) -> list[Run]:
    found: list[Run] = []
    for before, after in pairs:
        if before != after:
            found += [Run(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]
        elif before and found and found[-1].kind == SAME:
            found[-1] = Run(SAME, found[-1].text + before)
        elif before:
            found.append(Run(SAME, before))
    return found
