"""Addresses of people, teams, notices and the state of the system."""

from django.urls import path

from . import views

app_name = "organisation"
urlpatterns = [
    path("drafts/<str:key>/", views.draft, name="draft"),
    path("healthz", views.healthz, name="healthz"),
]
