"""Addresses of the logbook."""

from django.urls import path

from accountability.views import evidence, seal
from accountability.views import logbook as views

urlpatterns = [
    path("accountability/log/", views.log, name="log"),
    path("accountability/log/lines.<slug:kind>", views.export, name="log-file"),
    path("accountability/log/seal/", seal.seal, name="seal"),
    path("accountability/log/seal/verify/", seal.verify, name="verify-log"),
    path("accountability/log/seal/<uuid:pk>/", seal.verification, name="verification"),
    path("accountability/log/ask/", views.block, name="ask-file"),
    path("accountability/log/files/", views.find_file, name="find-file"),
    path("accountability/log/files/<uuid:pk>/", views.file_log, name="file-log"),
    path("accountability/log/people/<uuid:pk>/", views.person_log, name="person-log"),
    path("accountability/log/files/<uuid:pk>/evidence/", evidence.about_file, name="file-evidence"),
    path("accountability/log/people/<uuid:pk>/evidence/", evidence.about_person, name="person-evidence"),
    path("accountability/log/evidence/<uuid:pk>/", evidence.evidence, name="evidence"),
    path("accountability/log/evidence/<uuid:pk>/file/", evidence.download, name="evidence-file"),
]
