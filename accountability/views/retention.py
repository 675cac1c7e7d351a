"""What is kept and until when, holds, and the retention classes: numbers of cases, and nothing they say."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accountability.forms.retention import ClassForm, HoldByNumberForm
from accountability.permissions import retention as permissions
from accountability.services import overseeing_retention as overseeing
from accountability.services.listing_destruction import in_words
from accountability.workflow.retention import RetentionAction
from cases import permissions as of_cases
from cases.forms.keeping import LiftForm, RetentionForm
from cases.models import Case, RetentionClass, RetentionHold
from cases.services import keeping, keeping_classes
from cases.views.reading import see
from cases.workflow import RetentionAction as ClassAction
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, AccessWay
from organisation.pages import PAGE, Request, show

FORM = "accountability/retention_form.html"


@require_safe
def overview(request: Request) -> HttpResponse:
    """What is due, what is held, and the lists; a part of it is the first screen of the privacy officer."""
    gate(request, RetentionAction.READ)
    context = {"overview": overseeing.overview(), "guards": _guards(request)}
    return show(request, "accountability/retention.html", context, part="block")


@require_safe
def case_list(request: Request) -> HttpResponse:
    """The cases of one selection, by number: who looks after keeping does not read what they are about."""
    gate(request, RetentionAction.READ)
    which, code = request.GET.get("which", "due"), request.GET.get("class", "")
    if which not in overseeing.SELECTIONS:
        raise Http404
    page = Paginator(overseeing.selected(which, code), PAGE).get_page(request.GET.get("page"))
    for case in page.object_list:
        reckoning = case.reckon()
        case.why = in_words(reckoning) if reckoning and reckoning.duration else ""  # type: ignore[attr-defined]
    context = {
        "page": page, "which": which, "title": overseeing.SELECTIONS[which],
        "selections": tuple(overseeing.SELECTIONS.items()),
        "of_class": RetentionClass.objects.filter(code=code).first() if code else None, "guards": _guards(request),
    }  # fmt: skip
    return show(request, "accountability/retention_cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def classify(request: Request, pk: UUID) -> HttpResponse:
    """A class for a closed case, by the privacy officer."""
    _guards_only(request)
    case = get_object_or_404(Case.objects.select_related("policy_domain", "retention_class"), pk=pk)
    proposed = keeping.proposed_class(case.policy_domain)
    form = RetentionForm(request.POST if request.method == "POST" else None, of=case, proposed=proposed)
    back = reverse("accountability:retention-case-list") + "?which=unknown"
    context = {"title": _("Retention class of case %(number)s") % {"number": case.number}, "form": form, "back": back}

    def save() -> None:
        keeping.classify(case=case, by=request.user, **form.cleaned_data)

    return form_page(request, context, save, _("The class has been set."))


@require_safe
def hold_list(request: Request) -> HttpResponse:
    """What is held, the newest first."""
    gate(request, RetentionAction.READ)
    holds = RetentionHold.objects.active().select_related("case", "placed_by")
    page = Paginator(holds, PAGE).get_page(request.GET.get("page"))
    return show(request, "accountability/holds.html", {"page": page, "guards": _guards(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def place_hold(request: Request) -> HttpResponse:
    """Hold a case that is known by its number."""
    _guards_only(request)
    form = HoldByNumberForm(request.POST if request.method == "POST" else None)
    context = {"title": _("Hold the destruction"), "form": form, "back": reverse("accountability:hold-list")}

    def save() -> None:
        told = form.cleaned_data
        if form.case:
            AccessEvent.record(actor=request.user, targets=[form.case], way=AccessWay.SEARCH)
            keeping.place_hold(case=form.case, by=request.user, kind=told["kind"], reason=told["reason"])

    return form_page(request, context, save, _("The case is held."))


@require_http_methods(["GET", "HEAD", "POST"])
def lift_hold(request: Request, pk: UUID) -> HttpResponse:
    """Let the period count again."""
    _guards_only(request)
    hold = get_object_or_404(RetentionHold.objects.select_related("case"), pk=pk)
    form = LiftForm(request.POST if request.method == "POST" else None)
    intro = f"{hold.case.number}: {hold.get_kind_display()}, {hold.reason}"
    back = reverse("accountability:hold-list")
    context = {"title": _("Lift the hold"), "form": form, "intro": intro, "back": back}

    def save() -> None:
        keeping.lift_hold(hold=hold, by=request.user, why=form.cleaned_data["why"])

    return form_page(request, context, save, _("The hold has been lifted."))


@require_safe
def class_list(request: Request) -> HttpResponse:
    """The selection list as it is used here."""
    gate(request, RetentionAction.READ_CLASSES)
    classes = overseeing.in_order(RetentionClass.objects.prefetch_related("policy_domains"))
    may_keep = of_cases.answer(request.user, ClassAction.KEEP_CLASSES, None)
    return show(request, "accountability/retention_classes.html", {"classes": classes, "may_keep": may_keep})


@require_http_methods(["GET", "HEAD", "POST"])
def class_new(request: Request) -> HttpResponse:
    """Another class."""
    return _class_page(request, RetentionClass(), _("New retention class"))


@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request: Request, code: str) -> HttpResponse:
    """Correct or close a class."""
    found = get_object_or_404(RetentionClass, code=code)
    return _class_page(request, found, _("Retention class %(code)s") % {"code": code})


def _class_page(request: Request, kept: Any, title: str) -> HttpResponse:
    if not of_cases.answer(request.user, ClassAction.KEEP_CLASSES, kept):
        raise Http404
    form = ClassForm(request.POST if request.method == "POST" else None, instance=kept)
    context = {"title": title, "form": form, "back": reverse("accountability:retention-class-list"), "kept": kept}

    def save() -> None:
        version = form.cleaned_data.pop("version", None) or 1
        keeping_classes.save_class(retention_class=kept, by=request.user, fields=form.cleaned_data, version=version)

    return form_page(request, context, save, _("The class has been saved. Cases that carry it are reckoned again."))


def form_page(request: Request, context: dict[str, Any], save: Any, done: str) -> HttpResponse:
    """A page with one form and one service behind it."""
    if request.method != "POST":
        return show(request, FORM, context)
    if not context["form"].is_valid():
        return show(request, FORM, context, status=422)
    try:
        save()
    except Refused as refusal:
        return show(request, FORM, context | {"refusal": refusal.reason}, status=409)
    messages.success(request, done)
    return see(context["back"])


def gate(request: Request, action: RetentionAction) -> None:
    """To everybody else this address does not exist."""
    if not permissions.answer(request.user, action):
        raise Http404


def _guards(request: Request) -> bool:
    """Whether they may hold a case and choose its class: of those who read here only the privacy officer."""
    return bool(permissions.answer(request.user, RetentionAction.ANSWER_ACCESS))


def _guards_only(request: Request) -> None:
    gate(request, RetentionAction.READ)
    if not _guards(request):
        raise Http404
