"""How a deviation stands in law: the table written again by hand."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules.advising import Heard, lacking
from deviations.rules.lawfulness import StandingFacts, of_register, standing
from deviations.rules.parts import NAMES
from deviations.rules.weighing import Advice, GroundFacts

EXPLAINS = GroundFacts("PW-41-11", "A", "interpretation", frozenset({"statute"}))
DEPARTS = GroundFacts("PW-16", "C", "deviation", frozenset({"statute"}))
OWN_RULE = GroundFacts("AWB-4-84", "B", "deviation", frozenset({"policy_rule"}))
ANYWHERE = GroundFacts("GELIJK", "B", "principle")
OPEN_WORD = GroundFacts("INT-01", "A", "interpretation")
BEYOND = GroundFacts("BWB", "D", "beyond_law")
AGAINST = GroundFacts("CL", "D", "beyond_law", frozenset({"statute"}))

SOURCES = ("habit", "system", "work_instruction", "policy_rule", "ordinance", "statute")
FACTS = st.builds(
    StandingFacts,
    kind=st.sampled_from(("made", "made", "considered", "blocked")),
    source_type=st.sampled_from(SOURCES),
    grounds=st.lists(st.sampled_from((EXPLAINS, DEPARTS, OWN_RULE, ANYWHERE, BEYOND, AGAINST)), max_size=3).map(tuple),
    absent=st.lists(st.sampled_from(sorted(NAMES)), max_size=2, unique=True).map(tuple),
    lacking=st.lists(st.sampled_from(Advice), max_size=2, unique=True).map(lambda all_: lacking(all_, ())),
    done_already=st.booleans(),
    answer=st.sampled_from(("", "agreed", "agreed_with_conditions", "refused", "by_space")),
)


def status(source_type: str, *grounds: GroundFacts, kind: str = "made", **more) -> str:
    return standing(StandingFacts(kind, source_type, grounds, **more)).status.value


@pytest.mark.parametrize("kind", ["considered", "blocked"])
@pytest.mark.parametrize("ground", [EXPLAINS, AGAINST])
def test_who_followed_the_routine_stays_within_the_rule(kind, ground):
    assert status("statute", ground, kind=kind, absent=("instead",)) == "within_rule"


@pytest.mark.parametrize(
    ("source_type", "grounds", "expected"),
    [
        ("habit", (), "within_rule"),
        ("system", (), "within_rule"),
        ("work_instruction", (), "within_rule"),
        ("work_instruction", (ANYWHERE,), "within_rule"),
        ("policy_rule", (OPEN_WORD,), "within_rule"),
        ("policy_rule", (OWN_RULE,), "lawful_deviation"),
        ("policy_rule", (OPEN_WORD, OWN_RULE), "lawful_deviation"),
        ("policy_rule", (DEPARTS,), "needs_attention"),  # gives room in a statute only
        ("ordinance", (ANYWHERE,), "lawful_deviation"),
        ("ordinance", (OWN_RULE,), "needs_attention"),
        ("statute", (EXPLAINS,), "within_rule"),
        ("statute", (DEPARTS,), "lawful_deviation"),
        ("statute", (ANYWHERE,), "lawful_deviation"),
        ("statute", (OWN_RULE,), "needs_attention"),
        ("statute", (BEYOND,), "beyond_law"),
        ("statute", (DEPARTS, AGAINST), "beyond_law"),
        ("habit", (AGAINST,), "beyond_law"),
    ],
)
def test_a_complete_request_stands_by_its_source_and_grounds(source_type, grounds, expected):
    assert status(source_type, *grounds) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "needs_attention"),
        ("agreed", "beyond_law"),
        ("agreed_with_conditions", "beyond_law"),
        ("by_space", "beyond_law"),
        ("refused", "within_rule"),
    ],
)
def test_a_statute_without_room_is_red_once_it_was_agreed_to(answer, expected):
    assert status("statute", OWN_RULE, answer=answer) == expected


@pytest.mark.parametrize(
    ("answer", "done_already", "missing"),
    [
        ("", False, []),
        ("refused", False, []),
        ("agreed", True, []),
        ("", True, ["agreement"]),
        ("refused", True, ["agreement"]),
    ],
)
def test_what_was_done_already_needs_agreement_afterwards(answer, done_already, missing):
    answered = standing(StandingFacts("made", "habit", answer=answer, done_already=done_already))
    assert [each.code for each in answered.missing] == missing
    assert answered.status == ("needs_attention" if missing else "within_rule")


LEGAL = Heard("legal", ("disagrees",))
FOR_THE_BOARD = (Advice.LEGAL, Advice.BOARD)


@pytest.mark.parametrize(
    ("answer", "heard", "board", "missing"),
    [
        ("", (), False, ["advice:legal", "advice:board"]),
        ("agreed", (LEGAL,), False, ["advice:board"]),
        ("agreed", (LEGAL,), True, []),
        ("by_space", (), False, []),  # the room was given beforehand
    ],
)
def test_advice_that_the_weight_asks_for_is_missed_until_it_is_there(answer, heard, board, missing):
    lacks = lacking(FOR_THE_BOARD, heard, board=board)
    facts = StandingFacts("made", "ordinance", (ANYWHERE,), lacking=lacks, answer=answer)
    assert [each.code for each in standing(facts).missing] == missing


def test_everything_that_is_missing_has_its_sentence():
    facts = StandingFacts(
        "made", "policy_rule", (DEPARTS,), ("instead",), lacking((Advice.PEER,), ()), done_already=True
    )
    with override("en"):
        assert [each.sentence for each in standing(facts).missing] == [
            "Not filled in: What happens instead.",
            "No chosen ground gives room in a policy rule.",
            "The advice of a colleague is not there yet.",
            "It was done already, and nobody has agreed to it yet.",
        ]


def test_no_ground_at_all_is_missed_once():
    assert [each.code for each in standing(StandingFacts("made", "statute", absent=("grounds",))).missing] == [
        "grounds"
    ]


def test_a_refused_request_against_the_law_says_that_it_was_refused():
    with override("en"):
        told = standing(StandingFacts("made", "statute", (AGAINST,), answer="refused"))
    assert (told.status, told.sentence) == (
        "beyond_law",
        "This was asked for against or beyond the law (CL), and refused.",
    )


@given(FACTS)
def test_a_ground_beyond_the_law_is_always_red(facts):
    if facts.kind == "made" and {"CL", "BWB"} & {ground.code for ground in facts.grounds}:
        assert standing(facts).status == "beyond_law"


@given(FACTS)
def test_whatever_is_missing_is_never_in_order(facts):
    answer = standing(facts)
    assert answer.sentence
    if answer.missing:
        assert answer.status in ("needs_attention", "beyond_law")
    if answer.status == "needs_attention":
        assert answer.missing


@given(FACTS)
def test_hearing_more_advice_never_makes_it_worse(facts):
    order = ("within_rule", "lawful_deviation", "needs_attention", "beyond_law")
    heard = StandingFacts(**{**vars(facts), "lacking": ()})
    assert order.index(standing(heard).status) <= order.index(standing(facts).status)


@pytest.mark.parametrize(
    ("kind", "source_type", "answer", "status"),
    [
        ("considered", "statute", "", "within_rule"),
        ("blocked", "policy_rule", "", "within_rule"),
        ("made", "habit", "agreed", "within_rule"),
        ("made", "work_instruction", "by_space", "within_rule"),
        ("made", "policy_rule", "refused", "within_rule"),
        ("made", "policy_rule", "agreed", "needs_attention"),
        ("made", "ordinance", "", "needs_attention"),
        # No ground in a register is no proof that there was none.
        ("made", "statute", "agreed", "needs_attention"),
    ],
)
def test_a_row_of_a_register_asks_for_a_look_where_a_ground_is_needed(kind, source_type, answer, status):
    assert of_register(kind=kind, source_type=source_type, answer=answer) == status
