"""Who gets in at the pages of deviations, answers, spaces, lists of terms and imports."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from deviations.models import SpaceUserPermission
from organisation.kernel.ids import new_id
from tests.factories import CauseFactory, GroundFactory
from tests.house.world import World

from .entries import Entry

KEEPERS = "policy admin"


def of_request(world: World) -> dict:
    return {"pk": world.request.pk}


def of_draft(world: World) -> dict:
    return {"pk": world.draft.pk}


def of_agreed(world: World) -> dict:
    return {"pk": world.agreed.pk}


def of_space(world: World) -> dict:
    return {"pk": world.space.pk}


def of_register(world: World) -> dict:
    return {"pk": world.register.pk}


def suspended(world: World) -> dict:
    world.space.state = "suspended"
    world.space.save()
    return of_space(world)


def with_a_holder(world: World) -> dict:
    SpaceUserPermission.objects.get_or_create(
        permission=Permission.objects.get(codename="use_space", content_type__app_label="deviations"),
        user=world.people.caseworker,
        content_object=world.draft_space,
    )
    return {"pk": world.draft_space.pk}


def record(world: World) -> dict:
    """A quick record, kept as a draft."""
    return {
        "case": str(world.case.pk),
        "draft": str(new_id()),
        "routine": str(world.routine.pk),
        "kind": "made",
        "urgency": "normal",
        "belongs_or_helps": "2",
        "instead": "Call.",
        "action": "keep",
    }


def rewritten(world: World) -> dict:
    return record(world) | {"draft": str(world.draft.pk), "version": str(world.draft.version)}


def room(world: World) -> dict:
    """A narrow space, kept as a draft."""
    sliders = {f"{name}_slider": "0" for name in ("purpose", "rules", "means", "deciding", "sight")}
    until = timezone.localdate() + timedelta(days=90)
    return sliders | {
        "name": "Statements",
        "purpose": "Helping sooner.",
        "team": "",
        "valid_from": timezone.localdate().isoformat(),
        "valid_until": until.isoformat(),
        "action": "keep",
    }


def room_rewritten(world: World) -> dict:
    return room(world) | {"team": str(world.people.income.pk), "version": str(world.draft_space.version)}


def why(world: World) -> dict:
    return {"reasons": "It has to."}


# `team` are the caseworkers of the case; the manager sees what was put before them.
ENTRIES = {
    "deviations:list": Entry(get="everybody"),
    "deviations:new": Entry(get="team", post="team", query=lambda world: {"case": str(world.case.pk)}, data=record),
    "deviations:may-i": Entry(post="team", data=record),
    "deviations:block-needs-me": Entry(get="everybody"),
    "deviations:search-block": Entry(get="everybody", query=lambda world: {"q": "print"}),
    "deviations:of-case": Entry(get="team", args=lambda world: {"pk": world.case.pk}),
    "deviations:ground-list": Entry(get="everybody"),
    "deviations:ground-new": Entry(get=KEEPERS, post=KEEPERS),
    "deviations:ground": Entry(get=KEEPERS, post=KEEPERS, args=lambda world: {"code": GroundFactory().code}),
    "deviations:cause-new": Entry(get=KEEPERS, post=KEEPERS),
    "deviations:cause": Entry(get=KEEPERS, post=KEEPERS, args=lambda world: {"code": CauseFactory().code}),
    "deviations:deviation": Entry(get="team manager", args=of_request),
    "deviations:edit": Entry(get="caseworker", post="caseworker", args=of_draft, data=rewritten),
    "deviations:autosave": Entry(post="caseworker", args=of_draft, data=rewritten),
    "deviations:take-back": Entry(post="caseworker", refused="colleague manager", args=of_request, data=why),
    "deviations:withdraw": Entry(post="caseworker", refused="colleague manager", args=of_request, data=why),
    "deviations:decide": Entry(
        get="manager",
        post="manager",
        refused="team",
        args=of_request,
        data=lambda world: {"action": "agree", "version": str(world.request.version)},
    ),
    "deviations:evaluate": Entry(
        get="caseworker",
        post="caseworker",
        refused="colleague manager",
        args=of_agreed,
        data=lambda world: {"helped": "yes"},
    ),
    "deviations:queue": Entry(get="managers"),
    "deviations:block-queue": Entry(get="everybody"),
    "deviations:space-list": Entry(get="everybody"),
    "deviations:space-new": Entry(get="managers", post="managers"),
    "deviations:space-in-words": Entry(post="managers", data=room),
    "deviations:block-my-room": Entry(get="everybody"),
    "deviations:block-room-given": Entry(get="everybody"),
    "deviations:space": Entry(get="caseworker manager", args=of_space),
    "deviations:space-edit": Entry(get="manager", post="manager", args=with_a_holder, data=room_rewritten),
    "deviations:space-grant": Entry(post="manager", args=with_a_holder, data=lambda world: {}),
    "deviations:space-holders": Entry(
        post="manager",
        refused="caseworker",
        args=of_space,
        data=lambda world: {"people": str(world.people.colleague.pk)},
    ),
    "deviations:space-suspend": Entry(post="manager", refused="caseworker", args=of_space, data=why),
    "deviations:space-resume": Entry(post="manager", refused="caseworker", args=suspended, data=why),
    "deviations:space-withdraw": Entry(post="manager", refused="caseworker", args=of_space, data=why),
    "deviations:import-list": Entry(get=KEEPERS),
    "deviations:import-new": Entry(get=KEEPERS, post=KEEPERS),
    "deviations:import-example": Entry(get=KEEPERS),
    "deviations:import": Entry(get=KEEPERS, args=of_register),
    "deviations:import-start": Entry(post=KEEPERS, args=of_register),
    "deviations:import-discard": Entry(post=KEEPERS, args=of_register),
    "deviations:import-faults": Entry(get=KEEPERS, args=of_register),
}
