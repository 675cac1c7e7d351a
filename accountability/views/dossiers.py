"""The dossier of a deviation: the page, the document, adding a note, and the card on the page of the deviation."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accountability.forms.dossiers import NoteForm
from accountability.models.dossiers import dossiers_for
from accountability.permissions import dossiers as permissions
from accountability.rules.dossiers import Scope
from accountability.services import freezing_dossiers, printing_dossiers, reading_dossiers
from accountability.services.reading_dossiers import Dossier
from accountability.workflow.dossiers import Action
from deviations.models import Deviation
from organisation.drafting import drafted, kept
from organisation.kernel.access import Refused
from organisation.models import AccessBasis, AccessEvent, AccessWay, Draft
from organisation.pages import Request, show

BASES = {Scope.REVIEW: AccessBasis.REVIEWER, Scope.CONTROL: AccessBasis.ROLE}
CARD = "accountability/dossier_card.html"


@require_safe
def dossier(request: Request, pk: UUID) -> HttpResponse:
    """The whole of it, as far as the task of the reader asks."""
    return _page(request, _read(request, pk))


@require_safe
def dossier_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The same on paper."""
    found = _read(request, pk)
    if not permissions.answer(request.user, Action.TAKE_ALONG, found.deviation):
        raise Http404
    _record(request, found, AccessWay.EXPORT)
    name = slugify(f"dossier {found.deviation.number}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(printing_dossiers.document(found), content_type="application/pdf", headers=headers)


@require_POST
def note(request: Request, pk: UUID) -> HttpResponse:
    """Add to it."""
    found = _read(request, pk)
    form = kept(NoteForm(request.POST), _key(found.deviation))
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        freezing_dossiers.add_note(deviation=found.deviation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, form=form, status=409, refusal=refusal.reason)
    Draft.discard(request.user, _key(found.deviation))
    return HttpResponse(status=303, headers={"Location": f"{_address(found.deviation)}#notes"})


@require_safe
def dossier_card(request: Request, pk: UUID) -> HttpResponse:
    """What is missing, and the way to the dossier; for who sees the deviation and not the dossier: for whom it is."""
    deviation = get_object_or_404(Deviation.objects.visible_to(request.user), pk=pk)
    found = dossiers_for(request.user).filter(pk=pk).first()
    scope = permissions.scope_of(request.user, found) if found else None
    told = reading_dossiers.read(found, scope) if found and scope else None
    return show(request, CARD, {"deviation": deviation, "dossier": told}, part="card")


def _read(request: Request, pk: UUID) -> Dossier:
    deviation = get_object_or_404(dossiers_for(request.user), pk=pk)
    scope = permissions.scope_of(request.user, deviation)
    if scope is None:
        raise Http404
    return reading_dossiers.read(deviation, scope)


def _page(request: Request, found: Dossier, *, form: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    """Reading it is written down, whatever is shown of it."""
    _record(request, found, AccessWay.PAGE)
    may = {action.value: permissions.answer(request.user, action, found.deviation) for action in Action}
    context = {
        "dossier": found,
        "deviation": found.deviation,
        "may": may,
        "form": form or drafted(request, NoteForm(), _key(found.deviation)),
    }
    return show(request, "accountability/dossier.html", context | more, status=status)


def _record(request: Request, found: Dossier, way: AccessWay) -> None:
    """With what gave access; of who gives account the deviation itself knows."""
    AccessEvent.record(actor=request.user, targets=[found.deviation], way=way, basis=BASES.get(found.scope))


def _key(deviation: Deviation) -> str:
    return f"accountability:note:{deviation.pk}"


def _address(deviation: Deviation) -> str:
    return reverse("accountability:dossier", args=[deviation.pk])
