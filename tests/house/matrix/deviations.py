"""Who gets in at the pages of deviations, answers, spaces, lists of terms and imports."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from deviations.models import Decision, Generalisation, SpaceUserPermission
from deviations.services import consulting
from organisation.kernel.ids import new_id
from tests.factories import CauseFactory, DeviationFactory, GroundFactory
from tests.house.world import World

from .entries import Entry

KEEPERS = "policy admin"


def of_request(world: World) -> dict:
    return {"pk": world.request.pk}


def of_draft(world: World) -> dict:
    return {"pk": world.draft.pk}


def of_agreed(world: World) -> dict:
    return {"pk": world.agreed.pk}


def of_letter(world: World) -> dict:
    """A decision that counts."""
    deviation, fields = world.agreed, {"author": world.people.caseworker, "answer": "agreed", "snapshot": {}}
    Decision.objects.get_or_create(deviation=deviation, defaults={"by": world.people.manager, **fields})
    return {"pk": deviation.pk}


def of_voided(world: World) -> dict:
    """A decision that no longer counts; the deviation is a draft, which only its author sees."""
    fields = {"by": world.people.manager, "author": world.people.caseworker, "answer": "agreed", "snapshot": {}}
    fields["at"] = fields["voided_at"] = timezone.now()
    deviation = DeviationFactory(case=world.agreed.case, routine=world.routine)
    return {"pk": Decision.objects.create(deviation=deviation, **fields).pk}


def of_asked(world: World) -> dict:
    return {"pk": world.asked.pk}


def of_advised(world: World) -> dict:
    consulting.answer(consultation=world.asked, by=world.people.colleague, view="agrees")
    return of_asked(world)


def asking(world: World) -> dict:
    return {"kind": "peer", "asked": str(world.people.colleague.pk), "question": "Would you do this?"}


def advising(world: World) -> dict:
    return {"view": "agrees", "text": "Yes."}


def received(world: World) -> dict:
    return {"view": "agrees", "received_on": timezone.localdate().isoformat(), "reference": "Legal 2026/12"}


def of_unease(world: World) -> dict:
    return {"pk": world.unease.pk}


def of_space(world: World) -> dict:
    return {"pk": world.space.pk}


def of_register(world: World) -> dict:
    return {"pk": world.register.pk}


def of_proposal(world: World) -> dict:
    return {"pk": world.proposal.pk}


def returned_proposal(world: World) -> dict:
    world.proposal.state = "returned"
    world.proposal.save()
    return of_proposal(world)


def proposal(world: World) -> dict:
    """A proposal for a space, as its form sends it."""
    team = str(world.people.income.pk)
    return {"team": team, "name": "Statements", "why": "Each week.", "routines": str(world.routine.pk), "text": "So."}


def of_generalisation(world: World) -> dict:
    made = Generalisation.objects.create(space=world.space, action="agree", by=world.people.manager)
    return {"pk": made.pk}


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


def revised(world: World) -> dict:
    """Only what may be added without asking again."""
    written = ("kind", "urgency", "belongs_or_helps", "if_followed", "instead", "why_here")
    same = {name: str(getattr(world.agreed, name)) for name in written}
    return same | {"routine": str(world.routine.pk), "structural": "incident"}


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
    "deviations:precedents": Entry(get="team manager", args=of_request),
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
    "deviations:letter": Entry(
        get="team manager",
        post="team manager",
        args=of_letter,
        data=lambda world: {"text": "Wij doen het volgende.", "action": "pdf"},
    ),
    "deviations:revise": Entry(get="caseworker", post="caseworker", args=of_agreed, data=revised),
    "deviations:decision": Entry(get="team manager", args=of_voided),
    "deviations:object": Entry(
        post="manager", refused="caseworker colleague", args=lambda world: {"pk": world.used.pk}, data=why
    ),
    "deviations:evaluate": Entry(
        get="caseworker",
        post="caseworker",
        refused="colleague manager",
        args=of_agreed,
        data=lambda world: {"helped": "yes"},
    ),
    "deviations:advice-list": Entry(get="everybody"),
    "deviations:advice-ask": Entry(get="caseworker", post="caseworker", args=of_draft, data=asking),
    "deviations:advice-receive": Entry(get="caseworker", post="caseworker", args=of_draft, data=received),
    "deviations:consultation": Entry(
        get="caseworker colleague", post="colleague", refused="caseworker", args=of_asked, data=advising
    ),
    "deviations:advice-withdraw": Entry(post="caseworker", args=of_asked, data=lambda world: {}),
    "deviations:advice-settle": Entry(
        get="caseworker", post="caseworker", args=of_advised, data=lambda world: {"followed": "yes"}
    ),
    "deviations:unease-list": Entry(get="everybody"),
    "deviations:block-unease": Entry(get="everybody"),
    "deviations:unease-new": Entry(
        get="caseworkers", post="caseworkers", data=lambda world: {"text": "The letter is wrong.", "key": ""}
    ),
    "deviations:unease": Entry(get="caseworker manager policy", args=of_unease),
    "deviations:unease-reply": Entry(
        post="manager policy",
        refused="caseworker",
        args=of_unease,
        data=lambda world: {"kind": "received", "text": "Thank you."},
    ),
    "deviations:unease-deviate": Entry(
        post="caseworker",
        refused="manager policy",
        args=of_unease,
        data=lambda world: {"kind": "considered", "case": str(world.case.pk)},
    ),
    "deviations:queue": Entry(get="managers"),
    "deviations:generalise": Entry(
        get="managers", post="managers", query=lambda world: {"request": str(world.request.pk)}
    ),
    "deviations:generalised": Entry(get="manager", post="manager", args=of_generalisation),
    "deviations:block-queue": Entry(get="everybody"),
    "deviations:space-list": Entry(get="everybody"),
    "deviations:space-new": Entry(get="managers", post="managers"),
    "deviations:space-in-words": Entry(post="managers", data=room),
    "deviations:space-request-list": Entry(get="everybody"),
    "deviations:space-request-new": Entry(get="caseworkers", post="caseworkers"),
    "deviations:space-request": Entry(get="caseworker manager", args=of_proposal),
    "deviations:space-request-reply": Entry(get="caseworker", post="caseworker", args=returned_proposal, data=proposal),
    "deviations:space-request-withdraw": Entry(post="caseworker", refused="manager", args=of_proposal, data=why),
    "deviations:space-request-answer": Entry(
        post="manager", refused="caseworker", args=of_proposal, data=lambda world: {"action": "grant"}
    ),
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
    "deviations:simulate": Entry(get="manager", post="manager", args=of_space, data=lambda world: {"months": "12"}),
    "deviations:space-evaluate": Entry(
        get="manager",
        post="manager",
        refused="caseworker",
        args=of_space,
        data=lambda world: {"verdict": "keep", "words": "It helps."},
    ),
    "deviations:space-renew": Entry(post="manager", refused="caseworker", args=of_space, data=lambda world: {}),
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
