"""Keeping what somebody is typing."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.kernel.access import Refused
from organisation.pages import Request, require_same_person
from organisation.services import keeping_drafts


@require_POST
def draft(request: Request, key: str) -> HttpResponse:
    """Keep what is typed in a form, and answer with one sentence; or forget it, with `_discard`."""
    if "_discard" in request.POST:
        keeping_drafts.discard(by=request.user, key=key)
        back = request.POST.get("_next", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(back if safe else "/", status=303)
    try:
        require_same_person(request)
        saved, left_out = keeping_drafts.keep(
            by=request.user,
            key=key,
            fields=dict(request.POST.lists()),
            page=request.POST.get("_page", "")[:36],
            after=request.POST.get("_after", ""),
        )
    except Refused as refusal:
        return told(str(refusal.reason), status=409)
    at = date_format(timezone.localtime(saved.saved_at), "TIME_FORMAT")
    return told(_("Draft kept at %(at)s") % {"at": at}, left_out=left_out)


def told(sentence: str, *, left_out: Iterable[str] = (), at: str = "", status: int = 200) -> HttpResponse:
    """What a save while typing answers: one sentence, the names of the fields that were not saved, and where it is."""
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if names := " ".join(left_out):
        answer["X-Left-Out"] = names
    if at:
        answer["Content-Location"] = at
    return answer
