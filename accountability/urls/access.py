"""Addresses of access requests."""

from django.urls import path

from accountability.views import access as views

urlpatterns = [
    path("accountability/access-requests/", views.request_list, name="access-request-list"),
    path("accountability/access-requests/cases/<uuid:pk>/", views.request_new, name="access-request-new"),
    path("accountability/access-requests/<uuid:pk>/", views.answer, name="access-request"),
    path("accountability/access-requests/<uuid:pk>/again/", views.make_again, name="access-request-again"),
    path("accountability/access-requests/<uuid:pk>/answer.<slug:kind>", views.download, name="access-request-file"),
]
