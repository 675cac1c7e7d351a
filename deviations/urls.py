"""Addresses of deviations, answers, spaces and lists of terms."""

from django.urls import path

from .views import answering, blocks, importing, life, reading, spaces, terms, writing

app_name = "deviations"
urlpatterns = [
    path("deviations/", reading.deviation_list, name="list"),
    path("deviations/new/", writing.new, name="new"),
    path("deviations/may-i/", writing.may_i, name="may-i"),
    path("deviations/needs-me/", blocks.needs_me, name="block-needs-me"),
    path("deviations/found/", blocks.found, name="search-block"),
    path("deviations/of-case/<uuid:pk>/", reading.of_case, name="of-case"),
    path("deviations/grounds/", terms.grounds, name="ground-list"),
    path("deviations/grounds/new/", terms.new_ground, name="ground-new"),
    path("deviations/grounds/<str:code>/", terms.ground, name="ground"),
    path("deviations/causes/new/", terms.new_cause, name="cause-new"),
    path("deviations/causes/<str:code>/", terms.cause, name="cause"),
    path("deviations/imports/", importing.register_list, name="import-list"),
    path("deviations/imports/new/", importing.register_new, name="import-new"),
    path("deviations/imports/example/", importing.register_example, name="import-example"),
    path("deviations/imports/<uuid:pk>/", importing.register_page, name="import"),
    path("deviations/imports/<uuid:pk>/start/", importing.register_start, name="import-start"),
    path("deviations/imports/<uuid:pk>/discard/", importing.register_discard, name="import-discard"),
    path("deviations/imports/<uuid:pk>/faults/", importing.register_faults, name="import-faults"),
    path("deviations/<uuid:pk>/", reading.deviation, name="deviation"),
    path("deviations/<uuid:pk>/edit/", writing.edit, name="edit"),
    path("deviations/<uuid:pk>/draft/", writing.autosave, name="autosave"),
    path("deviations/<uuid:pk>/take-back/", life.take_back, name="take-back"),
    path("deviations/<uuid:pk>/withdraw/", life.withdraw, name="withdraw"),
    path("deviations/<uuid:pk>/decide/", answering.decide, name="decide"),
    path("deviations/<uuid:pk>/evaluate/", life.evaluate, name="evaluate"),
    path("queue/", answering.queue, name="queue"),
    path("queue/waiting/", blocks.queue, name="block-queue"),
    path("space/", spaces.space_list, name="space-list"),
    path("space/new/", spaces.new, name="space-new"),
    path("space/in-words/", spaces.in_words, name="space-in-words"),
    path("space/mine/", blocks.my_room, name="block-my-room"),
    path("space/given/", blocks.room_given, name="block-room-given"),
    path("space/<uuid:pk>/", spaces.space, name="space"),
    path("space/<uuid:pk>/edit/", spaces.edit, name="space-edit"),
    path("space/<uuid:pk>/grant/", spaces.grant, name="space-grant"),
    path("space/<uuid:pk>/holders/", spaces.holders, name="space-holders"),
    path("space/<uuid:pk>/suspend/", spaces.suspend, name="space-suspend"),
    path("space/<uuid:pk>/resume/", spaces.resume, name="space-resume"),
    path("space/<uuid:pk>/withdraw/", spaces.withdraw, name="space-withdraw"),
]
