"""Addresses of people, teams, terms, notices and the state of the system."""

from django.urls import path

from .views import drafts, health, history, own, people, rights, settings_check, teams, terms

app_name = "organisation"
urlpatterns = [
    path("notices/", own.notices, name="notices"),
    path("notices/read/", own.notices_read, name="notices-read"),
    path("notices/<uuid:pk>/", own.notice_open, name="notice-open"),
    path("preferences/", own.preferences, name="preferences"),
    path("drafts/<str:key>/", drafts.draft, name="draft"),
    path("history/<str:label>/<uuid:pk>/", history.history, name="history"),
    path("organisation/people/", people.people, name="people"),
    path("organisation/people/new/", people.person_new, name="person-new"),
    path("organisation/people/<uuid:pk>/", people.person, name="person"),
    path("organisation/people/<uuid:pk>/edit/", people.person_edit, name="person-edit"),
    path("organisation/people/<uuid:pk>/roles/", rights.roles, name="person-roles"),
    path("organisation/people/<uuid:pk>/join/", rights.join, name="person-join"),
    path("organisation/people/<uuid:pk>/link/", rights.link, name="person-link"),
    path("organisation/people/<uuid:pk>/unlock/", rights.unlock, name="person-unlock"),
    path("organisation/people/<uuid:pk>/leave/", rights.leave, name="person-leave"),
    path("organisation/people/<uuid:pk>/return/", rights.come_back, name="person-return"),
    path("organisation/memberships/<uuid:pk>/end/", rights.membership_end, name="membership-end"),
    path("organisation/teams/", teams.team_list, name="team-list"),
    path("organisation/teams/new/", teams.team_new, name="team-new"),
    path("organisation/teams/<uuid:pk>/", teams.team, name="team"),
    path("organisation/teams/<uuid:pk>/edit/", teams.team_edit, name="team-edit"),
    path("organisation/teams/<uuid:pk>/close/", teams.team_close, name="team-close"),
    path("organisation/terms/", terms.term_list, name="term-list"),
    path("organisation/terms/<slug:kind>/new/", terms.term_new, name="term-new"),
    path("organisation/terms/<slug:kind>/<uuid:pk>/", terms.term, name="term"),
    path("organisation/terms/<slug:kind>/<uuid:pk>/close/", terms.term_close, name="term-close"),
    path("organisation/settings/", settings_check.settings_check, name="settings-check"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
]
