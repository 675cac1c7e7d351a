"""The list of cases, the same as a spreadsheet, and what colleagues who left have left behind."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases.forms.filters import CaseFilter
from cases.models import Case
from cases.models.casefile import CaseQuerySet
from cases.paging import Page
from organisation.filtering import saves_views
from organisation.kernel.spreadsheet import csv_rows
from organisation.models import AccessEvent, AccessWay, Role
from organisation.pages import Request, show

MOST_EXPORTED = 1_000
ROW = (
    "number", "subject", "state", "practice", "target_on", "opened_at",
    "handler__name", "team__name", "policy_domain__label_nl", "policy_domain__label_en",
    "confidentiality", "before_manager",  # why somebody could see it
)  # fmt: skip


@require_GET
@saves_views("cases:list", gettext_lazy("Cases"), lambda user, data: CaseFilter(data, user=user))
def case_list(request: Request) -> HttpResponse:
    """Cases this person may see, filtered by what stands in the address."""
    form = CaseFilter(request.GET, user=request.user)
    page = Page(form.apply(_visible(request)).only(*ROW), request.GET.get("page"))
    if form.cleaned_data.get("q"):
        AccessEvent.record(actor=request.user, targets=page.rows, way=AccessWay.SEARCH)
    context = {
        "form": form,
        "page": page,
        "may_open": request.user.has_role(Role.CASEWORKER),
        "may_export": request.user.has_role(Role.CASEWORKER, Role.MANAGER),
        "has_left_behind": Case.objects.left_behind(request.user).exists(),
    }
    return show(request, "cases/list.html", context, part="rows")


@require_GET
def export(request: Request) -> StreamingHttpResponse:
    """The cases of the list as a spreadsheet; every row is logged, and only whoever does casework gets it."""
    if not request.user.has_role(Role.CASEWORKER, Role.MANAGER):
        raise Http404
    found = CaseFilter(request.GET, user=request.user).apply(_visible(request))
    cases = list(found.prefetch_related("routine_uses__routine")[:MOST_EXPORTED])
    AccessEvent.record(actor=request.user, targets=cases, way=AccessWay.EXPORT)
    response = StreamingHttpResponse(csv_rows(_rows(cases)), content_type="text/csv; charset=utf-8")
    name = f"zaken-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def left_behind(request: Request) -> HttpResponse:
    """Open cases of somebody who left: their numbers only, to hand them over."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    cases = Case.objects.left_behind(request.user).select_related("handler", "team", "policy_domain")
    return show(request, "cases/left_behind.html", {"page": Page(cases, request.GET.get("page"))})


def _visible(request: Request) -> CaseQuerySet:
    return Case.objects.listed_for(request.user).select_related("handler", "team", "policy_domain")


def _rows(cases: list[Case]) -> Iterator[list[Any]]:
    yield [
        str(each)
        for each in (
            _("case number"), _("number in the case system"), _("subject"), _("policy domain"), _("team"), _("handler"),
            _("practice"), _("status"), _("opened"), _("target date"), _("closed"), _("result"), _("routines"),
        )
    ]  # fmt: skip
    for case in cases:
        yield [
            case.number, case.external_reference, case.subject, case.policy_domain.label, case.team.name,
            case.handler.name, case.get_practice_display(), case.get_state_display(), case.opened_at, case.target_on,
            case.closed_at, case.get_result_display() if case.result else "",
            ", ".join(use.routine.code for use in case.routine_uses.all()),
        ]  # fmt: skip
