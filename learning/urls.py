"""Addresses of figures, signals, learning questions and reports."""

from django.urls import path

from .views import api, asking, bringing_in, figure_files, figures, following, noticing, reporting, rollups

app_name = "learning"
urlpatterns = [
    *(endpoint.url for endpoint in api.ENDPOINTS),
    path("learning/", figures.dashboard, name="dashboard"),
    path("learning/block/figures/", figures.block_figures, name="block-figures"),
    path("learning/figures/page/<slug:part>.<files:kind>", figure_files.page_file, name="page-file"),
    path("learning/figures/<slug:name>.<files:kind>", figure_files.figure_file, name="figure-file"),
    path("learning/figures/<slug:name>/", figures.figure, name="figure"),
    path("learning/signals/", noticing.signal_list, name="signal-list"),
    path("learning/signals/new/", noticing.block_new, name="block-signals"),
    path("learning/signals/<uuid:pk>/", noticing.signal, name="signal"),
    path("learning/signals/<uuid:pk>/take/", noticing.take, name="signal-take"),
    path("learning/signals/<uuid:pk>/dismiss/", noticing.dismiss, name="signal-dismiss"),
    path("learning/signals/<uuid:pk>/link/", bringing_in.link_signal, name="signal-link"),
    path("learning/signs/passed-on/", bringing_in.passed_on, name="block-passed-on"),
    path("learning/signs/<uuid:pk>/", bringing_in.questions_of_sign, name="block-sign"),
    path("learning/signs/<uuid:pk>/link/", bringing_in.link_sign, name="sign-link"),
    path("learning/late/", bringing_in.late, name="late"),
    path("learning/questions/", asking.board, name="question-list"),
    path("learning/questions/new/", asking.new, name="question-new"),
    path("learning/questions/<uuid:pk>/", asking.question, name="question"),
    path("learning/questions/<uuid:pk>/edit/", asking.edit, name="question-edit"),
    path("learning/questions/<uuid:pk>/<slug:action>/", asking.step, name="question-step"),
    path("learning/stories/<uuid:pk>/", following.story, name="story"),
    path("learning/line/<uuid:pk>/", following.line, name="block-line"),
    path("learning/mine/", following.mine, name="block-mine"),
    path("learning/loop/", following.loop, name="block-loop"),
    path("learning/reports/", reporting.report_list, name="report-list"),
    path("learning/reports/new/", reporting.new, name="report-new"),
    path("learning/reports/making/<uuid:pk>/", reporting.report_run, name="report-run"),
    path("learning/reports/<uuid:pk>/", reporting.report, name="report"),
    path("learning/reports/<uuid:pk>/write/", reporting.write, name="report-write"),
    path("learning/reports/<uuid:pk>/publish/", reporting.publish, name="report-publish"),
    path("learning/reports/<uuid:pk>/stories/<uuid:link>/", reporting.choose, name="report-choose"),
    path("learning/reports/stories/<uuid:pk>/release/", reporting.release, name="report-release"),
    path("learning/reports/stories/<uuid:pk>/take-out/", reporting.take_out, name="report-take-out"),
    path("learning/reports/<uuid:pk>/report.<files:kind>", reporting.report_file, name="report-file"),
    path("learning/reports/<uuid:pk>/report.pdf", reporting.report_pdf, name="report-pdf"),
    path("learning/rollups/", rollups.rollup_list, name="rollup-list"),
]
