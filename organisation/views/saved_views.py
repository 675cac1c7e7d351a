"""Saved views: keeping the filters of a page, opening them again, sharing them, and taking them away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisation import permissions
from organisation.filtering import PAGES, FilteredPage, address_of
from organisation.forms import ChangeViewForm, ViewForm
from organisation.kernel.access import Refused
from organisation.models import SavedView
from organisation.pages import PAGE, Request, posted, show
from organisation.permissions import Action
from organisation.services import saving_views

LIST = "organisation:view-list"


@require_safe
def view_list(request: Request) -> HttpResponse:
    """One's own views of every page, and those that were removed a short while ago."""
    return _list(request)


def view_new(request: Request) -> HttpResponse:
    """Keep the filters that a page has now."""
    page, data = _page(request.POST.get("page") or request.GET.get("page", "")), _filters(request)
    if not page.opens(request.user):
        raise Http404
    form = ViewForm(posted(request))
    back = address_of(page, data.urlencode())
    context = {"form": form, "page": page, "query": data.urlencode(), "back": back}
    if request.method != "POST" or not form.is_valid():
        return show(request, "organisation/view_new.html", context, status=422 if request.method == "POST" else 200)
    replace = "replace" in request.POST
    try:
        _view, left_out = saving_views.save_view(
            by=request.user, page=page, data=data, replace=replace, **form.cleaned_data
        )
    except Refused as refusal:
        context |= {"refusal": refusal, "may_replace": isinstance(refusal, saving_views.Taken)}
        return show(request, "organisation/view_new.html", context, status=409)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": form.cleaned_data["name"]})
    if left_out:
        words = _("Not kept, because it may point to a person or is no choice at this page: %(what)s.")
        messages.warning(request, words % {"what": ", ".join(left_out)})
    return HttpResponseRedirect(back, status=303)


@require_safe
def view_open(request: Request, pk: UUID) -> HttpResponse:
    """The page with these filters, but for those that point to what the reader may not see."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user).staying(), pk=pk)
    page = _page(view.page)
    if not page.opens(request.user):
        raise Http404
    kept = page.kept(QueryDict(view.address), request.user)
    query = "&".join(filter(None, (kept.query, kept.words)))
    if query != view.address:
        words = _("Left out of “%(name)s”, because you may not see it or because it no longer exists: %(what)s.")
        what = ", ".join(kept.left_out) or _("one of its filters")
        messages.warning(request, words % {"name": view.name, "what": what})
    return HttpResponseRedirect(address_of(page, query))


def view_change(request: Request, pk: UUID) -> HttpResponse:
    """Another name, another audience, or the view that its page opens with."""
    view = _own(request, pk, staying=True)
    form = ChangeViewForm(posted(request), view=view, by=request.user)
    context = {"form": form, "view": view, "page": PAGES.get(view.page)}
    if request.method != "POST" or not form.is_valid():
        return show(request, "organisation/view_change.html", context, status=422 if request.method == "POST" else 200)
    try:
        saving_views.change_view(by=request.user, view=view, **form.named())
    except Refused as refusal:
        return show(request, "organisation/view_change.html", context | {"refusal": refusal}, status=409)
    messages.success(request, _("The view “%(name)s” is changed.") % {"name": form.cleaned_data["name"]})
    return HttpResponseRedirect(reverse(LIST), status=303)


@require_POST
def view_remove(request: Request, pk: UUID) -> HttpResponse:
    """Take it away; the list shows how to put it back."""
    saving_views.remove_view(by=request.user, view=_own(request, pk))
    return HttpResponseRedirect(reverse(LIST), status=303)


@require_POST
def view_unshare(request: Request, pk: UUID) -> HttpResponse:
    """An administrator takes a shared view away from everybody but its owner."""
    if not _administers(request):
        raise Http404
    view = get_object_or_404(SavedView.objects.shared(), pk=pk)
    saving_views.unshare_view(by=request.user, view=view)
    words = _("The view “%(name)s” is no longer shared. %(owner)s has been told.")
    messages.success(request, words % {"name": view.name, "owner": view.owner.name})
    return HttpResponseRedirect(reverse(LIST), status=303)


@require_POST
def view_put_back(request: Request, pk: UUID) -> HttpResponse:
    """Undo that."""
    try:
        view = saving_views.put_back(by=request.user, view=_own(request, pk))
    except Refused as refusal:
        return _list(request, status=409, refusal=refusal)
    messages.success(request, _("The view “%(name)s” is back.") % {"name": view.name})
    return HttpResponseRedirect(reverse(LIST), status=303)


def _list(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    mine = SavedView.objects.visible_to(request.user).filter(owner=request.user).select_related("team")
    staying: dict[str, list[SavedView]] = {}
    for view in mine.staying().filter(page__in=PAGES):
        staying.setdefault(view.page, []).append(view)
    context = {
        "pages": [(page, staying[key]) for key, page in PAGES.items() if key in staying],
        "removed": mine.to_put_back().order_by("-removed_at", "-id"),
    }
    if _administers(request):
        context |= _shared(request)
    return show(request, "organisation/view_list.html", context | more, status=status)


def _shared(request: Request) -> dict[str, Any]:
    """What colleagues share, for who looks after that: the name and for whom, whatever the page."""
    found = SavedView.objects.shared().filter(page__in=PAGES).exclude(owner=request.user)
    rows = Paginator(found.select_related("owner", "team").order_by("page", "name", "id"), PAGE)
    page = rows.get_page(request.GET.get("page"))
    return {"page": page, "shared": [(view, PAGES[view.page].title) for view in page]}


def _administers(request: Request) -> bool:
    return bool(permissions.may(request.user, Action.ADMINISTER))


def _own(request: Request, pk: UUID, *, staying: bool = False) -> SavedView:
    mine = SavedView.objects.visible_to(request.user).filter(owner=request.user)
    return get_object_or_404(mine.staying() if staying else mine, pk=pk)


def _page(key: str) -> FilteredPage:
    if key not in PAGES:
        raise Http404
    return PAGES[key]


def _filters(request: Request) -> QueryDict:
    return QueryDict(request.POST.get("query") or request.GET.get("query", ""))
