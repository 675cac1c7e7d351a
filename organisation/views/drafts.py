"""Keeping what somebody is typing."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.kernel.access import Refused
from organisation.pages import Request
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
        saved, left_out = keeping_drafts.keep(by=request.user, key=key, fields=dict(request.POST.lists()))
    except Refused as refusal:
        return HttpResponse(str(refusal.reason), status=409, content_type="text/plain; charset=utf-8")
    at = date_format(timezone.localtime(saved.saved_at), "TIME_FORMAT")
    sentence = (
        _("Draft kept at %(at)s, without the text that holds a citizen service number") % {"at": at}
        if left_out
        else _("Draft kept at %(at)s") % {"at": at}
    )
    return HttpResponse(sentence, content_type="text/html; charset=utf-8")
