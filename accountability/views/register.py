"""Pages of the public register for who works here: the list, one line, and proposing lines."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.forms.register import ProposeForm, RegisterFilter, SummaryForm, TakeBackForm
from accountability.models import Proposing, RegisterLine
from accountability.models.register import RegisterLineQuerySet
from accountability.permissions import register as permissions
from accountability.services import classing, proposing, reading_register, registering
from accountability.workflow.register import LineAction, possible
from cases.paging import Page
from organisation.checking import doubt_of
from organisation.drafting import bound_or_drafted
from organisation.files import KINDS, download
from organisation.filtering import saves_views
from organisation.kernel.access import Refused
from organisation.kernel.sheets import Sheet
from organisation.models import Draft
from organisation.pages import Request, posted, show

LINE, PROPOSE = "accountability/register_line.html", "accountability/register_propose.html"


@require_safe
@saves_views(
    "accountability:register",
    gettext_lazy("Public register"),
    lambda user, data: RegisterFilter(data, keeps=bool(permissions.answer(user, LineAction.READ))),
)
def register(request: Request) -> HttpResponse:
    """The lines, newest first; for who keeps it also those that wait."""
    keeps = _keeps(request)
    form = RegisterFilter(request.GET, keeps=keeps)
    visible = RegisterLine.objects.visible_to(request.user)
    rows = visible if request.GET.get("state") else visible.public()
    waiting = visible.exclude(pk__in=visible.public()) if not request.GET else RegisterLine.objects.none()
    context = {
        "form": form,
        "page": Page(form.narrow(rows).for_rows(), request.GET.get("page")),
        "filtered": bool(request.GET),
        "keeps": keeps,
        "proposed": waiting.filter(state="proposed").count(),
        "written": waiting.filter(state="written").count(),
        "public": settings.PUBLIC_REGISTER,
        "k": settings.SMALL_CELL_K,
        "kinds": KINDS,
    }
    return show(request, "accountability/register.html", context)


@require_safe
def register_file(request: Request, kind: str) -> HttpResponse:
    """The lines that the filters leave, for a spreadsheet."""
    return as_file(RegisterFilter(request.GET).narrow(RegisterLine.objects.public()), kind)


def as_file(rows: RegisterLineQuerySet, kind: str) -> HttpResponse:
    """These lines as a file."""
    lines = Sheet(_("Register of tailored work"), reading_register.rows(rows.for_rows()))
    return download([lines], name="register-maatwerk", kind=kind)


@require_safe
def line(request: Request, pk: UUID) -> HttpResponse:
    """One line, with what can be done."""
    return _page(request, _one(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, pk: UUID) -> HttpResponse:
    """The words of a line."""
    found = _one(request, pk)
    if not permissions.answer(request.user, LineAction.WRITE, found):
        raise Http404
    key = f"register-line:{pk}"
    form = bound_or_drafted(request, SummaryForm, key, initial={"summary": found.summary})
    context = {"form": form, "line": found}
    if request.method != "POST":
        return show(request, "accountability/register_write.html", context)
    if not form.is_valid():
        return show(request, "accountability/register_write.html", context, status=422)
    try:
        registering.write(line=found, summary=form.cleaned_data["summary"], by=request.user)
    except Refused as refused:
        return show(request, "accountability/register_write.html", context | {"refusal": refused.reason}, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("It is saved. A second person releases it."))
    return redirect(found)


@require_POST
def release(request: Request, pk: UUID) -> HttpResponse:
    """Into the register, as the second person."""
    found = _kept(request, pk)
    try:
        registering.release(line=found, by=request.user, ticks=request.POST.getlist("summary-stays"))
    except Refused as refused:
        return _page(request, _one(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("It is in the register."))
    return redirect(found)


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Out of the register, with a reason."""
    found = _kept(request, pk)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, back_form=form, status=422)
    try:
        registering.take_back(line=found, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refused:
        return _page(request, _one(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("It is taken back. The register says so, and why."))
    return redirect(found)


@require_POST
def leave_out(request: Request, pk: UUID) -> HttpResponse:
    """Not this one."""
    found = _kept(request, pk)
    try:
        registering.leave_out(line=found, by=request.user)
    except Refused as refused:
        return _page(request, _one(request, pk), refusal=refused.reason, status=409)
    messages.success(request, _("%(number)s is left out.") % {"number": found.number})
    return redirect("accountability:register")


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request) -> HttpResponse:
    """Have lines proposed, in the background."""
    if not _keeps(request):
        raise Http404
    form = ProposeForm(posted(request), years=classing.years())
    runs = Proposing.objects.visible_to(request.user).select_related("domain", "requested_by")
    last = runs.exclude(state__in=("queued", "running")).first()
    context = {"form": form, "going_on": runs.going_on().first(), "last": last}
    if request.method != "POST":
        return show(request, PROPOSE, context, part="state")
    if not form.is_valid():
        return show(request, PROPOSE, context, status=422)
    chosen = form.cleaned_data
    proposing.ask(year=int(chosen["year"]), domain=chosen["domain"], most=chosen["most"], by=request.user)
    return redirect("accountability:register-propose")


def _page(request: Request, found: RegisterLine, *, status: int = 200, **more: Any) -> HttpResponse:
    here = possible(found.state)
    context = {
        "line": found,
        "keeps": _keeps(request),
        "own": found.is_told_by(request.user),
        "may": {action.value: permissions.answer(request.user, action, found) for action in here},
        "doubt": doubt_of(registering.FIELD, found.summary, ()),
        "back_form": TakeBackForm(),
        "k": settings.SMALL_CELL_K,
    }
    return show(request, LINE, context | more, status=status)


def _keeps(request: Request) -> bool:
    return bool(permissions.answer(request.user, LineAction.READ))


def _one(request: Request, pk: UUID) -> RegisterLine:
    beside = ("domain", "routine", "deviation", "proposed_by", "written_by", "released_by", "taken_back_by")
    return get_object_or_404(RegisterLine.objects.visible_to(request.user).select_related(*beside), pk=pk)


def _kept(request: Request, pk: UUID) -> RegisterLine:
    """For who keeps the register."""
    if not _keeps(request):
        raise Http404
    return _one(request, pk)
