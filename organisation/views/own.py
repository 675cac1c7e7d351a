"""One's own notices and preferences."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisation.forms import PreferencesForm
from organisation.models import Notice
from organisation.pages import PAGE, Request, posted, show
from organisation.services import choosing_preferences, reading_notices


@require_GET
def notices(request: Request) -> HttpResponse:
    """What this person was told, newest first; `?unread=1` leaves out what was read."""
    mine = Notice.objects.visible_to(request.user).select_related("event")
    only_unread = bool(request.GET.get("unread"))
    page = Paginator(mine.unread() if only_unread else mine, PAGE).get_page(request.GET.get("page"))
    return show(request, "organisation/notices.html", {"page": page, "only_unread": only_unread})


@require_GET
def notice_open(request: Request, pk: UUID) -> HttpResponse:
    """Mark a notice as read and go where it points; a link in an e-mail leads here too."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    reading_notices.read(by=request.user, notice=notice)
    safe = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if safe else reverse("organisation:notices"))


@require_POST
def notices_read(request: Request) -> HttpResponse:
    """All read."""
    reading_notices.read_all(by=request.user)
    return HttpResponseRedirect(reverse("organisation:notices"), status=303)


def preferences(request: Request) -> HttpResponse:
    """Language, e-mail and keyboard shortcuts."""
    form = PreferencesForm(posted(request), instance=request.user)
    if form.is_valid():
        choosing_preferences.choose(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your preferences have been saved."))
        return HttpResponseRedirect(reverse("organisation:preferences"), status=303)
    return show(request, "organisation/preferences.html", {"form": form}, status=422 if form.errors else 200)
