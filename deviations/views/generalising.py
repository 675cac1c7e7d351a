"""From requests to a space: choosing alike requests, answering all of them in one step, and what came of each."""

import hashlib
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deviations.forms.generalising import GeneralForm
from deviations.models import Deviation, DiscretionarySpace, Generalisation
from deviations.rules.sliders import SLIDERS
from deviations.rules.weighing import RiskFlag
from deviations.services import generalising, hearing
from deviations.services.generalising import MOST
from organisation.drafting import drafted, kept
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay, Draft, Membership, Role, User
from organisation.pages import Request, show

from .answering import waiting_for
from .writing import see

PAGE = "deviations/generalise.html"
HALF_A_YEAR, LOOK_BACK = timedelta(days=182), timedelta(days=91)


@require_http_methods(["GET", "POST"])
def generalise(request: Request) -> HttpResponse:
    """Choose alike requests, and make one general space of them; the choice stands in the address."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    if request.method == "POST":
        return _send(request)
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("Choose in the queue which requests you want to answer together."))
        return see(reverse("deviations:queue"))
    space, holders = _proposed(request.user, chosen)
    form = drafted(request, GeneralForm(instance=space, initial=holders, by=request.user), _draft_key(chosen))
    return _page(request, chosen, form)


@require_http_methods(["GET", "POST"])
def generalised(request: Request, pk: UUID) -> HttpResponse:
    """What came of each request; what had no turn yet can still be answered."""
    made = get_object_or_404(Generalisation.objects.visible_to(request.user).select_related("space__team", "by"), pk=pk)
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            generalising.go_on(generalisation=made, by=request.user)
            return see(made.get_absolute_url())
        except Refused as refused:
            status, refusal = 409, str(refused.reason)
    rows = list(made.answers.select_related("deviation__author", "deviation__routine", "deviation__team"))
    counts = Counter(row.result for row in rows)
    context = {"made": made, "rows": rows, "left": counts[""], "agreed": counts["agreed"], "refusal": refusal}
    return show(request, "deviations/generalised.html", context | {"skipped": counts["skipped"]}, status=status)


def _send(request: Request) -> HttpResponse:
    form = GeneralForm(request.POST, instance=DiscretionarySpace(granted_by=request.user), by=request.user)
    read = _read(request)
    chosen = _of(request.user, list(read))
    kept(form, _draft_key(chosen))
    if not form.is_valid():
        return _page(request, chosen, form, status=422)
    key = form.cleaned_data["key"] or form["key"].initial
    try:
        made = generalising.generalise(key=key, requests=read, wish=form.wish, by=request.user)
    except Refused as refusal:
        return _page(request, _of(request.user, list(read)), form, status=409, refusal=refusal.reason)
    Draft.discard(request.user, _draft_key(chosen))
    return see(made.get_absolute_url())


def _draft_key(chosen: list[Deviation]) -> str:
    """Of what is typed about exactly these requests."""
    names = ",".join(sorted(str(asked.pk) for asked in chosen))
    return f"deviations:generalise:{hashlib.sha256(names.encode()).hexdigest()[:32]}"


def _chosen(request: Request) -> list[Deviation]:
    """Those that were ticked, or all that wait about one routine."""
    if routine := request.GET.get("routine"):
        return list(waiting_for(request.user).filter(routine__code=routine)[:MOST])
    return _of(request.user, _keys(request.GET.getlist("request")))


def _of(user: User, keys: list[UUID]) -> list[Deviation]:
    return list(waiting_for(user).filter(pk__in=keys)[:MOST]) if keys else []


def _read(request: Request) -> dict[UUID, int]:
    """The requests that were sent along, each with the version that was read."""
    versions = {key: request.POST.get(f"version-{key}", "") for key in _keys(request.POST.getlist("request"))}
    return {key: int(sent) if sent.isdecimal() else 0 for key, sent in versions.items()}


def _keys(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _proposed(by: User, chosen: list[Deviation]) -> tuple[DiscretionarySpace, dict[str, Any]]:
    """The form filled in with what these requests have in common."""
    proposal, _not_covered = generalising.proposal_for(chosen)
    routines = {asked.routine_id: asked for asked in chosen if asked.routine_id in proposal.routines}
    first, today = next(iter(routines.values()), chosen[0]), timezone.localdate()
    team = Counter(asked.team_id for asked in chosen).most_common(1)[0][0]
    authors = {asked.author_id for asked in chosen if asked.team_id == team} - {by.pk}
    at_work = Membership.objects.current().filter(team=team, role=Role.CASEWORKER, user__in=authors)
    space = DiscretionarySpace(
        granted_by=by,
        name=str(first.routine.title)[:120] if first.routine else "",
        purpose=first.routine_version.purpose if first.routine_version and len(routines) == 1 else "",
        valid_until=today + HALF_A_YEAR,
        evaluate_on=today + LOOK_BACK,
        cents_per_deviation=None if proposal.per_deviation is None else int(proposal.per_deviation * 100),
        **{f"{name}_slider": getattr(proposal, name) for name in SLIDERS},
        **{f"never_{flag}": flag in proposal.never for flag in RiskFlag.values},
    )
    people = list(at_work.values_list("user_id", flat=True).distinct())
    return space, {"team": team, "people": people, "routines": list(routines)}


def _page(
    request: Request, chosen: list[Deviation], form: GeneralForm, *, status: int = 200, refusal: Any = ""
) -> HttpResponse:
    """The requests, each with whether this space would hold it, and the form."""
    AccessEvent.record(actor=request.user, targets=chosen, way=AccessWay.PAGE)
    hearing.mark_lacking(chosen)
    _proposal, not_covered = generalising.proposal_for(chosen)
    routines = {asked.routine_id for asked in chosen}
    more = waiting_for(request.user).filter(routine__in=routines).exclude(pk__in=[asked.pk for asked in chosen])
    context = {
        "rows": [(asked, not_covered.get(asked.pk, "")) for asked in chosen],
        "more": more[: max(MOST - len(chosen), 0)],
        "form": form,
        "refusal": refusal,
        "lacking": any(asked.lacks for asked in chosen),  # type: ignore[attr-defined]
    }
    return show(request, PAGE, context, status=status)
