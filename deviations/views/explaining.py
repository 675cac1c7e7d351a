"""The reasons for the letter: a text to adjust, to copy, and to take along as PDF."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from deviations.forms.explaining import LetterForm
from deviations.models import Decision, Deviation
from deviations.rules import tone
from deviations.services import explaining
from organisation.drafting import bound_or_drafted
from organisation.models import AccessEvent, AccessWay
from organisation.pages import Request, show

from .reading import of_person

PAGE = "deviations/letter.html"


def letter(request: Request, pk: UUID) -> HttpResponse:
    """The text as it follows from the record, or as this person adjusted it; reading it over, and the document."""
    deviation, decision = _decided(request, pk)
    text = explaining.letter_of(deviation, decision)
    # Of this decision: the text that was adjusted for an older one does not come back.
    key = f"deviations:letter:{decision.pk}"
    form = bound_or_drafted(request, LetterForm, key, initial={"text": text})
    if request.method != "POST":
        return _page(request, deviation, form, status=200)
    if not form.is_valid():
        return _page(request, deviation, form, status=422)
    if request.POST.get("action") == "pdf":
        return _document(request, deviation, decision, form.cleaned_data["text"])
    return _page(request, deviation, form, status=200)


def _decided(request: Request, pk: UUID) -> tuple[Deviation, Decision]:
    deviation = of_person(request, pk)
    decision = deviation.decisions.final().first()
    if decision is None or not explaining.has_letter(deviation, decision):
        raise Http404
    return deviation, decision


def _document(request: Request, deviation: Deviation, decision: Decision, text: str) -> HttpResponse:
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.EXPORT)
    name = slugify(f"{deviation.number} {_('reasons')}")
    answer = HttpResponse(explaining.document_of(deviation, decision, text), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _page(request: Request, deviation: Deviation, form: LetterForm, *, status: int) -> HttpResponse:
    AccessEvent.record(actor=request.user, targets=[deviation], way=AccessWay.PAGE)
    context: dict[str, Any] = {
        "deviation": deviation,
        "form": form,
        "tips": tone.tips(str(form["text"].value() or "")),
    }
    return show(request, PAGE, context, status=status)
