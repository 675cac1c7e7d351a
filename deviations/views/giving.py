"""Giving room: the form of a space, kept while somebody types, with presets and a sentence that sums it up."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deviations import room
from deviations.forms.spaces import SpaceForm
from deviations.models import DiscretionarySpace
from deviations.rules.presets import PRESETS
from deviations.services import granting
from deviations.workflow import SpaceState
from organisation.comparing import set_against, took_over
from organisation.drafting import bound_or_drafted, kept
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.money import from_cents
from organisation.models import Draft, Role
from organisation.pages import Request, show
from organisation.services import keeping_drafts

from .spaces import of_person
from .writing import see

PAGE = "deviations/space_write.html"


def new(request: Request) -> HttpResponse:
    """A new space, for a team this person leads."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    return _write(request, DiscretionarySpace(granted_by=request.user))


def edit(request: Request, pk: UUID) -> HttpResponse:
    """A draft of a space."""
    drafted = of_person(request, pk)
    if request.method != "POST":
        if drafted.team_id not in request.user.standing.leads:
            raise Http404
        if drafted.state != SpaceState.DRAFT:
            return see(drafted.get_absolute_url())
    return _write(request, drafted)


@require_POST
def in_words(request: Request) -> HttpResponse:
    """The space that is being written, in one sentence; nothing is saved."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404
    drafted = DiscretionarySpace(granted_by=request.user)
    form = SpaceForm(request.POST, instance=drafted, by=request.user)
    return show(request, PAGE, _context(request, drafted, form, typed=request.POST), part="live")


def _write(request: Request, drafted: DiscretionarySpace) -> HttpResponse:
    if "preset" in request.POST:
        return _preset(request, drafted)
    form = bound_or_drafted(request, SpaceForm, _key(drafted), instance=drafted, by=request.user)
    if request.method != "POST":
        return show(request, PAGE, _context(request, drafted, form))
    if not drafted._state.adding and took_over(form, _stored(request, drafted), granting.CHANGED_MEANWHILE):
        return show(request, PAGE, _context(request, drafted, form), status=409)
    if not form.is_valid():
        return show(request, PAGE, _context(request, drafted, form), status=422)
    try:
        saved = _keep(request, drafted, form)
        if request.POST.get("action", "grant") != "grant":
            messages.success(request, _("Draft %(number)s is saved.") % {"number": saved.number})
            return see(reverse("deviations:space-edit", args=[saved.pk]))
    except ChangedMeanwhile as refusal:
        set_against(form, _stored(request, drafted), refusal.reason, version=refusal.now.version)
        return show(request, PAGE, _context(request, drafted, form), status=409)
    except Refused as refusal:
        return show(request, PAGE, _context(request, drafted, form, refusal=refusal.reason), status=409)
    return _grant(request, saved)


def _stored(request: Request, drafted: DiscretionarySpace) -> SpaceForm:
    """The form of the draft as it stands now."""
    return SpaceForm(instance=of_person(request, drafted.pk), by=request.user)


def _keep(request: Request, drafted: DiscretionarySpace, form: SpaceForm) -> DiscretionarySpace:
    """Save what was typed; what was kept while typing is not needed any more."""
    fields, by, key = form.written(), request.user, _key(drafted)
    if drafted._state.adding:
        named = {"team": form.cleaned_data["team"], "pk": form.cleaned_data["key"]}
        saved = granting.draft_space(by=by, fields=fields, **named, **form.holders)
    else:
        version = form.cleaned_data["version"]
        saved = granting.save_space(space=drafted, by=by, fields=fields, version=version, **form.holders)
    Draft.discard(by, key)
    return saved


def _grant(request: Request, saved: DiscretionarySpace) -> HttpResponse:
    try:
        granting.grant_space(space=saved, by=request.user)
    except Refused as refusal:
        # It is kept as a draft: there the same reason stands, with all that was typed.
        drafted = of_person(request, saved.pk)
        form = kept(SpaceForm(instance=drafted, by=request.user), _key(drafted))
        return show(request, PAGE, _context(request, drafted, form, refusal=refusal.reason), status=409)
    messages.success(request, _("The space is granted. Its holders are told."))
    return see(saved.get_absolute_url())


def _preset(request: Request, drafted: DiscretionarySpace) -> HttpResponse:
    """The same form with the positions and amounts of a preset; all that was typed stays, nothing is saved yet."""
    preset = PRESETS.get(request.POST["preset"])
    if preset is None:
        raise Http404
    data = request.POST.copy()
    del data["preset"]
    for name, value in preset.fields().items():
        money = "" if value is None else str(from_cents(value)).replace(".", ",")
        data[name] = money if name.startswith("cents_") else str(value)
    keeping_drafts.keep(by=request.user, key=_key(drafted), fields=dict(data.lists()))
    form = kept(SpaceForm.refilled(data, instance=drafted, by=request.user), _key(drafted))
    context = _context(request, drafted, form, typed=data) | {"chosen_preset": preset}
    return show(request, PAGE, context, part="how_wide")


def _key(drafted: DiscretionarySpace) -> str:
    """Of what is kept while somebody types in this form."""
    return "deviations:space:new" if drafted._state.adding else f"deviations:space:{drafted.pk}"


def _context(
    request: Request, drafted: DiscretionarySpace, form: SpaceForm, *, typed: QueryDict | None = None, **more: Any
) -> dict[str, Any]:
    draft = getattr(form, "draft", None)
    if draft is not None:
        typed = QueryDict(mutable=True)
        for name, values in draft.fields.items():
            typed.setlist(name, values)
    words = _sentence(typed or request.POST, form) if typed or form.is_bound else room.of_stored(drafted)
    is_new = drafted._state.adding
    return {
        "space": drafted,
        "is_new": is_new,
        "action": reverse("deviations:space-new") if is_new else reverse("deviations:space-edit", args=[drafted.pk]),
        "form": form,
        "sentence": words,
        **more,
    }


def _sentence(typed: QueryDict, form: SpaceForm) -> str:
    """What was typed, as one sentence, however much of it is still missing; the space itself is not touched."""
    words = SpaceForm(typed, instance=copy(form.instance), by=form.by)
    words.is_valid()
    said = words.cleaned_data
    return room.in_words(
        words.instance,
        people=said.get("people", ()),
        whole_team=bool(said.get("whole_team")),
        reach=[*said.get("routines", ()), *said.get("policy_domains", ())],
    )
