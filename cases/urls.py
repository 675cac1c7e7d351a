"""Addresses of cases and routines."""

from django.urls import path

from .views import attaching, blocks, casefile, journal, keeping, life, listing, routines, sharing

app_name = "cases"
urlpatterns = [
    path("cases/", listing.case_list, name="list"),
    path("cases/new/", casefile.new, name="new"),
    path("cases/export/", listing.export, name="export"),
    path("cases/left-behind/", listing.left_behind, name="left-behind"),
    path("cases/mine/", blocks.mine, name="block-mine"),
    path("cases/found/", blocks.found, name="search-block"),
    path("cases/<uuid:pk>/", casefile.case, name="case"),
    path("cases/<uuid:pk>/edit/", casefile.edit, name="edit"),
    path("cases/<uuid:pk>/routines/", casefile.apply, name="apply"),
    path("cases/<uuid:pk>/journal/", journal.write, name="write"),
    path("cases/<uuid:pk>/journal/<uuid:entry>/edit/", journal.change, name="change-entry"),
    path("cases/<uuid:pk>/journal/<uuid:entry>/addendum/", journal.addendum, name="addendum"),
    path("cases/<uuid:pk>/agreements/", journal.agree, name="agree"),
    path("cases/<uuid:pk>/agreements/<uuid:agreement>/done/", journal.done, name="done"),
    path("cases/<uuid:pk>/agreements/<uuid:agreement>/undo/", journal.undo, name="undo"),
    path("cases/<uuid:pk>/attachments/", attaching.attach, name="attach"),
    path("cases/<uuid:pk>/attachments/<uuid:attachment>/", attaching.download, name="attachment"),
    path("cases/<uuid:pk>/attachments/<uuid:attachment>/remove/", attaching.detach, name="detach"),
    path("cases/<uuid:pk>/share/", sharing.share, name="share"),
    path("cases/<uuid:pk>/share/person/<int:share>/end/", sharing.end_person, name="end-share"),
    path("cases/<uuid:pk>/share/team/<int:share>/end/", sharing.end_team, name="end-team-share"),
    path("cases/<uuid:pk>/hand-over/", life.hand_over, name="hand-over"),
    path("cases/<uuid:pk>/hold/", life.hold, name="hold"),
    path("cases/<uuid:pk>/resume/", life.resume, name="resume"),
    path("cases/<uuid:pk>/close/", life.close, name="close"),
    path("cases/<uuid:pk>/reopen/", life.reopen, name="reopen"),
    path("cases/<uuid:pk>/retention/", keeping.classify, name="classify"),
    path("cases/<uuid:pk>/retention/hold/", keeping.place_hold, name="place-hold"),
    path("cases/<uuid:pk>/retention/hold/<uuid:hold>/lift/", keeping.lift_hold, name="lift-hold"),
    path("routines/", routines.routine_list, name="routine-list"),
    path("routines/new/", routines.new, name="routine-new"),
    path("routines/<str:code>/", routines.routine, name="routine"),
    path("routines/<str:code>/edit/", routines.edit, name="routine-edit"),
    path("routines/<str:code>/new-version/", routines.new_version, name="routine-version"),
    path("routines/<str:code>/versions/<int:number>/correct/", routines.correct, name="routine-correct"),
]
