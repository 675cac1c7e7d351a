"""Internal control: decisions with ground, mandate, amount and what is missing, as a list and as files."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accountability.forms.controlling import ControlFilter
from accountability.permissions import controlling as permissions
from accountability.services import controlling
from accountability.workflow.controlling import Action
from cases.paging import Page
from organisation.files import KINDS, download
from organisation.filtering import saves_views
from organisation.kernel.sheets import Sheet
from organisation.models import AccessBasis, AccessEvent, AccessWay
from organisation.pages import Request, show


@require_safe
@saves_views(
    "accountability:control-list",
    gettext_lazy("Internal control"),
    lambda user, data: ControlFilter(data),
    opens=lambda user: permissions.answer(user, Action.READ),
)
def control_list(request: Request) -> HttpResponse:
    """The decisions that the address asks for."""
    _gate(request, Action.READ)
    form = ControlFilter(request.GET)
    page = Page(form.narrow(controlling.decided()), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": controlling.in_rows(page.rows),
        "query": request.GET.urlencode(),
        "kinds": KINDS,
    }
    return show(request, "accountability/control.html", context)


@require_safe
def control_export(request: Request, kind: str) -> HttpResponse:
    """The same for a spreadsheet; every deviation in it is logged."""
    _gate(request, Action.EXPORT)
    rows = ControlFilter(request.GET).narrow(controlling.decided())
    taken = [row.deviation for row in rows]
    AccessEvent.record(actor=request.user, targets=taken, way=AccessWay.EXPORT, basis=AccessBasis.ROLE)
    name = f"interne-controle-{timezone.localdate().isoformat()}"
    return download([Sheet(_("Internal control"), controlling.lines(rows))], name=name, kind=kind)


def _gate(request: Request, action: Action) -> None:
    if not permissions.answer(request.user, action):
        raise Http404
