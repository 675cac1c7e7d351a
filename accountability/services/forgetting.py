"""Destroying things and all that hangs on them, in the transaction of the caller: counts stay, and nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from accountability.models import DestructionLine, EditionStory, Evidence, RegisterLine
from accountability.models.register import PUBLIC
from accountability.workflow.editions import EditionState
from accountability.workflow.retention import LineState
from cases.models import Case, RetentionHold, RoutineUse
from deviations.models import Deviation, RegisterImport, SpaceRequest
from learning.models import Link
from learning.services import keeping_counts
from organisation.models import Draft, Errand, Notice
from organisation.services.erasing_lines import erase_lines

from .hanging import Hanging, hanging_on, own_key, rows_of

UUID_IN_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
EMPTIED = "–"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went, and the names of the files that go once this is committed."""

    rows: int
    files: list[str]


@transaction.atomic
def forget(model: type[models.Model], keys: Iterable[UUID], *, because_of: models.Model) -> Forgotten:
    """Destroy these things: rows, history, words, drafts, notices, and what the logbook says of them.

    What is held is not destroyed: a hold that was not lifted stays where it is, and its foreign key refuses the end
    of this transaction. The caller looks for holds first and deletes the files afterwards.
    """
    found = hanging_on(model, keys)
    files = sorted(found.files() | _let_go_of_evidence())
    counted = {"deviations": found.of(Deviation), "uses": found.of(RoutineUse), "cases": found.of(Case)}
    keeping_counts.keep_counts(**counted)
    keeping_counts.let_go_of_stories(found.of(Link))
    told = Q(edition__state=EditionState.PUBLISHED, released_by__isnull=False)
    _let_go_of_public(EditionStory, "link", found.of(Link), stays=told)
    _let_go_of_public(RegisterLine, "deviation", found.of(Deviation), stays=Q(state__in=PUBLIC))
    _unlink_proposals(found)
    _let_go_of_what_is_in_progress(found)
    rows = _delete(found)
    # The things themselves first: a line that is being written about them now would be missed otherwise.
    erase_lines(about=found.named(), because_of=because_of, by=None)
    return Forgotten(rows, files)


@transaction.atomic
def empty_register(register_id: UUID) -> None:
    """What is left of an import says when it was and how many rows, and nothing of what was in them."""
    RegisterImport.objects.filter(pk=register_id).update(file_name=EMPTIED, faults=[], missing={})


def _let_go_of_public(model: type[models.Model], name: str, keys: Iterable[UUID], *, stays: Q) -> None:
    """Of accounts and the public register: what was made public stays, without what it came from; the rest goes."""
    for rows in rows_of(model, name, keys):
        rows.filter(stays).update(**{name: None})
        rows.filter(**{f"{name}__isnull": False}).delete()


def _let_go_of_evidence() -> set[str]:
    """Evidence about a colleague may tell of what goes now, and is easily made again: all of it goes.

    What is about the case itself hangs on it.
    """
    about_people = list(Evidence.objects.select_for_update(of=("self",)).filter(case__isnull=True))
    Evidence.objects.filter(pk__in=[each.pk for each in about_people]).delete()
    return {str(each.file.name) for each in about_people}


def _unlink_proposals(found: Hanging) -> None:
    for rows in rows_of(SpaceRequest, "deviation", found.of(Deviation)):
        for proposal in rows:
            proposal.deviation = None
            proposal.save(update_fields=["deviation"])


def _let_go_of_what_is_in_progress(found: Hanging) -> None:
    """Drafts by the key in their name, notices by what they are about, errands, and why a line was taken off."""
    keys = {str(key) for _type, key in found.named()}
    drafts = Draft.objects.values_list("pk", "key")
    about = [pk for pk, name in drafts.iterator() if keys & set(UUID_IN_KEY.findall(name))]
    things = {UUID(key) for key in keys}
    for chunk in rows_of(Draft, "pk", about):
        chunk.delete()
    for chunk in rows_of(Notice, "event__target_id", things):
        chunk.delete()
    for chunk in rows_of(Errand, "subject", things):
        chunk.delete()
    for chunk in rows_of(DestructionLine, "thing", things):
        chunk.filter(state=LineState.TAKEN_OFF).delete()


def _delete(found: Hanging) -> int:
    """By key and at once: our own code decides what goes along, and the database checks that nothing is left over."""
    count = 0
    for model, keys in (*found.history.items(), *found.rows.items()):
        for chunk in rows_of(model, own_key(model), keys):
            going = chunk.filter(lifted_at__isnull=False) if model is RetentionHold else chunk
            count += going._raw_delete(going.db)
    return count
