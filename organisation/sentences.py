"""What a line of the logbook says in words. Every app registers its own verbs when it starts; none is imported here.

In its `AppConfig.ready`:

    sentences.register({"case.closed": _("%(actor)s closed %(target)s: %(after)s")}, words={"cases.case": STATES})

A sentence may use `actor`, `target`, `before`, `after` and `remark`. `words` gives the codes that stand in before
and after their labels, for a type of target. Days stand there as 2026-11-21, and are read in the reader's language.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.models import Event

Sentence = str | Promise
_sentences: dict[str, Sentence] = {}
_words: dict[str, dict[str, Sentence]] = {}
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
UNKNOWN = _("%(actor)s changed %(target)s")
GONE = _("What stood here was destroyed")


def register(verbs: Mapping[str, Sentence], words: Mapping[str, Mapping[Any, Sentence]] | None = None) -> None:
    """Add the sentences of an app. Raises `ValueError` for a verb that another app has already."""
    for verb, sentence in verbs.items():
        if _sentences.get(verb, sentence) is not sentence:
            raise ValueError(f"The verb {verb!r} has a sentence already.")
        _sentences[verb] = sentence
    for target_type, labels in (words or {}).items():
        _words.setdefault(target_type, {}).update({str(code): label for code, label in labels.items()})


def is_known(verb: str) -> bool:
    """Whether this verb has a sentence."""
    return verb in _sentences


def sentence(event: Event) -> str:
    """One line of the logbook as a sentence in the language of the reader."""
    if event.is_erased:
        return str(GONE)
    words = _words.get(event.target_type, {})
    parts = {
        "actor": event.actor_name,
        "target": event.target_label,
        "before": _in_words(event.before, words),
        "after": _in_words(event.after, words),
        "remark": event.remark,
    }
    return str(_sentences.get(event.verb, UNKNOWN)) % parts


def _in_words(value: str, words: Mapping[str, Sentence]) -> str:
    """The label of a code; of `Inkomen: caseworker` only the last part is a code."""
    front, mark, code = value.rpartition(": ")
    return DAY.sub(_day, f"{front}{mark}{words.get(code, code)}")


def _day(found: re.Match[str]) -> str:
    with suppress(ValueError):
        return date_format(date.fromisoformat(found[0]), "DATE_FORMAT")
    return found[0]
