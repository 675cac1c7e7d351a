"""Addresses of `deviations`."""

from django.urls.resolvers import URLPattern

app_name = "deviations"
urlpatterns: list[URLPattern] = []
