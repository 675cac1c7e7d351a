"""The tree of hashes: what RFC 6962 says, and what must hold of every tree."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from organisation.kernel.merkle import EMPTY, leaf_hash, node_hash, path_of, root_by_path, root_of

LEAVES = st.lists(st.binary(min_size=1, max_size=8), min_size=1, max_size=40)


def by_the_letter(contents):
    """The definition of RFC 6962, section 2.1, written out again."""
    if not contents:
        return hashlib.sha256(b"").digest()
    if len(contents) == 1:
        return hashlib.sha256(b"\x00" + contents[0]).digest()
    split = 1
    while split * 2 < len(contents):
        split *= 2
    return hashlib.sha256(b"\x01" + by_the_letter(contents[:split]) + by_the_letter(contents[split:])).digest()


def root(contents):
    return root_of([leaf_hash(content) for content in contents])


def test_the_known_answers_of_certificate_transparency():
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    contents = [bytes.fromhex(text) for text in inputs]
    assert root(contents[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root(contents[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root(contents).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root([]) == EMPTY


@given(LEAVES)
def test_the_root_is_that_of_the_definition(contents):
    assert root(contents) == by_the_letter(contents)


@given(LEAVES, st.data())
def test_every_leaf_is_found_in_its_place_by_its_path(contents, data):
    leaves = [leaf_hash(content) for content in contents]
    place = data.draw(st.integers(0, len(leaves) - 1))
    assert root_by_path(leaves[place], place, len(leaves), path_of(leaves, place)) == root_of(leaves)


@given(LEAVES, st.data())
def test_another_leaf_or_another_place_does_not_fit(contents, data):
    leaves = [leaf_hash(content) for content in contents]
    place = data.draw(st.integers(0, len(leaves) - 1))
    path = path_of(leaves, place)
    assert root_by_path(leaf_hash(b"something else"), place, len(leaves), path) != root_of(leaves)
    other = data.draw(st.integers(0, len(leaves) - 1))
    assume(leaves[other] != leaves[place])
    with suppress(ValueError):  # its path has another length
        assert root_by_path(leaves[place], other, len(leaves), path) != root_of(leaves)


@given(LEAVES, st.data())
def test_any_change_of_the_leaves_changes_the_root(contents, data):
    place = data.draw(st.integers(0, len(contents) - 1))
    without = contents[:place] + contents[place + 1 :]
    edited = [*contents[:place], contents[place] + b"!", *contents[place + 1 :]]
    assert root(contents) not in (root(without), root(edited), root([*contents, b"more"]), root([b"more", *contents]))


@given(st.lists(st.binary(min_size=1), min_size=2, max_size=20, unique=True), st.data())
def test_another_order_is_another_root(contents, data):
    other = data.draw(st.permutations(contents))
    assume(other != contents)
    assert root(other) != root(contents)


def test_a_node_is_never_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)


def test_a_place_or_path_that_does_not_fit_is_refused():
    leaves = [leaf_hash(bytes([n])) for n in range(5)]
    with pytest.raises(IndexError):
        path_of(leaves, 5)
    for place, size, path in ((5, 5, []), (0, 5, path_of(leaves, 0)[:-1]), (0, 5, [*path_of(leaves, 0), leaves[0]])):
        with pytest.raises(ValueError):  # noqa: PT011
            root_by_path(leaves[0], place, size, path)
