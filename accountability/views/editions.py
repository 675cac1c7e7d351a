"""Pages of accounts to management, board and council: the list, one of them, making it, and handing it over."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.editions import GiveBackForm, MakeForm
from accountability.models import Edition
from accountability.permissions import editions as permissions
from accountability.rules.audiences import Audience
from accountability.services import composing, editing, freezing, handing_over
from accountability.workflow.editions import EditionAction, EditionState, possible
from learning.services import presenting
from learning.views.figures import asked_again
from organisation.kernel.access import Refused
from organisation.pages import Request, posted, show


@require_safe
def edition_list(request: Request) -> HttpResponse:
    """In preparation, frozen and published; the newest first."""
    return show(request, "accountability/editions.html", _listed(request))


@require_safe
def block(request: Request) -> HttpResponse:
    """The same for the first screen of who makes them."""
    makers_only(request)
    return show(request, "accountability/block_editions.html", _listed(request))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A new account, or the next edition of one."""
    if not permissions.answer(request.user, EditionAction.MAKE):
        raise Http404
    form = MakeForm(posted(request), initial={"span": request.GET.get("span", "")})
    context: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return show(request, "accountability/edition_new.html", context)
    if not form.is_valid():
        return show(request, "accountability/edition_new.html", context, status=422)
    try:
        made = editing.make(span=form.chosen, by=request.user, note=form.cleaned_data["note"])
    except Refused as refused:
        return show(request, "accountability/edition_new.html", context | {"refusal": refused.reason}, status=409)
    messages.success(request, _("The account is begun. Write what the figures mean."))
    return redirect("accountability:edition-write", made.pk)


@require_safe
def edition(request: Request, pk: UUID) -> HttpResponse:
    """One account as one audience reads it."""
    return page(request, one(request, pk))


@require_POST
def freeze(request: Request, pk: UUID) -> HttpResponse:
    """Freeze its figures, in the background."""
    found = one(request, pk)
    makers_only(request)
    try:
        freezing.ask(edition=found, by=request.user)
    except Refused as refused:
        return page(request, one(request, pk), refusal=refused.reason, status=409)
    return redirect(found)


@require_POST
def give_back(request: Request, pk: UUID) -> HttpResponse:
    """Give it back to who wrote it."""
    found = one(request, pk)
    makers_only(request)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return page(request, found, back_form=form, status=422)
    try:
        editing.give_back(edition=found, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return page(request, one(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("It is given back."))
    return redirect(found)


@require_POST
def publish(request: Request, pk: UUID) -> HttpResponse:
    """Publish it, as the second person."""
    found = one(request, pk)
    makers_only(request)
    try:
        editing.publish(edition=found, by=request.user)
    except Refused as refused:
        return page(request, one(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("It is published."))
    return redirect(found)


@require_safe
def file(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """The same as a file: PDF, a page of its own, CSV, ODS or XLSX."""
    found = one(request, pk)
    form = handing_over.FORMS.get(kind)
    if form is None:
        raise Http404
    audience = whom(request)
    name = handing_over.file_name(found, audience, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(form.make(found, audience), content_type=form.media_type, headers=headers)


def page(request: Request, found: Edition, *, status: int = 200, **more: Any) -> HttpResponse:
    """The account, and beside it what can be done."""
    account = composing.compose(found, whom(request))
    presenting.with_drawings(account.figures)
    makes = bool(permissions.answer(request.user, EditionAction.READ))
    runs = found.freezings
    context = {
        "edition": found,
        "account": account,
        "audiences": Audience.choices,
        "forms": handing_over.FORMS,
        "public": settings.PUBLIC_ACCOUNTS and found.state == EditionState.PUBLISHED,
        "makes": makes,
        "going_on": runs.going_on().first() if makes else None,
        "failed": runs.filter(state="failed").first() if makes and found.state == EditionState.DRAFT else None,
        "back_form": GiveBackForm(),
        **asked_again(request, account.figures),
        **_can(request, found, makes=makes),
    }
    part = "account" if "asked" in request.GET else "state"
    answer = show(request, "accountability/edition.html", context | more, part=part, status=status)
    if request.htmx and part == "state" and not context["going_on"] and status == 200:
        answer["HX-Refresh"] = "true"  # frozen: the figures stand in the rest of the page
    return answer


def _can(request: Request, found: Edition, *, makes: bool) -> dict[str, Any]:
    """What this person can do with it now, or why not."""
    if not makes:
        return {}
    here = possible(found.state)
    may = {action.value: permissions.answer(request.user, action, found) for action in here - {EditionAction.RELEASE}}
    lacks = editing.lacks(found) if EditionAction.WRITE in here else []
    may_make = permissions.answer(request.user, EditionAction.MAKE)
    return {
        "may": may,
        "may_make": may_make,
        "lacks": lacks,
        "waiting": found.stories.filter(released_by__isnull=True).count(),
    }


def _listed(request: Request) -> dict[str, Any]:
    rows = list(Edition.objects.visible_to(request.user).for_lists())
    return {
        "groups": [(state.label, [row for row in rows if row.state == state]) for state in EditionState],
        "any": bool(rows),
        "may_make": permissions.answer(request.user, EditionAction.MAKE),
    }


def one(request: Request, pk: UUID) -> Edition:
    """The account, if this person may see it."""
    rows = Edition.objects.visible_to(request.user).select_related(
        "made_by", "written_by", "frozen_by", "published_by", "follows", "followed_by"
    )
    found: Edition = get_object_or_404(rows, pk=pk)
    return found


def whom(request: Request) -> Audience:
    """For which audience it is shown; management when the address does not say."""
    asked = request.GET.get("for") or request.POST.get("for") or Audience.MANAGEMENT
    return Audience(asked) if asked in Audience.values else Audience.MANAGEMENT


def makers_only(request: Request) -> None:
    """To everybody else this address does not exist."""
    if not permissions.answer(request.user, EditionAction.READ):
        raise Http404
