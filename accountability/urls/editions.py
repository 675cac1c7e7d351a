"""Addresses of accounts to management, board and council."""

from django.urls import path

from accountability.views import editions, public, writing

urlpatterns = [
    path("accountability/editions/", editions.edition_list, name="edition-list"),
    path("accountability/editions/block/", editions.block, name="block-editions"),
    path("accountability/editions/new/", editions.new, name="edition-new"),
    path("accountability/editions/<uuid:pk>/", editions.edition, name="edition"),
    path("accountability/editions/<uuid:pk>/account.<slug:kind>", editions.file, name="edition-file"),
    path("accountability/editions/<uuid:pk>/write/", writing.write, name="edition-write"),
    path("accountability/editions/<uuid:pk>/preview/", writing.preview, name="edition-preview"),
    path("accountability/editions/<uuid:pk>/freeze/", editions.freeze, name="edition-freeze"),
    path("accountability/editions/<uuid:pk>/give-back/", editions.give_back, name="edition-give-back"),
    path("accountability/editions/<uuid:pk>/publish/", editions.publish, name="edition-publish"),
    path("accountability/editions/<uuid:pk>/stories/", writing.stories, name="edition-stories"),
    path("accountability/editions/<uuid:pk>/stories/<uuid:link>/", writing.choose, name="edition-choose"),
    path("accountability/editions/stories/<uuid:pk>/", writing.retell, name="edition-story"),
    path("accountability/editions/stories/<uuid:pk>/release/", writing.release, name="edition-release"),
    path("accountability/editions/stories/<uuid:pk>/take-out/", writing.take_out, name="edition-take-out"),
    path("public/accounts/", public.accounts, name="public-accounts"),
    path("public/accounts/<uuid:pk>/", public.account, name="public-account"),
]
