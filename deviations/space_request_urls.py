"""Addresses of proposals for a space, under `space/requests/`."""

from django.urls import path

from .views import asking

urlpatterns = [
    path("", asking.request_list, name="space-request-list"),
    path("new/", asking.new, name="space-request-new"),
    path("<uuid:pk>/", asking.request_page, name="space-request"),
    path("<uuid:pk>/reply/", asking.reply, name="space-request-reply"),
    path("<uuid:pk>/withdraw/", asking.withdraw, name="space-request-withdraw"),
    path("<uuid:pk>/answer/", asking.answer, name="space-request-answer"),
]
