"""Pages of signals: the list, one signal with its numbers and picture, and what is done with it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from learning import permissions
from learning.forms.bringing_in import BelongsForm
from learning.forms.noticing import DismissForm, SignalFilter
from learning.models import Signal
from learning.services import explaining, picturing, triaging
from learning.workflow import SIGNAL_MOVES, SignalAction
from organisation.filtering import saves_views
from organisation.kernel import moves
from organisation.kernel.access import Refused
from organisation.pages import PAGE, Request, show

SHOWN = 5


@require_safe
@saves_views(
    "learning:signal-list",
    gettext_lazy("Signals"),
    lambda user, data: SignalFilter(data),
    opens=lambda user: permissions.answer_with_signal(user, SignalAction.READ),
)
def signal_list(request: Request) -> HttpResponse:
    """The signals, the first due first."""
    rows = _visible(request)
    form = SignalFilter(request.GET)
    page = Paginator(form.apply(rows.for_pages().most_telling_first()), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "signals": _with_words(page.object_list),
        "overdue": rows.overdue().count(),
        "filtered": bool(request.GET.get("state") or request.GET.get("kind")),
    }
    return show(request, "learning/signals.html", context, part="rows")


@require_safe
def signal(request: Request, pk: UUID) -> HttpResponse:
    """One signal."""
    return signal_page(request, _one(request, pk))


@require_safe
def block_new(request: Request) -> HttpResponse:
    """What has to be looked at, for the first screen."""
    rows = _visible(request).open().for_pages().most_telling_first()
    context = {"signals": _with_words(rows[:SHOWN]), "total": rows.count(), "overdue": rows.overdue().count()}
    return show(request, "learning/block_signals.html", context)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """I look at it."""
    found = _one(request, pk)
    try:
        triaging.take(signal=found, by=request.user)
    except Refused as refused:
        return signal_page(request, found, status=409, refusal=refused.reason)
    messages.success(request, _("You look at this signal."))
    return redirect(found)


@require_POST
def dismiss(request: Request, pk: UUID) -> HttpResponse:
    """Nothing has to be learnt from it."""
    found, form = _one(request, pk), DismissForm(request.POST)
    if not form.is_valid():
        return signal_page(request, found, status=422, form=form)
    try:
        triaging.dismiss(signal=found, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return signal_page(request, found, status=409, refusal=refused.reason, form=form)
    messages.success(request, _("The signal is dismissed. It comes back only when it grows."))
    return redirect(found)


def _visible(request: Request) -> Any:
    """For who reads no signals these pages do not exist."""
    if not permissions.answer_with_signal(request.user, SignalAction.READ):
        raise Http404
    return Signal.objects.visible_to(request.user)


def _one(request: Request, pk: UUID) -> Signal:
    found: Signal = get_object_or_404(_visible(request).for_pages(), pk=pk)
    return found


def signal_page(request: Request, found: Signal, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page of a signal, perhaps with the reason why something was refused."""
    found = Signal.objects.for_pages().get(pk=found.pk)
    possible = [action for action in moves.possible(SIGNAL_MOVES, found.state) if action in permissions.MAY_WITH_SIGNAL]
    context = {
        "signal": found,
        "words": picturing.words(found, explaining.names()),
        "picture": picturing.picture(found),
        "may": {action.value: permissions.answer_with_signal(request.user, action, found) for action in possible},
        "form": DismissForm(),
        "belongs": BelongsForm(routine=found.routine),
    }
    return show(request, "learning/signal.html", context | extra, status=status)


def _with_words(rows: Iterable[Signal]) -> list[dict[str, Any]]:
    names = explaining.names()
    return [{"signal": row, "words": picturing.words(row, names, short=True)} for row in rows]
