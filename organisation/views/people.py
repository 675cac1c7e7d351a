"""Pages where administrators manage people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from organisation import permissions, roles
from organisation.filtering import saves_views
from organisation.forms import JoinForm, PeopleFilter, PersonForm, RemarkForm, RolesForm, WhoseForm
from organisation.kernel.access import Refused
from organisation.lockout import locked_until
from organisation.models import TEAM_ROLES, Membership, Role, User
from organisation.pages import PAGE, Request, for_administrators, posted, show
from organisation.permissions import Action
from organisation.services import inviting, managing_people


@require_GET
@for_administrators
@saves_views(
    "organisation:people",
    gettext_lazy("People"),
    lambda user, data: PeopleFilter(data),
    opens=lambda user: permissions.may(user, Action.ADMINISTER),
)
def people(request: Request) -> HttpResponse:
    """Everybody who works here, with filters in the address."""
    form = PeopleFilter(request.GET)
    found = User.objects.visible_to(request.user)
    found = _filtered(found, form.cleaned_data) if form.is_valid() else found.working()
    found = found.prefetch_related(
        Prefetch("memberships", Membership.objects.current().select_related("team"), to_attr="places"), "groups"
    ).order_by("name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "organisation/people.html", {"form": form, "page": page, "role_labels": dict(Role.choices)})


def _filtered(people: QuerySet[User], wanted: dict[str, Any]) -> QuerySet[User]:
    if text := wanted["q"]:
        people = people.filter(Q(name__icontains=text) | Q(email__icontains=text))
    current = Membership.objects.current()
    if team := wanted["team"]:
        people = people.filter(pk__in=current.filter(team=team).values("user"))
    if role := wanted["role"]:
        in_team = current.filter(role=role).values("user")
        people = people.filter(pk__in=in_team) if role in TEAM_ROLES else people.filter(groups__name=role)
    if wanted["state"] == "all":
        return people
    return people.filter(is_active=wanted["state"] != "left")


@for_administrators
def person_new(request: Request) -> HttpResponse:
    """Make an account, and mail the link with which its owner sets a password."""
    form = PersonForm(posted(request))
    refusal = None
    if form.is_valid():
        try:
            made = managing_people.create_person(by=request.user, **form.cleaned_data)
            inviting.send_link(by=request.user, person=made)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The account has been made. A link to set a password is on its way."))
            return HttpResponseRedirect(made.get_absolute_url(), status=303)
    status = 409 if refusal else 422 if request.method == "POST" else 200
    return show(request, "organisation/person_form.html", {"form": form, "refusal": refusal}, status=status)


@require_GET
@for_administrators
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: teams, roles, and what can be done."""
    return person_page(request, get_object_or_404(User.objects.visible_to(request.user), pk=pk))


@for_administrators
def person_edit(request: Request, pk: UUID) -> HttpResponse:
    """Another name or address."""
    somebody = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = PersonForm(posted(request), instance=somebody)
    refusal = None
    if form.is_valid():
        try:
            managing_people.edit_person(by=request.user, person=somebody, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("The changes have been saved."))
            return HttpResponseRedirect(somebody.get_absolute_url(), status=303)
    status = 409 if refusal else 422 if request.method == "POST" else 200
    context = {"form": form, "somebody": somebody, "refusal": refusal}
    return show(request, "organisation/person_form.html", context, status=status)


def person_page(request: Request, somebody: User, *, status: int = 200, **context: object) -> HttpResponse:
    """The page of a person, also after a refusal or bad input in one of its forms."""
    memberships = somebody.memberships.select_related("team").order_by("-since", "team__name")
    held = set(somebody.groups.values_list("name", flat=True))
    may = {action.value: permissions.may(request.user, action, somebody) for action in Action if _about_person(action)}
    context = {
        "somebody": somebody,
        "memberships": memberships,
        "current": set(Membership.objects.current().filter(user=somebody).values_list("pk", flat=True)),
        "held": held,
        "cards": roles.MUNICIPAL_CARDS,
        "may": may,
        "locked_until": locked_until(somebody.email),
        "join_form": JoinForm(),
        "roles_form": RolesForm(initial={"roles": sorted(held)}),
        "whose_form": WhoseForm(somebody=somebody),
        "leave_form": RemarkForm(),
        "refusal": None,
        **context,
    }
    return show(request, "organisation/person.html", context, status=status)


def _about_person(action: Action) -> bool:
    return action in {
        Action.EDIT_PERSON,
        Action.SET_ROLES,
        Action.ADD_MEMBERSHIP,
        Action.END_MEMBERSHIP,
        Action.SEND_LINK,
        Action.UNLOCK,
        Action.DEACTIVATE,
        Action.REACTIVATE,
    }
