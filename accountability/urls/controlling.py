"""Addresses of internal control."""

from django.urls import path

from accountability.views import controlling as views

urlpatterns = [
    path("accountability/control/", views.control_list, name="control-list"),
    path("accountability/control/<files:kind>/", views.control_export, name="control-file"),
]
