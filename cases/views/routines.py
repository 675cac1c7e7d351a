"""The catalogue of routines and the keeping of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases import permissions
from cases.forms.filters import RoutineFilter
from cases.forms.routines import TEXT, CorrectionForm, NameForm, RoutineForm, TextForm, VersionForm
from cases.models import Routine, RoutineVersion
from cases.paging import Page
from cases.services import prescribing
from cases.workflow import RoutineAction
from organisation.comparing import set_against, text_differences, took_over
from organisation.drafting import bound_or_drafted
from organisation.filtering import saves_views
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .reading import see

WRITE = "cases/routine_version.html"
NAME = "cases/routine_name.html"


@require_GET
@saves_views("cases:routine-list", _("Routines"), lambda user, data: RoutineFilter(data))
def routine_list(request: Request) -> HttpResponse:
    """All routines, filtered by what stands in the address."""
    form = RoutineFilter(request.GET)
    routines = form.apply(Routine.objects.select_related("policy_domain").with_current())
    may_add = permissions.answer(request.user, RoutineAction.ADD_ROUTINE, None)
    context = {"form": form, "page": Page(routines, request.GET.get("page")), "may_add": may_add}
    return show(request, "cases/routine_list.html", context)


@require_GET
def routine(request: Request, code: str) -> HttpResponse:
    """One routine: what holds today, and how it came to be so."""
    routine = get_object_or_404(Routine.objects.select_related("policy_domain"), code=code)
    versions = list(routine.versions.order_by("-number"))
    for newer, older in zip(versions, versions[1:], strict=False):
        newer.differences = text_differences(older, newer, TEXT)  # type: ignore[attr-defined]
    today = timezone.localdate()
    keeper = permissions.answer(request.user, RoutineAction.CORRECT_VERSION, None)
    for version in versions:
        version.may_correct = keeper and not version.is_used()  # type: ignore[attr-defined]
        version.is_to_come = version.valid_from > today  # type: ignore[attr-defined]
    context = {
        "routine": routine,
        "current": routine.version_on(today),
        "versions": versions,
        "uses": routine.uses.count(),
        "may_add": permissions.answer(request.user, RoutineAction.ADD_VERSION, routine),
    }
    return show(request, "cases/routine.html", context)


def new(request: Request) -> HttpResponse:
    """A new routine."""
    _keepers_only(request)
    key = "cases:routine"
    form = bound_or_drafted(request, RoutineForm, key)
    context: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return show(request, "cases/routine_new.html", context)
    if not form.is_valid():
        return show(request, "cases/routine_new.html", context, status=422)
    try:
        made = prescribing.add_routine(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return show(request, "cases/routine_new.html", context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(made.get_absolute_url())


def edit(request: Request, code: str) -> HttpResponse:
    """Another title or owner for a routine."""
    _keepers_only(request)
    routine = get_object_or_404(Routine, code=code)
    key = f"cases:routine:{routine.pk}"
    form = bound_or_drafted(request, NameForm, key, initial=NameForm.of(routine))
    context: dict[str, Any] = {"form": form, "routine": routine}
    if request.method != "POST":
        return show(request, NAME, context)
    if took_over(form, NameForm(initial=NameForm.of(routine)), prescribing.RENAMED_MEANWHILE):
        return show(request, NAME, context, status=409)
    if not form.is_valid():
        return show(request, NAME, context, status=422)
    try:
        prescribing.rename_routine(routine=routine, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile as refusal:
        now = NameForm.of(refusal.now)
        set_against(form, NameForm(initial=now), refusal.reason, seen=now["seen"])
        return show(request, NAME, context, status=409)
    Draft.discard(request.user, key)
    return see(routine.get_absolute_url())


def new_version(request: Request, code: str) -> HttpResponse:
    """A new version of a routine, beginning with the text of the last one."""
    _keepers_only(request)
    routine = get_object_or_404(Routine, code=code)
    last = routine.versions.order_by("-number").first()
    key = f"cases:version:{routine.pk}"
    begin = TextForm.of(last) | {"seen": last.number} if last else {"seen": 0}
    form = bound_or_drafted(request, VersionForm, key, initial=begin)
    context: dict[str, Any] = {"form": form, "routine": routine, "last": last}
    if request.method != "POST":
        return show(request, WRITE, context)
    if took_over(form, TextForm(initial=begin), prescribing.MADE_MEANWHILE):
        return show(request, WRITE, context, status=409)
    if not form.is_valid():
        return show(request, WRITE, context, status=422)
    try:
        prescribing.add_version(routine=routine, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile as refusal:
        set_against(form, TextForm(initial=TextForm.of(refusal.now)), refusal.reason, seen=refusal.now.number)
        return show(request, WRITE, context, status=409)
    except Refused as refusal:
        return show(request, WRITE, context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(routine.get_absolute_url())


def correct(request: Request, code: str, number: int) -> HttpResponse:
    """A better text of a version nobody has used."""
    _keepers_only(request)
    version = get_object_or_404(RoutineVersion.objects.select_related("routine"), routine__code=code, number=number)
    key = f"cases:correct:{version.pk}"
    begin = TextForm.of(version) | {"seen": version.fingerprint}
    form = bound_or_drafted(request, CorrectionForm, key, initial=begin)
    context: dict[str, Any] = {"form": form, "routine": version.routine, "version": version}
    if request.method != "POST":
        return show(request, WRITE, context)
    if took_over(form, TextForm(initial=begin), prescribing.CORRECTED_MEANWHILE):
        return show(request, WRITE, context, status=409)
    if not form.is_valid():
        return show(request, WRITE, context, status=422)
    try:
        prescribing.correct_version(version=version, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile as refusal:
        set_against(form, TextForm(initial=TextForm.of(refusal.now)), refusal.reason, seen=refusal.now.fingerprint)
        return show(request, WRITE, context, status=409)
    except Refused as refusal:
        return show(request, WRITE, context | {"refusal": refusal.reason}, status=409)
    Draft.discard(request.user, key)
    return see(version.routine.get_absolute_url())


def _keepers_only(request: Request) -> None:
    """Who does not keep the catalogue does not find its forms."""
    if not permissions.answer(request.user, RoutineAction.ADD_ROUTINE, None):
        raise Http404
