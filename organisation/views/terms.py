"""Pages where administrators keep the lists of terms."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisation.forms import LabelsForm, TermForm
from organisation.kernel.access import Refused
from organisation.models import LifeDomain, Neighbourhood, PolicyDomain, Term
from organisation.pages import Request, for_administrators, posted, show
from organisation.services import managing_terms

LISTS: dict[str, type[Term]] = {
    "policy-domains": PolicyDomain,
    "neighbourhoods": Neighbourhood,
    "life-domains": LifeDomain,
}


def _model(kind: str) -> type[Term]:
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]


def _back(request: Request, done: str, kind: str) -> HttpResponse:
    messages.success(request, done)
    return HttpResponseRedirect(f"{reverse('organisation:term-list')}#{kind}", status=303)


@require_GET
@for_administrators
def term_list(request: Request) -> HttpResponse:
    """The three lists of the municipality as a whole, closed terms too."""
    lists = [(kind, model._meta.verbose_name_plural, model._default_manager.all()) for kind, model in LISTS.items()]
    return show(request, "organisation/terms.html", {"lists": lists})


@for_administrators
def term_new(request: Request, kind: str) -> HttpResponse:
    """Add a term."""
    model = _model(kind)
    form = TermForm(posted(request), model=model)
    if form.is_valid():
        managing_terms.add_term(by=request.user, model=model, **form.cleaned_data)
        return _back(request, _("The term has been added."), kind)
    context = {"form": form, "list_name": model._meta.verbose_name_plural, "kind": kind}
    return show(request, "organisation/term_form.html", context, status=422 if request.method == "POST" else 200)


@for_administrators
def term(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """Other words for a term."""
    some_term = get_object_or_404(_model(kind)._default_manager, pk=pk)
    labels = {"label_nl": some_term.label_nl, "label_en": some_term.label_en}
    form = LabelsForm(posted(request), initial=labels)
    if form.is_valid():
        managing_terms.relabel_term(by=request.user, term=some_term, **form.cleaned_data)
        return _back(request, _("The changes have been saved."), kind)
    return _term_page(request, kind, some_term, form, 422 if request.method == "POST" else 200)


def _term_page(
    request: Request, kind: str, some_term: Term, form: LabelsForm, status: int, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "term": some_term,
        "kind": kind,
        "list_name": some_term._meta.verbose_name_plural,
        "refusal": refusal,
    }
    return show(request, "organisation/term_form.html", context, status=status)


@require_POST
@for_administrators
def term_close(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """Not to be chosen any more after today."""
    some_term = get_object_or_404(_model(kind)._default_manager, pk=pk)
    try:
        managing_terms.close_term(by=request.user, term=some_term)
    except Refused as refusal:
        labels = {"label_nl": some_term.label_nl, "label_en": some_term.label_en}
        return _term_page(request, kind, some_term, LabelsForm(initial=labels), 409, refusal)
    return _back(request, _("The term has been closed. What carries it keeps it."), kind)
