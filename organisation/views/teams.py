"""Pages where administrators manage teams."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisation import permissions
from organisation.forms import RemarkForm, TeamForm
from organisation.kernel.access import Refused
from organisation.models import Membership, Team
from organisation.pages import PAGE, Request, for_administrators, posted, show
from organisation.permissions import Action
from organisation.services import managing_teams


@require_GET
@for_administrators
def team_list(request: Request) -> HttpResponse:
    """Every team with its size; `?closed=1` shows the closed ones too, `?q=` searches."""
    today = timezone.localdate()
    holds = Q(memberships__since__lte=today, memberships__user__is_active=True) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gt=today)
    )
    found = Team.objects.visible_to(request.user).prefetch_related("policy_domains").order_by("name", "pk")
    found = found.annotate(size=Count("memberships__user", filter=holds, distinct=True))
    if not request.GET.get("closed"):
        found = found.open()
    if text := request.GET.get("q", "").strip():
        found = found.filter(name__icontains=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "organisation/teams.html", {"page": page, "q": text, "closed": request.GET.get("closed")})


@for_administrators
def team_new(request: Request) -> HttpResponse:
    """Make a team."""
    form = TeamForm(posted(request))
    refusal = None
    if form.is_valid():
        try:
            made = managing_teams.create_team(by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The team has been made. Add people from their own page."))
            return HttpResponseRedirect(made.get_absolute_url(), status=303)
    status = 409 if refusal else 422 if request.method == "POST" else 200
    return show(request, "organisation/team_form.html", {"form": form, "refusal": refusal}, status=status)


@require_GET
@for_administrators
def team(request: Request, pk: UUID) -> HttpResponse:
    """One team and who is in it."""
    return _page(request, get_object_or_404(Team.objects.visible_to(request.user), pk=pk))


def _page(request: Request, some_team: Team, *, status: int = 200, **context: object) -> HttpResponse:
    members = Membership.objects.filter(team=some_team).select_related("user").order_by("user__name", "since")
    context = {
        "team": some_team,
        "members": [membership for membership in members if membership.until is None],
        "former": [membership for membership in members if membership.until is not None],
        "may": {
            action.value: permissions.may(request.user, action, some_team)
            for action in (Action.EDIT_TEAM, Action.CLOSE_TEAM)
        },
        "close_form": RemarkForm(),
        "refusal": None,
        **context,
    }
    return show(request, "organisation/team.html", context, status=status)


@for_administrators
def team_edit(request: Request, pk: UUID) -> HttpResponse:
    """Another name or other fields of work."""
    some_team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = TeamForm(posted(request), instance=some_team)
    refusal = None
    if form.is_valid():
        try:
            managing_teams.edit_team(by=request.user, team=some_team, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The changes have been saved."))
            return HttpResponseRedirect(some_team.get_absolute_url(), status=303)
    status = 409 if refusal else 422 if request.method == "POST" else 200
    context = {"form": form, "team": some_team, "refusal": refusal}
    return show(request, "organisation/team_form.html", context, status=status)


@require_POST
@for_administrators
def team_close(request: Request, pk: UUID) -> HttpResponse:
    """Close a team."""
    some_team = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, some_team, close_form=form, status=422)
    try:
        managing_teams.close_team(by=request.user, team=some_team, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, some_team, refusal=refusal, status=409)
    messages.success(request, _("The team has been closed."))
    return HttpResponseRedirect(some_team.get_absolute_url(), status=303)
