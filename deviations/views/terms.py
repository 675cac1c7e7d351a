"""Keeping the lists of grounds and causes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from deviations import permissions
from deviations.forms.terms import CauseForm, GroundForm
from deviations.models import Cause, Ground
from deviations.services import keeping_terms
from organisation.kernel.access import Refused
from organisation.pages import Request, show

from .writing import see


@require_GET
def grounds(request: Request) -> HttpResponse:
    """Both lists. Everybody can read on which grounds may be departed; keepers change them."""
    context = {
        "grounds": Ground.objects.all(),
        "causes": Cause.objects.all(),
        "today": timezone.localdate(),
        "may_keep": permissions.answer_about_terms(request.user),
    }
    return show(request, "deviations/terms.html", context)


def new_ground(request: Request) -> HttpResponse:
    """A new ground."""
    return _term(request, Ground(), GroundForm, _("New ground"))


def ground(request: Request, code: str) -> HttpResponse:
    """Correct or close a ground."""
    found = get_object_or_404(Ground, code=code)
    return _term(request, found, GroundForm, _("Ground %(code)s") % {"code": found.code})


def new_cause(request: Request) -> HttpResponse:
    """A new cause."""
    return _term(request, Cause(), CauseForm, _("New cause"))


def cause(request: Request, code: str) -> HttpResponse:
    """Correct or close a cause."""
    found = get_object_or_404(Cause, code=code)
    return _term(request, found, CauseForm, str(found))


def _term(request: Request, term: Any, form_class: Any, title: str) -> HttpResponse:
    if not permissions.answer_about_terms(request.user):
        raise Http404
    form = form_class(request.POST if request.method == "POST" else None, instance=term)
    context = {"term": term, "form": form, "title": title}
    if request.method != "POST":
        return show(request, "deviations/term.html", context)
    if not form.is_valid():
        return show(request, "deviations/term.html", context, status=422)
    try:
        saved = keeping_terms.save_term(term=term, by=request.user, fields=form.cleaned_data)
    except Refused as refusal:
        return show(request, "deviations/term.html", context | {"refusal": refusal.reason}, status=409)
    messages.success(request, _("%(code)s is saved.") % {"code": saved.code})
    return see(reverse("deviations:ground-list"))
