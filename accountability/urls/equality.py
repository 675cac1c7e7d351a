"""Addresses of how comparable requests were answered."""

from django.urls import path

from accountability.views import equality as views

urlpatterns = [
    path("accountability/equality/", views.equality, name="equality"),
    path("accountability/equality/block/", views.block, name="block-equality"),
    path("accountability/equality/again/", views.count_again, name="equality-again"),
    path("accountability/equality/figures.<files:kind>", views.download, name="equality-file"),
    path("accountability/equality/figures/<slug:name>/", views.figure, name="equality-figure"),
]
