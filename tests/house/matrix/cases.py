"""Who gets in at the pages of cases and routines."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import RetentionHold
from tests.house.world import World

from .entries import Entry

KEEPERS = "policy admin"


def of_case(world: World) -> dict:
    return {"pk": world.case.pk}


def of_entry(world: World) -> dict:
    return {"pk": world.case.pk, "entry": world.entry.pk}


def of_agreement(world: World) -> dict:
    return {"pk": world.case.pk, "agreement": world.agreement.pk}


def of_share(world: World) -> dict:
    return {"pk": world.case.pk, "share": world.share.pk}


def of_attachment(world: World) -> dict:
    return {"pk": world.case.pk, "attachment": world.attachment.pk}


class Again(SimpleUploadedFile):
    """A file that can be sent any number of times."""

    def __init__(self) -> None:
        super().__init__("note.txt", b"Called back.")

    def read(self, *args):
        self.seek(0)
        return super().read(*args)


def held(world: World) -> dict:
    world.case.state = "on_hold"
    world.case.save()
    return of_case(world)


def of_hold(world: World) -> dict:
    held = RetentionHold.objects.create(
        case=world.case, kind="objection", reason="B-12", placed_by=world.people.caseworker
    )
    return {"pk": world.case.pk, "hold": held.pk}


def shared_with_team(world: World) -> dict:
    return {"pk": world.case.pk, "share": world.team_share.pk}


def facts(world: World) -> dict:
    """What the facts of the case are already."""
    return {
        "subject": "A question",
        "question": "May I?",
        "policy_domain": str(world.case.policy_domain_id),
        "contact_count": "2",
        "confidentiality": "team",
        "version": str(world.case.version),
    }


def written(world: World) -> dict:
    return {"text": "Called back.", "kind": "contact", "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M")}


def rewritten(world: World) -> dict:
    return written(world) | {"seen": world.entry.fingerprint}


def shared(world: World) -> dict:
    last_day = timezone.localdate() + timedelta(days=3)
    return {
        "to": f"user:{world.people.othermanager.pk}",
        "work": "read",
        "reason": "Helps",
        "last_day": last_day.isoformat(),
    }


def handed_over(world: World) -> dict:
    return {"to": str(world.people.colleague.memberships.get().pk), "reason": "Leave"}


def text(world: World) -> dict:
    return {"prescribes": "Wait.", "purpose": "Order.", "source_type": "habit"}


# `team` are the caseworkers of the case, `othermanager` reads along by a share where the case is shared.
ENTRIES = {
    "cases:list": Entry(get="everybody"),
    "cases:new": Entry(get="caseworkers", post="caseworkers"),
    "cases:export": Entry(get="caseworkers managers"),
    "cases:left-behind": Entry(get="managers"),
    "cases:block-mine": Entry(get="everybody"),
    "cases:search-block": Entry(get="everybody", query=lambda world: {"q": "print"}),
    "cases:case": Entry(get="team", args=of_case),
    "cases:edit": Entry(get="team", post="team", args=of_case, data=facts),
    "cases:apply": Entry(post="team", args=of_case, data=lambda world: {"routine": str(world.routine.pk)}),
    "cases:write": Entry(post="team", args=of_case, data=written),
    "cases:change-entry": Entry(get="team", post="caseworker", refused="colleague", args=of_entry, data=rewritten),
    "cases:addendum": Entry(get="team", post="team", args=of_entry, data=lambda world: {"text": "No, by mail."}),
    "cases:agree": Entry(
        post="team", args=of_case, data=lambda world: {"what": "Call", "party": "partner", "due_on": "2026-12-01"}
    ),
    "cases:done": Entry(post="team", args=of_agreement),
    "cases:undo": Entry(post="team", args=of_agreement),
    "cases:attach": Entry(post="team", args=of_case, data=lambda world: {"title": "Note", "file": Again()}),
    "cases:attachment": Entry(get="team", args=of_attachment),
    "cases:detach": Entry(post="team", args=of_attachment, data=lambda world: {}),
    "cases:share": Entry(get="team", post="team", args=of_case, data=shared),
    "cases:end-share": Entry(post="team", refused="othermanager", args=of_share, data=lambda world: {}),
    "cases:end-team-share": Entry(
        post="team", refused="stranger othermanager", args=shared_with_team, data=lambda world: {}
    ),
    "cases:hand-over": Entry(get="team", post="team", args=of_case, data=handed_over),
    "cases:classify": Entry(
        get="team", post="team", args=lambda world: {"pk": world.closed_case.pk}, data=lambda world: {}
    ),
    "cases:place-hold": Entry(
        get="team", post="team", args=of_case, data=lambda world: {"kind": "objection", "reason": "B-12"}
    ),
    "cases:lift-hold": Entry(get="team", post="team", args=of_hold, data=lambda world: {"why": "Decided"}),
    "cases:hold": Entry(get="team", post="team", args=of_case, data=lambda world: {"reason": "Waits"}),
    "cases:resume": Entry(post="team", args=held, data=lambda world: {}),
    "cases:close": Entry(get="team", post="team", args=of_case, data=lambda world: {"result": "reached"}),
    "cases:reopen": Entry(
        get="team", post="team", args=lambda world: {"pk": world.closed_case.pk}, data=lambda world: {"reason": "Back"}
    ),
    "cases:routine-list": Entry(get="everybody"),
    "cases:routine-new": Entry(
        get=KEEPERS,
        post=KEEPERS,
        data=lambda world: (
            text(world)
            | {
                "code": "TST-01",
                "title_nl": "New",
                "policy_domain": str(world.case.policy_domain_id),
                "valid_from": "2026-01-01",
            }
        ),
    ),
    "cases:routine": Entry(get="everybody", args=lambda world: {"code": world.routine.code}),
    "cases:routine-edit": Entry(
        get=KEEPERS,
        post=KEEPERS,
        args=lambda world: {"code": world.routine.code},
        data=lambda world: {"title_nl": "Nieuw", "seen": world.routine.fingerprint},
    ),
    "cases:routine-version": Entry(
        get=KEEPERS,
        post=KEEPERS,
        args=lambda world: {"code": world.routine.code},
        data=lambda world: (
            text(world) | {"valid_from": timezone.localdate().isoformat(), "reason": "Better", "seen": "1"}
        ),
    ),
    "cases:routine-correct": Entry(
        get=KEEPERS,
        post=KEEPERS,
        args=lambda world: {"code": world.routine.code, "number": 1},
        data=lambda world: text(world) | {"seen": world.routine.version_on().fingerprint},
    ),
}
