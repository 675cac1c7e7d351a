"""Uploading a register, reading the report of its check, and having it brought in."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deviations.forms.importing import RegisterForm
from deviations.models import RegisterImport
from deviations.permissions import answer_about_imports
from deviations.rules.register_rows import COLUMNS, REQUIRED
from deviations.services import importing_register
from organisation.kernel.access import Refused
from organisation.kernel.spreadsheet import csv_rows
from organisation.pages import Request, show

PAGE = "deviations/import.html"
BUSY = (RegisterImport.State.CHECKING, RegisterImport.State.RUNNING)


@require_GET
def register_list(request: Request) -> HttpResponse:
    """All imports, newest first."""
    _gate(request)
    registers = RegisterImport.objects.visible_to(request.user).select_related("requested_by")
    page = Paginator(registers, 25).get_page(request.GET.get("page"))
    return show(request, "deviations/imports.html", {"page": page})


@require_http_methods(["GET", "POST"])
def register_new(request: Request) -> HttpResponse:
    """Upload a file; its check starts at once."""
    _gate(request)
    form = RegisterForm(request.POST, request.FILES) if request.method == "POST" else RegisterForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        register = importing_register.receive(
            file=file, name=file.name, create_missing=form.cleaned_data["create_missing"], by=request.user
        )
        return redirect(register)
    status = 422 if form.is_bound else 200
    return show(
        request, "deviations/import_new.html", {"form": form, "columns": COLUMNS, "required": REQUIRED}, status=status
    )


@require_GET
def register_page(request: Request, pk: UUID) -> HttpResponse:
    """How an import stands: progress, errors by line, unknown names, what can be done."""
    return _page(request, _register(request, pk))


@require_POST
def register_start(request: Request, pk: UUID) -> HttpResponse:
    """Bring in a register that was checked."""
    register = _register(request, pk)
    try:
        importing_register.start(register=register, by=request.user)
    except Refused as refusal:
        return _page(request, register, reason=str(refusal), status=409)
    return redirect(register)


@require_POST
def register_discard(request: Request, pk: UUID) -> HttpResponse:
    """Throw away a register that was not brought in."""
    register = _register(request, pk)
    try:
        importing_register.discard(register=register, by=request.user)
    except Refused as refusal:
        return _page(request, register, reason=str(refusal), status=409)
    return redirect("deviations:import-list")


@require_GET
def register_faults(request: Request, pk: UUID) -> StreamingHttpResponse:
    """The errors as CSV, to work through in the sheet itself."""
    register = _register(request, pk)
    rows = [(_("line"), _("column"), _("error")), *register.faults_by_line]
    response = StreamingHttpResponse(csv_rows(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="errors.csv"'
    return response


@require_GET
def register_example(request: Request) -> StreamingHttpResponse:
    """An empty register with the right heading."""
    _gate(request)
    response = StreamingHttpResponse(csv_rows([COLUMNS]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    return response


def _page(request: Request, register: RegisterImport, reason: str = "", status: int = 200) -> HttpResponse:
    context = {"register": register, "busy": register.state in BUSY, "reason": reason}
    return show(request, PAGE, context, part="state", status=status)


def _register(request: Request, pk: UUID) -> RegisterImport:
    return get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=pk)


def _gate(request: Request) -> None:
    if not answer_about_imports(request.user):
        raise Http404
