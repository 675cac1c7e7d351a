"""Which grounds are shown first: those that give room in this source and field of work, the lightest first."""

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.suggesting import Offer, suggest

FIELD = Offer("PW-41-11", "A", "interpretation", frozenset({"statute"}), frozenset({"income"}))
HEAVY_FIELD = Offer("PW-16", "C", "deviation", frozenset({"statute"}), frozenset({"income"}))
WIDE_FIELD = Offer("PW-18-1", "B", "deviation", frozenset({"statute", "policy_rule", "habit"}), frozenset({"income"}))
OWN_RULE = Offer("AWB-4-84", "B", "deviation", frozenset({"policy_rule"}))
ANYWHERE = Offer("KIND", "C", "principle")
PROMISE = Offer("VERTR", "D", "principle")
AGAINST = Offer("CL", "D", "beyond_law", frozenset({"statute"}))
ALL = (AGAINST, PROMISE, ANYWHERE, OWN_RULE, WIDE_FIELD, HEAVY_FIELD, FIELD)

SOURCES = st.sampled_from(("", "habit", "policy_rule", "ordinance", "statute"))
DOMAINS = st.sampled_from(("income", "youth"))
OFFERS = st.lists(
    st.builds(
        Offer,
        st.sampled_from(("CL", "VERTR", *(f"G-{number}" for number in range(8)))),
        st.sampled_from("ABCD"),
        st.sampled_from(("interpretation", "deviation", "principle", "beyond_law")),
        st.frozensets(SOURCES, max_size=3),
        st.frozensets(DOMAINS, max_size=2),
    ),
    unique_by=lambda offer: offer.code,
)


@pytest.mark.parametrize(
    ("source_type", "domain", "first"),
    [
        ("statute", "income", ("PW-41-11", "PW-16", "PW-18-1", "KIND")),
        ("policy_rule", "income", ("AWB-4-84", "PW-18-1", "KIND")),
        ("policy_rule", "youth", ("AWB-4-84", "KIND")),
        ("habit", "income", ("PW-18-1", "KIND")),
        ("ordinance", "youth", ("KIND",)),
        ("", "income", ()),  # no routine chosen yet
    ],
)
def test_what_serves_this_source_and_field_of_work_comes_first(source_type, domain, first):
    assert suggest(ALL, source_type, domain).first == first


def test_no_more_than_six_stand_there_at_once():
    offers = [Offer(f"G-{number}", "A", "principle") for number in range(8)]
    first, also, others = suggest(offers, "habit", "income")
    assert (len(first), also, others) == (6, ("G-6", "G-7"), ())


def test_what_is_for_the_board_stands_last_among_the_others():
    assert suggest(ALL, "statute", "youth").others == ("AWB-4-84", "PW-16", "PW-18-1", "PW-41-11", "CL", "VERTR")


@given(OFFERS, SOURCES, DOMAINS)
def test_every_ground_stays_within_reach_and_stands_there_once(offers, source_type, domain):
    first, also, others = suggest(offers, source_type, domain)
    assert sorted(first + also + others) == sorted(offer.code for offer in offers)


@given(OFFERS, SOURCES, DOMAINS)
def test_a_suggestion_gives_room_and_never_needs_the_board(offers, source_type, domain):
    rows = {offer.code: offer for offer in offers}
    first, also, _others = suggest(offers, source_type, domain)
    for code in first + also:
        row = rows[code]
        assert not row.source_types or source_type in row.source_types
        assert not row.domains or domain in row.domains
        assert row.kind != "beyond_law"
        assert code not in ("CL", "VERTR")


@given(OFFERS, SOURCES, DOMAINS, st.randoms())
def test_the_order_does_not_depend_on_that_of_the_list(offers, source_type, domain, chance):
    shuffled = list(offers)
    chance.shuffle(shuffled)
    assert suggest(shuffled, source_type, domain) == suggest(offers, source_type, domain)


def reference(app: str, name: str) -> list[dict]:
    return yaml.safe_load((settings.BASE_DIR / app / "reference" / f"{name}.yaml").read_text(encoding="utf-8"))


GROUNDS, ROUTINES = reference("deviations", "grounds"), reference("cases", "routines")
WITHOUT_ARTICLE = {"INT-01", "INT-02"}  # room that needs no article


@pytest.mark.parametrize("row", GROUNDS, ids=lambda row: row["code"])
def test_every_ground_says_in_dutch_when_it_applies_and_what_to_show(row):
    for words in ("label_nl", "when_applies_nl", "to_show_nl"):
        assert row[words].strip().endswith((".", "?", ")")) or words == "label_nl", words
        assert row[words].strip(), words
    assert bool(row["article"]) != (row["code"] in WITHOUT_ARTICLE)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda row: row["code"])
def test_every_routine_in_the_list_has_grounds_to_begin_with(routine):
    offers = [
        Offer(row["code"], row["weight"], row["kind"], frozenset(row["source_types"]), frozenset(row["domains"]))
        for row in GROUNDS
    ]
    for version in routine["versions"]:
        assert len(suggest(offers, version["source_type"], routine["domain"]).first) >= 2
