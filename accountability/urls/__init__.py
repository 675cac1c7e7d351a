"""Addresses of `accountability`, one module for each way of giving account."""

from accountability.views import api

from . import (
    access,
    blocks,
    controlling,
    dossiers,
    editions,
    equality,
    logbook,
    register,
    retention,
    reviewing,
    watching,
)

app_name = "accountability"
urlpatterns = [
    *access.urlpatterns,
    *blocks.urlpatterns,
    *controlling.urlpatterns,
    *dossiers.urlpatterns,
    *equality.urlpatterns,
    *retention.urlpatterns,
    *reviewing.urlpatterns,
    *logbook.urlpatterns,
    *watching.urlpatterns,
    *editions.urlpatterns,
    *register.urlpatterns,
    *(endpoint.url for endpoint in api.ENDPOINTS),
]
