"""How the seal of the logbook stands, what its verifications found, and verifying it now."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accountability.models import Verification
from accountability.permissions import logbook as permissions
from accountability.services import checking_log, overseeing_seal
from accountability.workflow.logbook import Action
from cases.paging import Page
from organisation.pages import Request, show


@require_safe
def seal(request: Request) -> HttpResponse:
    """The state of the seal, what the last verification found, and those before."""
    _only(request, Action.READ_SEAL)
    rows = Verification.objects.visible_to(request.user)
    last = rows.done().select_related("requested_by").first()
    context = {
        "seal": overseeing_seal.state(),
        "going_on": rows.going_on().first(),
        "last": last,
        "found": checking_log.located(last.findings) if last else [],
        "remarks": checking_log.remarks(last) if last else [],
        "page": Page(rows.for_lists(), request.GET.get("page")),
        "may_verify": permissions.answer(request.user, Action.VERIFY),
        "reads_log": permissions.answer(request.user, Action.READ),
    }
    return show(request, "accountability/seal.html", context, part="state")


@require_safe
def verification(request: Request, pk: UUID) -> HttpResponse:
    """One verification, with everything that it found."""
    rows = Verification.objects.visible_to(request.user).select_related("requested_by")
    one = get_object_or_404(rows, pk=pk)
    context = {"last": one, "found": checking_log.located(one.findings), "remarks": checking_log.remarks(one)}
    return show(request, "accountability/verification.html", context)


@require_POST
def verify(request: Request) -> HttpResponse:
    """Have the whole logbook verified now."""
    _only(request, Action.VERIFY)
    checking_log.ask(by=request.user)
    return redirect("accountability:seal")


def _only(request: Request, action: Action) -> None:
    if not permissions.answer(request.user, action):
        raise Http404
