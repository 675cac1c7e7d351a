"""Addresses of asking advice, and of what does not feel right."""

from django.urls import path

from .views import consulting, unease

urlpatterns = [
    path("deviations/advice/", consulting.advice_list, name="advice-list"),
    path("deviations/advice/<uuid:pk>/", consulting.consultation, name="consultation"),
    path("deviations/advice/<uuid:pk>/withdraw/", consulting.withdraw, name="advice-withdraw"),
    path("deviations/advice/<uuid:pk>/followed/", consulting.settle, name="advice-settle"),
    path("deviations/<uuid:pk>/advice/", consulting.ask, name="advice-ask"),
    path("deviations/<uuid:pk>/advice/received/", consulting.receive, name="advice-receive"),
    path("signals/", unease.unease_list, name="unease-list"),
    path("signals/newest/", unease.block_unease, name="block-unease"),
    path("signals/new/", unease.unease_new, name="unease-new"),
    path("signals/<uuid:pk>/", unease.unease, name="unease"),
    path("signals/<uuid:pk>/reply/", unease.unease_reply, name="unease-reply"),
    path("signals/<uuid:pk>/deviate/", unease.unease_deviate, name="unease-deviate"),
]
