"""What may be wrong with the logbook, and where: comparing what was sealed with what is there, without a query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from organisation.kernel.seals import SHORT

SAME_MOMENT = timedelta(seconds=5)  # between two clocks
MADE_AND_DATED = timedelta(minutes=10)  # between the key of a line, which holds a time, and its date

CHANGED = gettext_noop("This line says something else than when it was sealed.")
PLACE_GONE = gettext_noop("This line is there; its place in the seal is gone.")


class Kind(TextChoices):
    """What may be wrong."""

    EDITED = "edited", _("A line was changed")
    DELETED = "deleted", _("A line was deleted")
    INSERTED = "inserted", _("A line was put in later")
    REORDERED = "reordered", _("Lines changed places")
    TRUNCATED = "truncated", _("The end was cut off")
    CLOCK_BACK = "clock_back", _("The time is not right")
    REBUILT = "rebuilt", _("The end was made again")
    ERASED = "erased", _("A line was emptied without a line that tells so")
    UNSIGNED = "unsigned", _("A checkpoint is not signed by us")
    CHAIN = "chain", _("A checkpoint does not follow from the one before it")
    OUTSIDE = "outside", _("The seals outside the database are not complete")
    GUARD = "guard", _("The database does not refuse changes")

    @property
    def meaning(self) -> Any:
        """What it means, for who must find out."""
        return MEANINGS[self]


MEANINGS = {
    Kind.EDITED: _("What this line says now is not what was written. Compare it with a backup of before."),
    Kind.DELETED: _("A line that was sealed is not there any more. A backup of before still has it."),
    Kind.INSERTED: _("This line was not there when that time was sealed. What it tells may never have happened."),
    Kind.REORDERED: _("The lines are all there, in another order than they were written in."),
    Kind.TRUNCATED: _("The newest lines are gone. After a restore from a backup that is as expected: say so there."),
    Kind.CLOCK_BACK: _("The date of a line or of a seal cannot be right. Look at the clock of the server first."),
    Kind.REBUILT: _("From this checkpoint on, the database says something else than what was kept outside it."),
    Kind.ERASED: _("A line was emptied outside the destruction of a case, which always tells how many."),
    Kind.UNSIGNED: _("The signature is not made with our key. Was the key changed? Then name the old one."),
    Kind.CHAIN: _("Checkpoints were taken out, or put in between."),
    Kind.OUTSIDE: _("In the folder outside the database, checkpoints are missing or are not ours."),
    Kind.GUARD: _("A trigger is gone: from that moment on, lines could be changed. The administrator puts it back."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the facts in it: English for machines and on the command line, on a page as its reader reads."""

    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.facts

    @property
    def words(self) -> str:
        """In the language of the reader. The sentence is marked for translation where it is written."""
        return gettext(self.sentence) % self.facts

    def fields(self) -> dict[str, Any]:
        """For JSON, read again by `said_before`."""
        return {"told": str(self), "sentence": self.sentence, "facts": self.facts}


def said_before(kept: Mapping[str, Any] | str) -> Said:
    """What was kept of it; earlier verifications kept the English text only."""
    if isinstance(kept, str) or "sentence" not in kept:
        return Said("%(text)s", {"text": kept if isinstance(kept, str) else kept["told"]})
    return Said(kept["sentence"], kept["facts"])


def shown(at: datetime) -> str:
    """A moment in a sentence, by the clock of here like every other on the page."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, as exactly as can be said: checkpoint, place in the logbook, line."""

    kind: Kind
    told: Said
    checkpoint: int | None = None
    position: int | None = None
    line: str = ""

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | self.told.fields() | {"kind": self.kind.value}


@dataclass(slots=True)
class Verdict:
    """What a verification found, and how much it looked at."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    checkpoints: int = 0
    last_checkpoint: int = 0
    lines: int = 0
    not_sealed: int = 0
    erased: int = 0
    late: int = 0
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def found(self, kind: Kind, told: Said, **where: Any) -> None:
        """Note something that is wrong."""
        self.findings.append(Finding(kind, told, **where))

    def note(self, sentence: str, **facts: Any) -> None:
        """Note something that is good to know."""
        self.notes.append(Said(sentence, facts))

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        counts = ("checkpoints", "last_checkpoint", "lines", "not_sealed", "erased", "late")
        return {
            "sound": self.is_sound,
            **{name: getattr(self, name) for name in counts},
            "seconds": round(self.seconds, 2),
            "notes": [note.fields() for note in self.notes],
            "findings": [finding.fields() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A line where it was sealed: checkpoint, position, book with id, and the beginning of its leaf."""

    checkpoint: int
    position: int
    name: str
    leaf: str

    @property
    def line(self) -> str:
        """The id of the line."""
        return str(UUID(self.name[1:]))


def place(checkpoint: int, position: int, short_name: str) -> Place:
    """Read a line as it stands outside."""
    return Place(checkpoint, position, short_name[:-SHORT], short_name[-SHORT:])


def differences(sealed: Sequence[Place], found: Sequence[Place], there: Mapping[str, str]) -> list[Finding]:
    """What differs between what was sealed and what stands in its place; both in order.

    `there` gives the leaf of every line that exists, sealed or not: a line that lost its place was not deleted.
    """
    expected, actual = {each.name: each for each in sealed}, {each.name: each for each in found}
    findings = []
    for name, each in expected.items():
        if name not in there:
            findings.append(_found(Kind.DELETED, each, gettext_noop("This line was sealed and is gone.")))
        elif there[name] != each.leaf:
            findings.append(_found(Kind.EDITED, each, CHANGED))
        elif name not in actual:
            findings.append(_found(Kind.DELETED, each, PLACE_GONE))
    findings += [
        _found(Kind.INSERTED, each, gettext_noop("This line was not there when its checkpoint was sealed."))
        for name, each in actual.items()
        if name not in expected
    ]
    return findings + _moved([name for name in expected if name in actual], expected, actual)


def _moved(names: list[str], expected: Mapping[str, Place], actual: Mapping[str, Place]) -> list[Finding]:
    """Lines that are there, but in another order among each other."""
    now = sorted(names, key=lambda name: actual[name].position)
    told = gettext_noop("Another line stands here; this one stands at %(place)s.")
    return [
        _found(Kind.REORDERED, expected[name], told, place=actual[name].position)
        for name, instead in zip(names, now, strict=True)
        if name != instead
    ]


def _found(kind: Kind, where: Place, sentence: str, **facts: Any) -> Finding:
    return Finding(kind, Said(sentence, facts), where.checkpoint, where.position, where.line)


def cut_off(findings: Iterable[Finding], last: int) -> list[Finding]:
    """Deleted lines up to the very last one are one thing: the end was cut off."""
    rest = list(findings)
    missing = {each.position: each for each in rest if each.kind is Kind.DELETED and each.position}
    first = last + 1
    while first - 1 in missing:
        first -= 1
    tail = [missing[position] for position in range(first, last + 1)]
    if not tail:
        return rest
    sentence = gettext_noop("Gone from the end: %(count)s lines, from place %(first)s on; the first was %(line)s.")
    told = Said(sentence, {"count": len(tail), "first": first, "line": tail[0].line})
    return [each for each in rest if each not in tail] + [
        Finding(Kind.TRUNCATED, told, tail[0].checkpoint, first, tail[0].line)
    ]


def made_at(line: UUID) -> datetime | None:
    """The moment that stands in a key of version 7; None for other keys."""
    if line.version != 7:
        return None
    return datetime.fromtimestamp((line.int >> 80) / 1000, UTC)
