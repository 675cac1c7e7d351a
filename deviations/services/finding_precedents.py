"""Finding precedents: earlier deviations that are comparable, as far as the reader may see them (ADR 18)."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import BinaryField, F, QuerySet, Value
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from deviations.models import Decision, Deviation, DeviationText, Ground
from deviations.models.deviations import Answer, Outcome
from deviations.models.texts import with_any
from deviations.rules.comparing import (
    GROUND,
    LIFE_DOMAIN,
    NEAREST,
    Comparing,
    Comparison,
    Tally,
    features,
)
from organisation.kernel import dutch, personal_data
from organisation.kernel.periods import Period
from organisation.models import LifeDomain, User

from .indexing import text_of
from .similar_text import similar_text

POOL = 2_000  # the newest of the same routine
ELSEWHERE, FEW = 200, 25  # from other routines, when the routine itself has few
RAREST = 8
CLOSEST = 60
MOST = 25
FRAGMENT = 140
TOLD = ("number", "answer", "outcome", "period", "instead", "why_here")

_Row = tuple[int, bytes, bytes | None]  # of the index: its key, features and vector


@dataclass(frozen=True)
class Subject:
    """What precedents are sought for: a deviation as typed or as stored, and what is ticked."""

    deviation: Deviation
    grounds: tuple[Ground, ...]
    life_domains: tuple[LifeDomain, ...]

    @classmethod
    def of(cls, deviation: Deviation) -> "Subject":
        """As stored."""
        return cls(
            deviation,
            tuple(cast("list[Ground]", list(deviation.grounds.all()))),
            tuple(cast("list[LifeDomain]", list(deviation.life_domains.all()))),
        )

    @property
    def features(self) -> frozenset[str]:
        """What it is compared by."""
        ticked = [GROUND + each.code for each in self.grounds] + [LIFE_DOMAIN + each.code for each in self.life_domains]
        return features(dutch.words(text_of(self.deviation)), ticked)


@dataclass(frozen=True)
class Precedent:
    """One earlier deviation. Of one the reader may not see, only how it ended and what it has in common."""

    answer: str
    outcome: str
    when: str
    why: list[str]
    deviation: Deviation | None = None
    conditions: str = ""

    @property
    def answer_label(self) -> str:
        """How it ended, in words."""
        return str(Answer(self.answer).label)

    @property
    def outcome_label(self) -> str:
        """Whether it helped, in words; empty when nobody said so yet."""
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def fragment(self) -> str:
        """The beginning of its text, for who may read it."""
        return _safe(self.deviation.instead or self.deviation.why_here) if self.deviation else ""


@dataclass(frozen=True)
class Precedents:
    """The nearest first, with the ids of their deviations, and how the ten nearest were answered."""

    found: tuple[Precedent, ...] = ()
    keys: tuple[str, ...] = ()
    tally: Tally = Tally()

    @property
    def counted(self) -> tuple[str, ...]:
        """The ids of those that the tally counts."""
        return self.keys[:NEAREST]


def precedents(subject: Subject, reader: User) -> Precedents:
    """Comparable deviations that were answered, at most twenty-five. A fixed number of queries."""
    mine = subject.features
    pool = _Pool.of(_rows_of_routine(subject))
    comparing = pool.beside(mine)
    if len(pool.keys) < FEW and (others := _rows_elsewhere(subject, comparing.rarest(RAREST))):
        pool = pool.with_others(others)
        comparing = pool.beside(mine)
    likeness = similar_text().likeness(text_of(subject.deviation), comparing.by_words(), pool.vectors)
    readable: set[int] = set()

    def may_read(closest: list[int]) -> Iterable[int]:
        keys = {pool.keys[place]: place for place in closest}
        visible = Deviation.objects.visible_to(reader).filter(text__in=list(keys)) if keys else Deviation.objects.none()
        readable.update(keys[key] for key in visible.order_by().values_list("text", flat=True))
        return readable

    near = [each for each in comparing.nearest(likeness, CLOSEST, may_read) if each.is_comparable][:MOST]
    return _told(near, pool, readable, subject, comparing)


@dataclass(frozen=True)
class _Pool:
    """Rows of the index by column, those of the same routine first. Two thousand of them are read each time."""

    keys: tuple[int, ...]
    features: tuple[bytes, ...]
    vectors: tuple[bytes | None, ...]
    of_routine: int

    @classmethod
    def of(cls, rows: list[_Row]) -> "_Pool":
        keys, features, vectors = zip(*rows, strict=True) if rows else ((), (), ())
        return cls(keys, features, vectors, len(rows))

    def with_others(self, rows: list[_Row]) -> "_Pool":
        others = _Pool.of(rows)
        return _Pool(
            self.keys + others.keys, self.features + others.features, self.vectors + others.vectors, self.of_routine
        )

    def beside(self, mine: frozenset[str]) -> Comparing:
        return Comparing(mine, self.features, [place < self.of_routine for place in range(len(self.keys))])


def _rows_of_routine(subject: Subject) -> list[_Row]:
    routine = subject.deviation.routine_id
    return _read(_answered(subject).filter(routine=routine), POOL) if routine else []


def _rows_elsewhere(subject: Subject, words: list[str]) -> list[_Row]:
    """Other routines with one of these words."""
    if not words:
        return []
    others = _answered(subject).filter(words__holds=with_any(words)).exclude(routine=subject.deviation.routine_id)
    return _read(others, ELSEWHERE)


def _answered(subject: Subject) -> QuerySet[DeviationText]:
    answered = DeviationText.objects.filter(routine__isnull=False, features__isnull=False)
    return answered.exclude(deviation=subject.deviation.pk)


def _read(rows: QuerySet[DeviationText], most: int) -> list[_Row]:
    vector = F("vector") if similar_text().has_vectors else Value(None, BinaryField())
    return list(rows.order_by("-id").values_list("id", "features", vector)[:most])


def _told(
    near: Sequence[Comparison], pool: _Pool, readable: Collection[int], subject: Subject, comparing: Comparing
) -> Precedents:
    keys = [pool.keys[each.row] for each in near]
    found = Deviation.objects.counted().exclude(answer="").filter(text__in=keys) if keys else Deviation.objects.none()
    by_key = {row.key: row for row in found.annotate(key=F("text")).only(*TOLD).order_by()}
    there = [(each, by_key[key]) for each, key in zip(near, keys, strict=True) if key in by_key]
    conditions = _conditions(row for each, row in there if each.row in readable)
    forms = _forms(text_of(subject.deviation))
    told = []
    for each, row in there:
        why = _why(each, subject, [forms[word] for word in comparing.telling(each.shared) if word in forms])
        why = ([_("same routine")] if each.row < pool.of_routine else []) + why
        told.append(_read_by_all(row, why) if each.row not in readable else _read_by_few(row, why, conditions))
    return Precedents(
        tuple(told), tuple(str(row.pk) for _each, row in there), Tally.of(row.answer for _each, row in there)
    )


def _conditions(rows: Iterable[Deviation]) -> dict[Any, str]:
    keys = [row.pk for row in rows if row.answer == "agreed_with_conditions"]
    said = Decision.objects.filter(deviation__in=keys, voided_at=None) if keys else Decision.objects.none()
    return dict(said.order_by().values_list("deviation_id", "conditions"))


def _read_by_all(row: Deviation, why: list[str]) -> Precedent:
    """How it ended, in which quarter, and what the reader has in common with it. Nothing else of it."""
    return Precedent(
        answer=row.answer,
        outcome=row.outcome,
        when=_month(row).quarter.label,
        why=why,
    )


def _read_by_few(row: Deviation, why: list[str], conditions: dict[Any, str]) -> Precedent:
    return replace(
        _read_by_all(row, why),
        when=_month(row).label,
        deviation=row,
        conditions=_safe(conditions.get(row.pk, "")),
    )


def _month(row: Deviation) -> Period:
    return Period.from_int(cast(int, row.period))


def _safe(text: str) -> str:
    """A short piece, with a neutral word for whatever points at a person."""
    return str(Truncator(personal_data.replace(text)).chars(FRAGMENT))


def _why(each: Comparison, subject: Subject, words: list[str]) -> list[str]:
    grounds = [ground.code for ground in subject.grounds if GROUND + ground.code in each.shared]
    domains = [domain.label.lower() for domain in subject.life_domains if LIFE_DOMAIN + domain.code in each.shared]
    said = [_("same ground: %(what)s") % {"what": ", ".join(grounds)}] if grounds else []
    said += [_("same side of life: %(what)s") % {"what": ", ".join(domains)}] if domains else []
    said += [_("is like these words: %(what)s") % {"what": ", ".join(words)}] if words else []
    return said or [_("is in words like yours")]


def _forms(text: str) -> dict[str, str]:
    """Each word as it was typed first."""
    forms: dict[str, str] = {}
    for typed in re.findall(r"[\w-]+", text):
        for word in dutch.words(typed):
            forms.setdefault(word, typed.lower())
    return forms
