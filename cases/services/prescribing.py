"""Keeping the catalogue of routines: new routines, new versions, and corrections while a version is not in use."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import permissions
from cases.models import Routine, RoutineVersion
from cases.workflow import RoutineAction
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Event, PolicyDomain, User

MADE_MEANWHILE = gettext_lazy("Somebody made a new version while you were typing.")
RENAMED_MEANWHILE = gettext_lazy("Somebody changed the title or the owner while you were typing.")
CORRECTED_MEANWHILE = gettext_lazy("Somebody corrected this version while you were typing.")


class Text(TypedDict, total=False):
    """What a version says."""

    prescribes: str
    purpose: str
    source_type: str
    source_reference: str
    source_url: str


@transaction.atomic
def add_routine(
    *,
    by: User,
    code: str,
    title_nl: str,
    policy_domain: PolicyDomain,
    valid_from: date,
    title_en: str = "",
    owner: str = "",
    **text: Unpack[Text],
) -> Routine:
    """A new routine with its first version."""
    permissions.require(by, RoutineAction.ADD_ROUTINE, None)
    if Routine.objects.filter(code=code).exists():
        raise Refused(_("There is a routine with code %(code)s already.") % {"code": code})
    told = {"title_nl": title_nl, "title_en": title_en, "owner": owner}
    routine = Routine.objects.create(code=code, policy_domain=policy_domain, **told)
    version = RoutineVersion.objects.create(routine=routine, number=1, valid_from=valid_from, **text)
    Event.record(actor=by, verb="routine.added", target=routine, after=str(version))
    return routine


@transaction.atomic
def rename_routine(*, routine: Routine, by: User, seen: str, title_nl: str, title_en: str, owner: str) -> Routine:
    """Another title or owner; what the routine says stays. `seen` is the fingerprint of what was read."""
    routine = Routine.objects.select_for_update(of=("self",)).get(pk=routine.pk)
    permissions.require(by, RoutineAction.EDIT_ROUTINE, routine)
    if routine.fingerprint != seen:
        raise ChangedMeanwhile(RENAMED_MEANWHILE, routine)
    before = str(routine)
    told = {"title_nl": title_nl, "title_en": title_en, "owner": owner}
    changed = [name for name, value in told.items() if getattr(routine, name) != value]
    if changed:
        for name in changed:
            setattr(routine, name, told[name])
        routine.save(update_fields=changed)
        Event.record(actor=by, verb="routine.renamed", target=routine, before=before)
    return routine


@transaction.atomic
def add_version(
    *, routine: Routine, by: User, valid_from: date, reason: str, seen: int, **text: Unpack[Text]
) -> RoutineVersion:
    """A new version from a day on; the one before it ends that day. `seen` is the last number the maker knew of."""
    routine = Routine.objects.select_for_update(of=("self",)).get(pk=routine.pk)
    permissions.require(by, RoutineAction.ADD_VERSION, routine)
    last = routine.versions.order_by("-number").first()
    if last and last.number != seen:
        raise ChangedMeanwhile(MADE_MEANWHILE, last)
    if last:
        _end(last, valid_from)
    version = RoutineVersion.objects.create(
        routine=routine, number=last.number + 1 if last else 1, valid_from=valid_from, reason=reason, **text
    )
    Event.record(
        actor=by,
        verb="routine.version_added",
        target=routine,
        before=str(last or ""),
        after=str(version),
        remark=reason,
    )
    return version


@transaction.atomic
def correct_version(*, version: RoutineVersion, by: User, seen: str, **text: Unpack[Text]) -> RoutineVersion:
    """Correct the text of a version nobody has used yet. `seen` is the fingerprint of what was read."""
    Routine.objects.select_for_update(of=("self",)).get(pk=version.routine_id)
    version = RoutineVersion.objects.select_related("routine").get(pk=version.pk)
    permissions.require(by, RoutineAction.CORRECT_VERSION, version)
    if version.is_used():
        raise Refused(_("This version has been used. Make a new version instead."))
    if version.fingerprint != seen:
        raise ChangedMeanwhile(CORRECTED_MEANWHILE, version)
    changed = [name for name, value in text.items() if getattr(version, name) != value]
    if changed:
        for name in changed:
            setattr(version, name, text[name])  # type: ignore[literal-required]
        version.save(update_fields=changed)
        after = ", ".join(sorted(changed))
        Event.record(
            actor=by, verb="routine.version_corrected", target=version.routine, before=str(version), after=after
        )
    return version


def _end(version: RoutineVersion, on: date) -> None:
    """Let it hold up to that day. A version that was closed already keeps its end if that is earlier."""
    if on <= version.valid_from:
        raise Refused(
            _("A new version starts after the version before it, which starts on %(day)s.")
            % {"day": version.valid_from.strftime("%d-%m-%Y")}
        )
    if version.valid_until is None or version.valid_until > on:
        version.valid_until = on
        version.save(update_fields=["valid_until"])
