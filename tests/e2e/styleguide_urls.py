"""The addresses of the house, with the styleguide added for looking at it in a browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as house
from tests.house.styleguide.sample import context


def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", context(bad=request.GET.get("bad")))


urlpatterns = [path("styleguide/", guide, name="styleguide"), *house]
