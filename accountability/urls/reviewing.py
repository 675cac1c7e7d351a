"""Addresses of reviews."""

from django.urls import path

from accountability.views import reviewing, rounds

urlpatterns = [
    path("accountability/reviews/", rounds.review_list, name="review-list"),
    path("accountability/reviews/mine/", reviewing.block_reviews, name="block-reviews"),
    path("accountability/reviews/of-space/<uuid:pk>/", reviewing.reviews_of_space, name="reviews-of-space"),
    path("accountability/reviews/rounds/new/", rounds.review_round_new, name="review-round-new"),
    path("accountability/reviews/rounds/<uuid:pk>/", rounds.review_round, name="review-round"),
    path("accountability/reviews/rounds/<uuid:pk>/close/", rounds.review_round_close, name="review-round-close"),
    path("accountability/reviews/rounds/<uuid:pk>/<files:kind>/", rounds.review_round_file, name="review-round-file"),
    path("accountability/reviews/rounds/<uuid:pk>/pdf/", rounds.review_round_pdf, name="review-round-pdf"),
    path("accountability/reviews/<uuid:pk>/", reviewing.review, name="review"),
    path("accountability/reviews/<uuid:pk>/answer/", reviewing.answer, name="review-answer"),
    path("accountability/reviews/<uuid:pk>/respond/", reviewing.respond, name="review-respond"),
    path("accountability/reviews/<uuid:pk>/step-aside/", reviewing.step_aside, name="review-step-aside"),
    path("accountability/reviews/<uuid:pk>/reassign/", reviewing.reassign, name="review-reassign"),
]
