"""Files of the figures: one of them, or all that is on the screen, as CSV, ODS or XLSX."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from learning.services import composing, filing
from organisation.files import download
from organisation.pages import Request

from .figures import figure_of, figures_of, filter_of, teams_read


@require_safe
def figure_file(request: Request, name: str, kind: str) -> HttpResponse:
    """The numbers of one figure; what is hidden is empty, with the reason behind it."""
    return download(filing.sheets([figure_of(request, name)]), name=name, kind=kind)


@require_safe
def page_file(request: Request, part: str, kind: str) -> HttpResponse:
    """The numbers of all figures of a part of the page."""
    mine = teams_read(request)
    form = filter_of(request, mine)
    if part not in composing.PARTS or not form.is_valid():
        raise Http404
    found = figures_of(form.selection(mine), composing.of_part(part))[2]
    return download(filing.sheets(found.values()), name=part, kind=kind)
