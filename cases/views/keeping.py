"""How long a case is kept: its retention class, and holds on its destruction."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cases.forms.keeping import HoldForm, LiftForm, RetentionForm
from cases.models import Case, RetentionHold
from cases.services import keeping
from cases.workflow import Action
from organisation.models import User
from organisation.pages import Request

from .life import step
from .reading import case_of


def classify(request: Request, pk: UUID) -> HttpResponse:
    """Another retention class, or another day on which the provision ends."""
    case = case_of(request, pk)
    context = {
        "title": _("Choose the retention class"),
        "intro": _("The period and the day follow from the class. Who keeps the archive can tell which class fits."),
    }
    proposed = keeping.proposed_class(case.policy_domain)
    return step(request, case, Action.CLASSIFY, RetentionForm, keeping.classify, context, of=case, proposed=proposed)


def place_hold(request: Request, pk: UUID) -> HttpResponse:
    """Keep the case from being destroyed."""
    context = {
        "title": _("Hold the destruction"),
        "intro": _("The case is kept until somebody lifts this hold, also when its period is over."),
    }
    return step(request, case_of(request, pk), Action.PLACE_HOLD, HoldForm, keeping.place_hold, context)


def lift_hold(request: Request, pk: UUID, hold: UUID) -> HttpResponse:
    """Let the period count again."""
    case = case_of(request, pk)
    found = get_object_or_404(RetentionHold.objects.filter(case=case).select_related("case"), pk=hold)
    context = {"title": _("Lift the hold"), "intro": f"{found.get_kind_display()}: {found.reason}"}

    def lift(*, case: Case, by: User, why: str) -> RetentionHold:
        return keeping.lift_hold(hold=found, by=by, why=why)

    return step(request, case, Action.LIFT_HOLD, LiftForm, lift, context)
