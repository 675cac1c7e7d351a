"""Who stands in for whom: a manager names a deputy for the days away; an administrator for somebody who is ill."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.forms import DeputyForm
from organisation.kernel.access import Refused
from organisation.models import Deputising, Role
from organisation.pages import Request, posted, show
from organisation.services import deputising

PAST = 10


def deputies(request: Request) -> HttpResponse:
    """The days away that are to come, and naming a deputy."""
    if not request.user.has_role(Role.MANAGER, Role.ADMINISTRATOR):
        raise Http404
    form = DeputyForm(posted(request), by=request.user)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        named = deputising.name_deputy(by=request.user, **form.named())
    except Refused as refusal:
        return _page(request, form, status=409, refusal=refusal)
    words = {"deputy": named.deputy.name, "absent": named.absent.name}
    messages.success(request, _("%(deputy)s stands in for %(absent)s. Both are told.") % words)
    return HttpResponseRedirect(reverse("organisation:deputies"), status=303)


@require_POST
def deputy_end(request: Request, pk: UUID) -> HttpResponse:
    """End it today."""
    found = get_object_or_404(Deputising.objects.visible_to(request.user), pk=pk)
    try:
        deputising.end_deputising(by=request.user, deputising=found)
    except Refused as refusal:
        return _page(request, DeputyForm(by=request.user), status=409, refusal=refusal)
    messages.success(request, _("That has ended. It works at once."))
    return HttpResponseRedirect(reverse("organisation:deputies"), status=303)


def _page(request: Request, form: DeputyForm, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = Deputising.objects.visible_to(request.user).select_related("absent", "deputy")
    ahead = rows.not_over()
    context = {
        "form": form,
        "ahead": ahead.order_by("since", "pk"),
        "past": rows.exclude(pk__in=ahead.values("pk")).order_by("-until", "pk")[:PAST],
        "current": set(rows.current().values_list("pk", flat=True)),
        "is_admin": request.user.has_role(Role.ADMINISTRATOR),
    }
    return show(request, "organisation/deputies.html", context | more, status=status)
