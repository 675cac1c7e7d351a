"""Addresses of dossiers."""

from django.urls import path

from accountability.views import dossiers as views

urlpatterns = [
    path("accountability/dossiers/<uuid:pk>/", views.dossier, name="dossier"),
    path("accountability/dossiers/<uuid:pk>/card/", views.dossier_card, name="dossier-card"),
    path("accountability/dossiers/<uuid:pk>/note/", views.note, name="dossier-note"),
    path("accountability/dossiers/<uuid:pk>/pdf/", views.dossier_pdf, name="dossier-pdf"),
]
