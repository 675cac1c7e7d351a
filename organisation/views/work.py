"""The first page and the search page: each is composed of parts that other apps serve."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from organisation.pages import Request, show


@require_GET
def work(request: Request) -> HttpResponse:
    """What this person can do now, by role."""
    return show(request, "work/work.html")


@require_GET
def search(request: Request) -> HttpResponse:
    """Cases and deviations with this text, as far as this person may see them: the parts decide that."""
    return show(request, "work/search.html", {"q": request.GET.get("q", "").strip()[:100]})
