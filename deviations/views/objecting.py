"""Objecting to the use of a space, from the page of the deviation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deviations.forms.answering import ReasonsForm
from deviations.services import objecting
from organisation.kernel.access import Refused
from organisation.pages import Request

from .reading import deviation_page, of_person
from .writing import see


@require_POST
def object_to(request: Request, pk: UUID) -> HttpResponse:
    """The decision no longer counts, and the request awaits an answer."""
    deviation = of_person(request, pk)
    form = ReasonsForm(request.POST, box="object")
    if not form.is_valid():
        return deviation_page(request, deviation, status=422, objection_form=form)
    try:
        objecting.object_to(deviation=deviation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return deviation_page(request, deviation, status=409, refusal=refusal.reason)
    messages.success(request, _("Your objection is made. The author is told, and the request stands in the queue."))
    return see(deviation.get_absolute_url())
