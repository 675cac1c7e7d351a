"""A tree of hashes over leaves in order, as in RFC 6962 (section 2.1): one root stands for all of them.

A leaf and a node are hashed apart (a first byte of 0 or 1), so that none can be passed off as the other. With the
path of a leaf, anybody who has the root can check that the leaf was in its place among that many others.
"""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of what a leaf holds."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these hashes of leaves.

    Pairs are taken from the left, and one that is left over goes up as it is: the same tree as RFC 6962 describes by
    splitting at the largest power of two.
    """
    level = list(leaves)
    while len(level) > 1:
        level = _next(level)
    return level[0] if level else EMPTY


def path_of(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """What stands beside the way from one leaf up to the root, lowest first. Raises `IndexError` outside the tree."""
    return Tree(leaves).path(place)


class Tree:
    """A whole tree, for who asks for the paths of many of its leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.levels = [list(leaves)]
        while len(self.levels[-1]) > 1:
            self.levels.append(_next(self.levels[-1]))

    @property
    def root(self) -> bytes:
        """The root over all leaves."""
        return self.levels[-1][0] if self.levels[0] else EMPTY

    def path(self, place: int) -> list[bytes]:
        """As `path_of`."""
        if not 0 <= place < len(self.levels[0]):
            raise IndexError(place)
        path = []
        for level in self.levels[:-1]:
            if (beside := place ^ 1) < len(level):
                path.append(level[beside])
            place //= 2
        return path


def root_by_path(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that follows when this leaf stands at this place among `size`. Raises `ValueError` for a wrong path."""
    if not 0 <= place < size:
        raise ValueError("There is no such place.")
    found, rest = leaf, list(path)
    while size > 1:
        if place ^ 1 < size:
            if not rest:
                raise ValueError("The path is too short.")
            beside = rest.pop(0)
            found = node_hash(beside, found) if place % 2 else node_hash(found, beside)
        place, size = place // 2, (size + 1) // 2
    if rest:
        raise ValueError("The path is too long.")
    return found


def _next(level: list[bytes]) -> list[bytes]:
    paired = [node_hash(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
    return paired + level[-1:] if len(level) % 2 else paired
