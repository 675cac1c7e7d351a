"""Addresses of the figures and of the runs that make them."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("learning/", views.dashboard, name="dashboard"),
    path("learning/block/figures/", views.block_figures, name="block-figures"),
    path("learning/figures/<slug:name>.csv", views.figure_csv, name="figure-csv"),
    path("learning/figures/<slug:name>/", views.figure, name="figure"),
    path("learning/rollups/", views.rollup_list, name="rollup-list"),
]
