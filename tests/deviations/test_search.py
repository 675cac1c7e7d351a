"""Search in the words of deviations: the same answers on both databases."""

import time

import pytest
from django.db import connection
from django.urls import reverse

from deviations.models import Deviation, DeviationText
from deviations.services import indexing, recording
from organisation.kernel.dutch import words

pytestmark = pytest.mark.django_db

CORPUS = {
    "gas": "De energie wordt afgesloten: het gas gaat dicht omdat de rekening niet betaald is.",
    "huur": "De huurachterstand van € 1.240,50 loopt op. De woningbouw wil ontruimen.",
    "school": "Twee kinderen gaan van school zonder laptop. Eén kind heeft dyslexie.",
    "caf\u00e9": "Een ondernemer met een café kan de terugvordering niet betalen.",
}
# What somebody types, and the texts in which it stands, newest first.
ASKED = {
    "energie": ["gas"],
    "Energie!": ["gas"],
    "afsluiten gas": [],
    "betalen": ["café", "gas"],
    "betaald": ["gas"],
    "teruggevorderd": ["café"],
    "cafe": ["café"],
    "laptops": ["school"],
    "kind": ["school"],
    "huurachterstanden ontruiming": ["huur"],
    "huur": ["huur"],
    "1240,50": ["huur"],
    "de het een": [],
    "'": [],
    'gas & | ! (x) * " OR 1=1': [],
    "niet kan": [],
}


@pytest.fixture
def corpus(draft) -> dict[str, Deviation]:
    """Drafts of the caseworker with these texts."""
    texts = {}
    for name, text in CORPUS.items():
        texts[name] = draft(instead=text, if_followed="", why_here="")
        time.sleep(0.002)  # the order is that of the moment, to the millisecond
    return texts


@pytest.mark.parametrize("asked", ASKED)
def test_a_word_is_found_in_every_form(corpus, asked):
    found = list(Deviation.objects.search(asked))
    assert found == [corpus[name] for name in ASKED[asked]]


def test_a_number_is_found_whole_and_in_part(corpus):
    sought = corpus["huur"]
    last = sought.number.rpartition("-")[2]
    for asked in (sought.number, sought.number.lower(), sought.number[2:], last):
        assert sought in Deviation.objects.search(asked), asked
    assert list(Deviation.objects.search(sought.number)) == [sought]


def test_the_newest_comes_first(corpus):
    assert [hit.pk for hit in Deviation.objects.search(str(corpus["gas"].created_at.year))] == [
        deviation.pk for deviation in reversed(corpus.values())
    ]


def test_what_is_written_anew_is_found_by_its_new_words_alone(cast, corpus):
    recording.save_draft(deviation=corpus["gas"], by=cast.caseworker, fields={"instead": "Een paspoort met spoed."})
    assert list(Deviation.objects.search("paspoort")) == [corpus["gas"]]
    assert not Deviation.objects.search("energie").exists()


def test_what_is_destroyed_is_in_no_index(corpus):
    corpus["gas"].delete()
    assert not Deviation.objects.search("energie").exists()
    assert not DeviationText.objects.filter(words__contains="energ").exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM deviations_words WHERE deviations_words MATCH 'energ'")
            assert cursor.fetchone() == (0,)


def test_what_is_not_indexed_yet_is_indexed_once(corpus):
    DeviationText.objects.filter(deviation__in=[corpus["gas"], corpus["huur"]]).delete()
    assert indexing.index_missing() == 2
    assert indexing.index_missing() == 0
    assert list(Deviation.objects.search("energie")) == [corpus["gas"]]
    assert indexing.index_missing(everything=True) == len(CORPUS)


def test_a_text_without_spaces_is_saved_and_found(draft):
    endless = draft(instead="x" * 5_000 + " 1" * 400, if_followed="9," * 2_000)
    assert list(Deviation.objects.search("x" * 60)) == [endless]


def test_the_words_of_a_text():
    assert words("De kinderen zijn teruggevorderd, één kind niet.") == ["kinder", "terugvorder", "kind"]
    assert words("Zie A-2026-00017 en 4:84.") == ["zie", "a202600017", "84"]
    assert words("") == []


def test_the_filter_of_the_list_finds_forms_of_a_word_among_what_may_be_seen(cast, as_user, corpus):
    url = reverse("deviations:list")
    assert as_user(cast.caseworker).get(url, {"q": "energie"}).context["page"].rows == [corpus["gas"]]
    assert as_user(cast.stranger).get(url, {"q": "energie"}).context["page"].rows == []
