"""Addresses of what is kept, what is held and what is destroyed."""

from django.urls import path

from accountability.views import destruction, retention

urlpatterns = [
    path("accountability/retention/", retention.overview, name="retention"),
    path("accountability/retention/cases/", retention.case_list, name="retention-case-list"),
    path("accountability/retention/cases/<uuid:pk>/class/", retention.classify, name="retention-classify"),
    path("accountability/retention/holds/", retention.hold_list, name="hold-list"),
    path("accountability/retention/holds/new/", retention.place_hold, name="hold-new"),
    path("accountability/retention/holds/<uuid:pk>/lift/", retention.lift_hold, name="hold-lift"),
    path("accountability/retention/classes/", retention.class_list, name="retention-class-list"),
    path("accountability/retention/classes/new/", retention.class_new, name="retention-class-new"),
    path("accountability/retention/classes/<str:code>/", retention.class_edit, name="retention-class"),
    path("accountability/retention/lists/", destruction.make, name="destruction-make"),
    path("accountability/retention/lists/<uuid:pk>/", destruction.destruction_list, name="destruction-list"),
    path("accountability/retention/lists/<uuid:pk>/give-back/", destruction.give_back, name="destruction-give-back"),
    path("accountability/retention/lists/<uuid:pk>/<slug:action>/", destruction.step, name="destruction-step"),
    path(
        "accountability/retention/lists/<uuid:pk>/lines/<uuid:line>/take-off/",
        destruction.take_off,
        name="destruction-take-off",
    ),
    path("accountability/retention/certificates/", destruction.certificate_list, name="certificate-list"),
    path("accountability/retention/certificates/<uuid:pk>/", destruction.certificate, name="certificate"),
    path("accountability/retention/certificates/<uuid:pk>/pdf/", destruction.certificate_pdf, name="certificate-pdf"),
]
