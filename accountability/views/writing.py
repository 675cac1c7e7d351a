"""Writing an account with what becomes of it beside it, and its stories."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.forms.editions import StoryForm, TextsForm
from accountability.models import Edition, EditionStory
from accountability.permissions import editions as permissions
from accountability.rules import reading
from accountability.rules.audiences import Audience
from accountability.services import composing, editing, retelling
from accountability.services.editing import CHANGED_MEANWHILE
from accountability.workflow.editions import EditionAction
from learning.models import Link
from organisation.checking import doubt_of
from organisation.comparing import compared, set_against, took_over
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Draft
from organisation.pages import Request, show

from .editions import makers_only, one

PAGE, STORIES = "accountability/edition_write.html", "accountability/edition_stories.html"
OFFERED = 20  # stories to choose from


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, pk: UUID) -> HttpResponse:
    """What each part says: to everybody, or in other words to one audience."""
    found, audience = _mine(request, pk), _audience(request)
    key = f"edition:{pk}:{audience or 'all'}"
    form = bound_or_drafted(request, TextsForm, key, edition=found, audience=audience)
    if request.method != "POST":
        return _page(request, found, form)
    if took_over(form, form.now(), CHANGED_MEANWHILE):
        return _page(request, found, form, status=409)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    if request.POST.get("action") == "look":
        return _page(request, found, form)
    try:
        _save(request, found, form)
    except ChangedMeanwhile as overtaken:
        set_against(form, form.now(), overtaken.reason, version=overtaken.now.version)
        return _page(request, found, form, status=409)
    except Refused as refused:
        return _page(request, found, form, refusal=refused.reason, status=409)
    Draft.discard(request.user, key)
    messages.success(request, _("It is saved."))
    return redirect(f"{found.get_absolute_url()}?for={audience or Audience.MANAGEMENT}")


@require_POST
def preview(request: Request, pk: UUID) -> HttpResponse:
    """What becomes of the text while somebody types: nothing is saved."""
    found = _mine(request, pk)
    form = TextsForm(request.POST, edition=found, audience=_audience(request))
    return _page(request, found, form)


def _save(request: Request, found: Edition, form: TextsForm) -> None:
    version, audience = form.cleaned_data["version"], form.audience
    try:
        editing.write(edition=found, by=request.user, audience=audience, texts=form.texts, version=version)
    except ChangedMeanwhile as overtaken:
        if compared(form, form.now()):
            raise
        # The same text: an answer that got lost, or somebody wrote to another audience.
        now = overtaken.now.version
        editing.write(edition=found, by=request.user, audience=audience, texts=form.texts, version=now)


def _page(request: Request, found: Edition, form: TextsForm, *, status: int = 200, **more: Any) -> HttpResponse:
    form.mark_needed()
    shown = Audience(form.audience or Audience.MANAGEMENT)
    account = composing.compose(found, shown, typed=form.texts)
    context = {
        "edition": found,
        "form": form,
        "audience": form.audience,
        "audiences": [("", _("Everybody")), *Audience.choices],
        "account": account,
        "eases": [(section, reading.ease(section.text)) for section in account.sections if section.text],
        "most": reading.MOST,
        "may": permissions.answer(request.user, EditionAction.WRITE, found),
    }
    return show(request, PAGE, context | more, part="preview", status=status)


@require_http_methods(["GET", "HEAD"])
def stories(request: Request, pk: UUID) -> HttpResponse:
    """Those that were chosen, and those to choose from."""
    found = one(request, pk)
    makers_only(request)
    return _stories(request, found)


@require_POST
def choose(request: Request, pk: UUID, link: UUID) -> HttpResponse:
    """Choose a story."""
    found = _mine(request, pk)
    told = get_object_or_404(Link.objects.exclude(story=""), pk=link)
    try:
        retelling.choose(edition=found, link=told, by=request.user)
    except Refused as refused:
        return _stories(request, found, refusal=refused.reason, status=409)
    messages.success(request, _("It is chosen. A second person releases it."))
    return redirect("accountability:edition-stories", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def retell(request: Request, pk: UUID) -> HttpResponse:
    """Other words for outside."""
    story = _story(request, pk)
    if not permissions.answer(request.user, EditionAction.CHOOSE, story.edition):
        raise Http404
    form = bound_or_drafted(request, StoryForm, f"edition-story:{pk}", instance=story)
    context = {"form": form, "story": story, "edition": story.edition}
    if request.method != "POST":
        return show(request, "accountability/edition_story.html", context)
    if not form.is_valid():
        return show(request, "accountability/edition_story.html", context, status=422)
    try:
        retelling.retell(story=_story(request, pk), text=form.cleaned_data["text"], by=request.user)
    except Refused as refused:
        return show(request, "accountability/edition_story.html", context | {"refusal": refused.reason}, status=409)
    Draft.discard(request.user, f"edition-story:{pk}")
    return redirect("accountability:edition-stories", story.edition_id)


@require_POST
def release(request: Request, pk: UUID) -> HttpResponse:
    """Release a story, as the second person."""
    story = _story(request, pk)
    try:
        retelling.release(story=story, by=request.user, ticks=request.POST.getlist("story-stays"))
    except Refused as refused:
        return _stories(request, story.edition, refusal=refused.reason, status=409)
    messages.success(request, _("It is released."))
    return redirect("accountability:edition-stories", story.edition_id)


@require_POST
def take_out(request: Request, pk: UUID) -> HttpResponse:
    """Leave a story out."""
    story = _story(request, pk)
    try:
        retelling.take_out(story=story, by=request.user)
    except Refused as refused:
        return _stories(request, story.edition, refusal=refused.reason, status=409)
    messages.success(request, _("It is taken out."))
    return redirect("accountability:edition-stories", story.edition_id)


def _stories(request: Request, found: Edition, *, status: int = 200, **more: Any) -> HttpResponse:
    chosen = list(found.stories.select_related("chosen_by", "released_by"))
    offered = Link.objects.exclude(story="").exclude(pk__in=[story.link_id for story in chosen if story.link_id])
    chooses = bool(permissions.answer(request.user, EditionAction.CHOOSE, found)) and found.state != "published"
    rows = [
        (story, permissions.answer(request.user, EditionAction.RELEASE, story), doubt_of("story", story.text, ()))
        for story in chosen
    ]
    context = {
        "edition": found,
        "stories": rows,
        "chooses": chooses,
        "open": found.state != "published",
        "offered": offered.order_by("-told_at")[:OFFERED] if chooses else (),
    }
    return show(request, STORIES, context | more, status=status)


def _story(request: Request, pk: UUID) -> EditionStory:
    makers_only(request)
    rows = EditionStory.objects.filter(edition__in=Edition.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("edition"), pk=pk)


def _mine(request: Request, pk: UUID) -> Edition:
    """For who writes it."""
    found = one(request, pk)
    if not permissions.answer(request.user, EditionAction.WRITE, found):
        raise Http404
    return found


def _audience(request: Request) -> str:
    """Empty: everybody."""
    asked = request.GET.get("for") or request.POST.get("for") or ""
    return asked if asked in Audience.values else ""
