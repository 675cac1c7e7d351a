"""Addresses of what privacy officer and internal control look at first."""

from django.urls import path

from accountability.views import watching as views

urlpatterns = [
    path("accountability/access/", views.access, name="access"),
    path("accountability/standing/", views.standing, name="standing"),
]
