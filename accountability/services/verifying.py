"""Verifying the logbook: every line against its digest, every checkpoint against its root, and both against outside.

Read in order of position, a stretch at a time, so that memory does not grow with the logbook. What stands outside is
read before the database: the seal writes the database first, so outside is never ahead by itself.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_noop

from accountability.rules import tampering
from accountability.rules.tampering import Finding, Kind, Place, Said, Verdict, place, shown
from organisation.kernel.merkle import root_of
from organisation.kernel.seals import BEFORE_ALL, SHORT, is_signed
from organisation.models import Checkpoint, SealedLine
from organisation.services import guarding, sealing, sealing_outside
from organisation.services.sealing_outside import Outside, Record

from . import reading_lines, verifying_rest
from .reading_lines import Line

LINES_AT_ONCE = 4_000
LATE = timedelta(minutes=2)
AHEAD = timedelta(minutes=5)  # between the clocks of two machines


def verify(*, folder: Path | None = None, step: Callable[[], None] = lambda: None) -> Verdict:
    """Look at everything. `folder` is another copy of the seals; `step` is called now and then, for who waits."""
    started = time.monotonic()
    verdict = _Verification(sealing_outside.read(folder), step).run()
    verdict.seconds = time.monotonic() - started
    return verdict


class _Verification:
    """One verification, and what it has seen so far."""

    def __init__(self, outside: Outside, step: Callable[[], None]) -> None:
        self.outside, self.step, self.verdict = outside, step, Verdict()
        self.trusted = sealing.trusted()
        self.erasures: Counter[UUID] = Counter()
        self.before: Checkpoint | None = None
        self.chain_holds = True
        # From the first checkpoint that says something else outside: what was sealed there, and what stands here.
        self.sealed_there: list[Place] = []
        self.standing_here: list[Place] = []

    def run(self) -> Verdict:
        """All of it, in order."""
        for name in guarding.missing():
            self.verdict.found(Kind.GUARD, Said(gettext_noop("The trigger %(name)s is not there."), {"name": name}))
        for stretch in reading_lines.stretches(Checkpoint.objects.order_by("number").iterator(), LINES_AT_ONCE):
            self._stretch(stretch)
            self.step()
        self._signatures()
        self._rebuilt()
        last = self.before
        verifying_rest.outside(self.verdict, self.outside, last, self.trusted)
        verifying_rest.unsealed(self.verdict, last, self.erasures)
        verifying_rest.erasures(self.verdict, self.erasures)
        end = last.first + last.lines - 1 if last else 0
        self.verdict.findings = tampering.cut_off(self.verdict.findings, end)
        self.verdict.last_checkpoint = last.number if last else 0
        return self.verdict

    def _stretch(self, stretch: Sequence[Checkpoint]) -> None:
        first, end = stretch[0].first, max(each.first + each.lines for each in stretch)
        lines = reading_lines.sealed_between(first, end - 1)
        rows = SealedLine.objects.filter(position__gte=first, position__lt=end).order_by("position")
        placed: dict[int, tuple[str, str]] = {
            position: (f"{book}{line.hex}", bytes(leaf).hex()[:SHORT])
            for position, book, line, leaf in rows.values_list("position", "book", "line", "leaf")
        }
        for checkpoint in stretch:
            span = range(checkpoint.first, checkpoint.first + checkpoint.lines)
            self._checkpoint(checkpoint, {place: placed[place] for place in span if place in placed}, lines)
            self.before = checkpoint

    def _checkpoint(self, checkpoint: Checkpoint, placed: dict[int, tuple[str, str]], lines: dict[str, Line]) -> None:
        self.verdict.checkpoints += 1
        self._follows(checkpoint)
        here = [
            Place(checkpoint.number, position, name, lines[name].short)
            for position, (name, _leaf) in placed.items()
            if name in lines
        ]
        for each in here:
            self._line(lines[each.name], each, checkpoint)
        record = self._outside_of(checkpoint)
        if record and record.body != checkpoint.body:
            self.sealed_there += _places(record)
            self.standing_here += here
        elif len(here) != checkpoint.lines or _root(here, lines) != checkpoint.root:
            sealed = _places(record) if record else _by_places(checkpoint, placed)
            self._differs(checkpoint, sealed, here, lines)

    def _differs(self, checkpoint: Checkpoint, sealed: list[Place], here: list[Place], lines: dict[str, Line]) -> None:
        """Say what is wrong under one checkpoint; when nothing can be pointed at, at least which checkpoint it is."""
        known = {name: line.short for name, line in lines.items()}
        elsewhere = reading_lines.named({each.name for each in sealed} - set(known))
        known |= {name: line.short for name, line in elsewhere.items()}
        found = tampering.differences(sealed, here, known)
        told = Said(gettext_noop("The lines under this checkpoint are not the ones that were sealed."))
        self.verdict.findings += found or [Finding(Kind.EDITED, told, checkpoint.number, checkpoint.first)]

    def _line(self, line: Line, where: Place, checkpoint: Checkpoint) -> None:
        self.verdict.lines += 1
        at = {"checkpoint": where.checkpoint, "position": where.position, "line": where.line}
        if line.fault:
            self.verdict.found(Kind.EDITED, Said(line.fault), **at)
        if line.erased_in:
            self.erasures[line.erased_in] += 1
        if checkpoint.brought_in:
            return
        if told := self._wrong_time(line, checkpoint):
            self.verdict.found(Kind.CLOCK_BACK, told, **at)
        elif self.before and line.at < self.before.sealed_at - LATE:
            self.verdict.late += 1
            if self.verdict.late == 1:
                said = gettext_noop("Checkpoint %(number)s holds a line of some time before it (%(line)s).")
                self.verdict.note(said, number=where.checkpoint, line=where.line)

    def _wrong_time(self, line: Line, checkpoint: Checkpoint) -> Said | None:
        made = tampering.made_at(line.id)
        if line.at > checkpoint.sealed_at + AHEAD:
            return Said(gettext_noop("It is dated %(at)s, after its seal."), {"at": shown(line.at)})
        if self.before and line.at < self.before.sealed_at - sealing.REACH:
            return Said(gettext_noop("It is dated %(at)s, long before the seal before it."), {"at": shown(line.at)})
        if made and abs(made - line.at) > tampering.MADE_AND_DATED:
            sentence = gettext_noop("It is dated %(at)s and was made %(made)s.")
            return Said(sentence, {"at": shown(line.at), "made": shown(made)})
        return None

    def _follows(self, checkpoint: Checkpoint) -> None:
        """Whether it names the one before it, begins where that ended, and is later."""
        before = self.before
        number, first = (before.number + 1, before.first + before.lines) if before else (1, 1)
        previous = before.body.digest if before else BEFORE_ALL
        if (checkpoint.number, checkpoint.first, checkpoint.previous) != (number, first, previous):
            self.chain_holds = False
            told = Said(gettext_noop("It does not follow from checkpoint %(number)s."), {"number": number - 1})
            self.verdict.found(Kind.CHAIN, told, checkpoint=checkpoint.number, position=checkpoint.first)
        if before and checkpoint.sealed_at < before.sealed_at - tampering.SAME_MOMENT:
            sentence = gettext_noop("It was sealed %(at)s, before the one before it (%(before)s).")
            told = Said(sentence, {"at": shown(checkpoint.sealed_at), "before": shown(before.sealed_at)})
            self.verdict.found(Kind.CLOCK_BACK, told, checkpoint=checkpoint.number, position=checkpoint.first)

    def _outside_of(self, checkpoint: Checkpoint) -> Record | None:
        """What stands outside with this number, unless that is not signed while this one is."""
        record = self.outside.record(checkpoint.number)
        if record is None or record.body == checkpoint.body:
            return record
        if self._trusts(record) or not self._trusts(checkpoint):
            return record
        told = Said(gettext_noop("Outside it says something else, which is not signed."))
        self.verdict.found(Kind.OUTSIDE, told, checkpoint=checkpoint.number)
        return None

    def _trusts(self, signed: Record | Checkpoint) -> bool:
        return signed.signer in self.trusted and is_signed(signed.body.fields(), signed.signature, signed.signer)

    def _signatures(self) -> None:
        """Each checkpoint stands for all before it: when the chain holds, the last signature is that of all."""
        if self.before is None or (self.chain_holds and self._trusts(self.before)):
            return
        for checkpoint in Checkpoint.objects.order_by("number").iterator():
            if not self._trusts(checkpoint):
                told = Said(gettext_noop("Its signature is not made with our key."))
                self.verdict.found(Kind.UNSIGNED, told, checkpoint=checkpoint.number, position=checkpoint.first)

    def _rebuilt(self) -> None:
        if not self.sealed_there:
            return
        names = {each.name for each in (*self.sealed_there, *self.standing_here)}
        known = {name: line.short for name, line in reading_lines.named(names).items()}
        first = self.sealed_there[0]
        sentence = gettext_noop(
            "From checkpoint %(number)s on, the database says something else than what stands outside."
        )
        told = Said(sentence, {"number": first.checkpoint})
        self.verdict.found(Kind.REBUILT, told, checkpoint=first.checkpoint, position=first.position, line=first.line)
        self.verdict.findings += tampering.differences(self.sealed_there, self.standing_here, known)


def _places(record: Record) -> list[Place]:
    return [
        place(record.body.number, position, name) for position, name in enumerate(record.lines, start=record.body.first)
    ]


def _by_places(checkpoint: Checkpoint, placed: dict[int, tuple[str, str]]) -> list[Place]:
    """Without the folder: what the database itself kept of the moment of sealing."""
    return [Place(checkpoint.number, position, name, leaf) for position, (name, leaf) in placed.items()]


def _root(here: list[Place], lines: dict[str, Line]) -> str:
    return root_of([lines[each.name].leaf for each in here]).hex()
