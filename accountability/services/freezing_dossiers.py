"""Freezing the dossier of every decision, and adding notes to it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.models import DossierNote, FrozenDossier
from accountability.permissions import dossiers as permissions
from accountability.rules import dossiers
from accountability.rules.dossier_items import Later, items
from accountability.workflow.dossiers import Action
from deviations.models import Decision, Deviation
from deviations.services import freezing
from organisation.kernel.access import Refused
from organisation.models import Event, User

from . import compiling

BATCH = 200
AFTERWARDS = ("letter", "money", "term")  # these cannot be complete on the day of the decision
Kind = DossierNote.Kind
SAY_IT = _("Write what you add.")
REFER = _("Write the reference, so that others can find it.")
NOT_YET = _("This day has not come yet.")


def freeze_due() -> int:
    """Freeze the dossiers that are not frozen yet, the oldest first. Returns how many; doing it again freezes none."""
    waiting = Decision.objects.filter(dossier=None).order_by("at", "pk").values_list("pk", flat=True)
    return len([freeze(Decision(pk=pk)) for pk in waiting[:BATCH]])


@transaction.atomic
def freeze(decision: Decision) -> FrozenDossier:
    """Keep what the dossier held at this decision, once; the logbook keeps its digest."""
    if there := FrozenDossier.objects.filter(decision=decision).first():
        return there
    beside = ("deviation__case", "deviation__team", "deviation__author", "deviation__routine_version__routine")
    decision = Decision.objects.select_related("by", "on_behalf_of", "space__granted_by", *beside).get(pk=decision.pk)
    content = compiling.at_decision(decision)
    lacking = [code for code in dossiers.missing(items(content, Later())) if code not in AFTERWARDS]
    fields = {"deviation": decision.deviation, "content": content, "missing": lacking}
    frozen, created = FrozenDossier.objects.get_or_create(
        decision=decision, defaults=fields | {"digest": freezing.digest(content)}
    )
    if created:
        Event.record(actor=None, verb="dossier.freeze", target=decision.deviation, after=frozen.digest)
    return frozen


def is_untouched(frozen: FrozenDossier) -> bool:
    """Whether what is kept is still what was frozen."""
    return freezing.digest(frozen.content) == frozen.digest


@transaction.atomic
def add_note(
    *, deviation: Deviation, by: User, kind: str, text: str = "", reference: str = "", dated: date | None = None
) -> DossierNote:
    """Add to the dossier. What was frozen stays as it is, and a note is never changed."""
    deviation = Deviation.objects.select_for_update(of=("self",)).select_related("case").get(pk=deviation.pk)
    permissions.require(by, Action.NOTE, deviation)
    if kind == Kind.REMARK and not text.strip():
        raise Refused(SAY_IT)
    if kind != Kind.REMARK and not reference.strip():
        raise Refused(REFER)
    today = timezone.localdate()
    if dated and dated > today:
        raise Refused(NOT_YET)
    note = DossierNote.objects.create(
        deviation=deviation, kind=kind, text=text, reference=reference, dated=dated or today, by=by
    )
    Event.record(actor=by, verb="dossier.note", target=deviation, after=kind)
    return note
