"""The story of a thing, for whoever may see the thing itself."""

from uuid import UUID

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from organisation.chronicle import story
from organisation.models import AccessEvent, AccessWay
from organisation.pages import PAGE, Request, show


@require_GET
def history(request: Request, label: str, pk: UUID) -> HttpResponse:
    """Who did what when, and which fields changed. The part for htmx is the same list without the page round it."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as fault:
        raise Http404 from fault
    manager = model._default_manager
    # A story names who did what: where not everybody who reads a thing may know that, it has a rule of its own.
    visible = getattr(manager, "story_visible_to", None) or getattr(manager, "visible_to", None)
    if visible is None:
        raise Http404
    thing = get_object_or_404(visible(request.user), pk=pk)
    number = max(1, int(page)) if (page := request.GET.get("page", "1")).isascii() and page.isdigit() else 1
    is_logged = model._meta.app_label != "organisation"  # people and teams are no case data
    if is_logged:
        AccessEvent.record(actor=request.user, targets=[thing], way=AccessWay.PAGE)
    lines, has_older = story(thing, page=min(number, 1000), size=PAGE)
    context = {"thing": thing, "label": label, "lines": lines, "number": number, "has_older": has_older}
    context["is_logged"] = is_logged
    return show(request, "organisation/history.html", context, part="lines")
