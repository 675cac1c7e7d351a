"""All addresses of the house, and some that go wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path

from config.urls import urlpatterns as house


def _raises(fault: Exception):
    @login_not_required
    def view(request):
        raise fault

    return view


urlpatterns = [
    *house,
    path("missing/", _raises(Http404())),
    path("forbidden/", _raises(PermissionDenied())),
    path("bad/", _raises(SuspiciousOperation())),
    path("broken/", _raises(RuntimeError())),
]
