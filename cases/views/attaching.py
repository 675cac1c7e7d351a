"""The files of a case: adding, downloading and taking away."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from cases.forms.attaching import AttachForm
from cases.services import attaching
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request

from .reading import after, case_of, case_page


@require_POST
def attach(request: Request, pk: UUID) -> HttpResponse:
    """One more file."""
    case = case_of(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if not form.is_valid():
        return case_page(request, case, part="attachments", status=422, attach_form=form)
    try:
        attaching.attach(case=case, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return case_page(request, case, part="attachments", status=409, refusal=refusal.reason, attach_form=form)
    return after(request, case, "attachments")


@require_GET
def download(request: Request, pk: UUID, attachment: UUID) -> FileResponse:
    """The file itself, for whoever reads the case: never shown in the browser. Logged like reading a page."""
    found = get_object_or_404(case_of(request, pk).attachments, pk=attachment)
    AccessEvent.record(actor=request.user, targets=[found], way=AccessWay.EXPORT)
    content = found.file.storage.open(str(found.file.name))
    kind = "application/octet-stream"  # whatever it is, the browser keeps it and does not open it
    return FileResponse(content, as_attachment=True, filename=found.download_name, content_type=kind)


@require_POST
def detach(request: Request, pk: UUID, attachment: UUID) -> HttpResponse:
    """Take a file away."""
    case = case_of(request, pk)
    found = get_object_or_404(case.attachments, pk=attachment)
    try:
        attaching.detach(attachment=found, by=request.user)
    except Refused as refusal:
        return case_page(request, case, part="attachments", status=409, refusal=refusal.reason)
    return after(request, case, "attachments")
