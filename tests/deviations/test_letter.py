"""The reasons for the letter: complete, in Dutch, to the resident, in short sentences; and what to read over."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from deviations.rules import letter, tone
from deviations.rules.letter import SOURCES, Basis, LetterFacts
from organisation.kernel.personal_data import find

PLAIN = LetterFacts(
    answer="agreed",
    source_type="policy_rule",
    source="Beleidsregels bijzondere bijstand, artikel 4.",
    prescribes="Bijzondere bijstand vraagt u aan voordat u betaalt.",
    purpose="Wij kunnen vooraf nagaan of de kosten nodig zijn.",
    if_followed="u krijgt niets terug",
    instead="Wij vergoeden het bed.",
    why_here="Uw kind kwam dezelfde dag thuis.",
)
FULL = replace(
    PLAIN,
    grounds=(
        Basis("Afwijken van een eigen beleidsregel", "Algemene wet bestuursrecht, artikel 4:84"),
        Basis("VN-verdrag"),
    ),
    purpose_served="De noodzaak staat vast.",
    alternatives="Een bed lenen kon niet op tijd.",
    residents_view="U bent opgelucht.",
    tension="Snelheid tegenover zekerheid.",
    reasons="De kosten zijn niet nodig.",
    conditions="U laat ons de bon zien.",
    alternative="Wij zoeken met u een bed bij de kringloop.",
    until=date(2026, 12, 31),
)
ANSWERS = {
    answer: replace(FULL, answer=answer) for answer in ("agreed", "agreed_with_conditions", "refused", "by_space")
}
SAMPLES = [*ANSWERS.values(), PLAIN, replace(PLAIN, done_on=date(2026, 3, 3))] + [
    replace(PLAIN, source_type=source, source=name) for source in SOURCES for name in ("", "Handboek")
]


def own_sentences() -> list[str]:
    """What we write ourselves: every text with the record taken out."""
    marked = {name: "Xx" for name in ("prescribes", "purpose", "if_followed", "instead", "why_here", "purpose_served",
              "alternatives", "residents_view", "tension", "reasons", "conditions", "alternative")}  # fmt: skip
    texts = [letter.write(replace(facts, **marked)) for facts in SAMPLES]
    return [sentence for text in texts for sentence in tone.sentences(text) if sentence != "Xx."]


@pytest.mark.parametrize(
    ("answer", "there", "absent"),
    [
        ("agreed", "Daarom doen wij in uw situatie het volgende. Wij vergoeden het bed.", "voorwaarden|Toch volgen"),
        ("agreed_with_conditions", "Hierbij gelden voorwaarden. U laat ons de bon zien.", "Toch volgen|kringloop"),
        (
            "refused",
            "Daar hebben wij deze reden voor. De kosten zijn niet nodig.",
            "Daarom doen wij|voorwaarden|31 dec",
        ),
        ("refused", "Wij kunnen wel iets anders voor u doen. Wij zoeken met u een bed", "Hierbij gelden|tot en met"),
        ("by_space", "vooraf vastgelegd dat medewerkers in situaties zoals die van u", "voorwaarden|Toch volgen"),
    ],
)
def test_each_answer_has_its_own_words(answer, there, absent):
    text = letter.write(ANSWERS[answer])
    assert there in text
    assert not re.search(absent, text)


def test_it_goes_from_the_facts_by_the_ground_and_the_weighing_to_the_decision():
    text = letter.write(ANSWERS["agreed_with_conditions"])
    order = ["Beleidsregels bijzondere bijstand, artikel 4)", "Bijzondere bijstand vraagt", "Uw kind kwam",
             "U krijgt niets terug.",
             "afwijken van een eigen beleidsregel (Algemene wet bestuursrecht, artikel 4:84); VN-verdrag.",
             "Wij kunnen vooraf", "De noodzaak", "Een bed lenen", "U bent opgelucht", "Snelheid", "Wij vergoeden",
             "U laat ons de bon", "Dit geldt tot en met 31 december 2026."]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert len(text.split("\n\n")) == 6


def test_what_was_done_already_is_told_as_done():
    assert "Daarom hebben wij op 3 maart 2026 het volgende voor u gedaan." in letter.write(
        replace(PLAIN, done_on=date(2026, 3, 3))
    )


def test_without_a_ground_only_our_own_agreements_may_be_departed_from():
    ours = letter.write(replace(PLAIN, source_type="habit"))
    assert "een afspraak die wij zelf hebben gemaakt" in ours
    for source in ("statute", "ordinance", "policy_rule"):
        assert "mogen" not in letter.write(replace(PLAIN, source_type=source)).split("\n\n")[2]


def test_our_own_agreement_is_named_instead_of_a_ground_without_an_article():
    ours = replace(PLAIN, source_type="system", grounds=(Basis("Alleen een systeem"),))
    assert "De grond daarvoor" not in letter.write(ours)
    assert "een afspraak die wij zelf hebben gemaakt" in letter.write(ours)
    assert "alleen een systeem." in letter.write(replace(ours, source_type="policy_rule"))


def test_it_is_dutch_whatever_the_language_of_the_screen():
    with translation.override("en"):
        english = letter.write(FULL)
        assert translation.get_language() == "en"
    assert english == letter.write(FULL)
    assert not {"the", "we", "our", "this", "your"} & set(re.findall(r"\w+", " ".join(own_sentences()).lower()))


def test_our_own_sentences_are_short_and_speak_to_the_resident():
    sentences = own_sentences()
    assert len(set(sentences)) > 20
    for sentence in sentences:
        assert tone.length(sentence) <= 18, sentence
        assert not tone.tips(sentence), sentence
        assert not re.search(r"\b(ik|je|jij|jouw|jullie)\b", sentence, re.IGNORECASE), sentence


def test_nothing_in_our_own_sentences_looks_like_a_person():
    assert not [sentence for sentence in own_sentences() if list(find(sentence))]


# Somebody may write "%("; in these letters it is a gap that was left open.
LETTERS = st.characters(categories=("L", "N", "P", "Z"), exclude_characters="%")
words = st.text(alphabet=LETTERS, max_size=40)


@given(st.sampled_from(sorted(ANSWERS)), st.sampled_from(sorted(SOURCES)), words, words, words)
def test_whatever_was_written_stands_in_it_as_it_was_written(answer, source, prescribes, instead, why_here):
    facts = replace(FULL, answer=answer, source_type=source, prescribes=prescribes, instead=instead, why_here=why_here)
    text = letter.write(facts)
    assert all(written.strip()[1:] in text for written in (prescribes, instead, why_here))
    assert "%(" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("Ik vergoed het bed.", "first_person", "ik"),
        ("Wij sturen je een brief.", "informal", "je"),
        ("De inwoner krijgt het bed.", "third_person", "de inwoner"),
        ("Zij krijgt haar bed.", "third_person", "zij, haar"),
        ("Indien het lukt, doen wij het.", "stiff", "indien"),
        ("Wij doen dit " + "heel " * 20 + "snel.", "long", "Wij doen dit heel heel heel heel heel …"),
    ],
)
def test_what_to_read_over_is_pointed_at(text, code, found):
    assert [(tip.code, tip.found) for tip in tone.tips(text)] == [(code, found)]


def test_a_word_inside_another_is_not_that_word():
    assert not tone.tips("Wij liken, hijsen en bezijden de mijlpaal thansa inzakelijk.")


def test_a_reference_between_brackets_is_not_read_along():
    assert not tone.tips("Dit mag (Verdrag inzake de rechten van de inwoner).")
    assert tone.length("Dit mag (Algemene wet bestuursrecht, artikel 4:84, eerste lid).") == 2


def test_an_abbreviation_or_a_number_ends_no_sentence():
    assert tone.sentences("Het kost € 1.234,50. Dat is art. 4 van de wet.\nNog een") == [
        "Het kost € 1.234,50.", "Dat is art. 4 van de wet.", "Nog een",
    ]  # fmt: skip
