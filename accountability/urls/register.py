"""Addresses of the public register."""

from django.urls import path

from accountability.views import public, register

urlpatterns = [
    path("accountability/register/", register.register, name="register"),
    path("accountability/register/register.<files:kind>", register.register_file, name="register-file"),
    path("accountability/register/propose/", register.propose, name="register-propose"),
    path("accountability/register/<uuid:pk>/", register.line, name="register-line"),
    path("accountability/register/<uuid:pk>/write/", register.write, name="register-write"),
    path("accountability/register/<uuid:pk>/release/", register.release, name="register-release"),
    path("accountability/register/<uuid:pk>/take-back/", register.take_back, name="register-take-back"),
    path("accountability/register/<uuid:pk>/leave-out/", register.leave_out, name="register-leave-out"),
    path("public/register/", public.register, name="public-register"),
    path("public/register/register.<files:kind>", public.register_file, name="public-register-file"),
]
