"""Pages of the building blocks: what they ask, what the figures show, and what is asked of you."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accountability.forms.blocks import BlockForm
from accountability.models import BuildingBlock, Pulse, Scan, Stock
from accountability.models.pulses import QUESTIONS
from accountability.permissions import blocks as permissions
from accountability.services import keeping_blocks, scanning, showing_blocks
from accountability.workflow.blocks import Action, PulseAction
from organisation.models import Role, Team
from organisation.pages import Request, show

PULSES_SHOWN = 6


@require_safe
def blocks(request: Request) -> HttpResponse:
    """The seven blocks with their figures, the trust pulse, and the self-scans that this person reads."""
    pulses = list(Pulse.objects.visible_to(request.user)[:PULSES_SHOWN])
    context = {
        "blocks": showing_blocks.blocks(),
        "stock": Stock.objects.first(),
        "may_keep": permissions.answer(request.user, Action.KEEP),
        "closed": BuildingBlock.objects.exclude(valid_until=None),
        "pulses": [each for each in pulses if each.state == "closed"],
        "open_pulse": next((each for each in pulses if each.state == "open"), None),
        "questions": QUESTIONS.values(),
        "may_open_pulse": permissions.answer_with_pulse(request.user, PulseAction.OPEN),
        "half": scanning.this_half(),
        "teams": _teams(request),
    }
    return show(request, "accountability/blocks/page.html", context)


@require_safe
def due(request: Request) -> HttpResponse:
    """What the building blocks ask of this person now, for the first screen."""
    half = scanning.this_half()
    led = Team.objects.open().filter(pk__in=request.user.standing.leads)
    scans = list(Scan.objects.filter(team__in=request.user.standing.teams).of(half).select_related("team"))
    scanned = {scan.team_id for scan in scans}
    context = {
        "half": half,
        "to_begin": [team for team in led if team.pk not in scanned],
        "scans": [scan for scan in scans if scan.state == "open"],
        "pulse": Pulse.objects.open().filter(invitations__person=request.user, invitations__answered=False).first(),
        "learns": request.user.has_role(Role.POLICY_OFFICER),
        "open_pulse": Pulse.objects.open().first(),
        "closed_scans": Scan.objects.closed().of(half).count(),
        "all_teams": Team.objects.open().count(),
    }
    return show(request, "accountability/blocks/due.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A block of the municipality's own."""
    return _form(request, BuildingBlock(), _("New building block"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, code: str) -> HttpResponse:
    """Other words for a block, or its last day."""
    found = get_object_or_404(BuildingBlock, code=code)
    return _form(request, found, found.label)


def _form(request: Request, block: BuildingBlock, title: str) -> HttpResponse:
    if not permissions.answer(request.user, Action.KEEP):
        raise Http404
    form = BlockForm(request.POST if request.method == "POST" else None, instance=block)
    context: dict[str, Any] = {"block": block, "form": form, "title": title}
    if request.method != "POST":
        return show(request, "accountability/blocks/edit.html", context)
    if not form.is_valid():
        return show(request, "accountability/blocks/edit.html", context, status=422)
    saved = keeping_blocks.save_block(block=block, by=request.user, fields=form.cleaned_data)
    messages.success(request, _("%(code)s is saved.") % {"code": saved.label})
    return redirect("accountability:block-list")


def _teams(request: Request) -> list[dict[str, Any]]:
    """The teams whose self-scan this person may read, with the one of this half-year where they see it."""
    scans = Scan.objects.visible_to(request.user)
    own = request.user.standing.teams
    teams = Team.objects.open().filter(pk__in={*own, *scans.order_by().values_list("team", flat=True)})
    now = {scan.team_id: scan for scan in scans.of(scanning.this_half())}
    leads = request.user.standing.leads
    return [
        {"team": team, "scan": now.get(team.pk), "leads": team.pk in leads, "own": team.pk in own} for team in teams
    ]
