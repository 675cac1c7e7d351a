"""Addresses of the building blocks, the self-scan and the trust pulse."""

from django.urls import path

from accountability.views import blocks, pulses, scans

urlpatterns = [
    path("accountability/blocks/", blocks.blocks, name="block-list"),
    path("accountability/blocks/due/", blocks.due, name="block-due"),
    path("accountability/blocks/new/", blocks.new, name="building-block-new"),
    path("accountability/blocks/<slug:code>/edit/", blocks.edit, name="building-block-edit"),
    path("accountability/scans/teams/<uuid:pk>/", scans.team, name="team-scans"),
    path("accountability/scans/teams/<uuid:pk>/start/", scans.start, name="scan-start"),
    path("accountability/scans/<uuid:pk>/", scans.scan, name="scan"),
    path("accountability/scans/<uuid:pk>/close/", scans.close, name="scan-close"),
    path("accountability/scans/<uuid:pk>/blocks/<slug:code>/", scans.answer, name="scan-answer"),
    path("accountability/pulses/new/", pulses.new, name="pulse-new"),
    path("accountability/pulses/<uuid:pk>/", pulses.pulse, name="pulse"),
    path("accountability/pulses/<uuid:pk>/close/", pulses.close, name="pulse-close"),
]
