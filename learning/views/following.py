"""Parts of other pages: what became of a deviation, of my signals, and how often an answer comes back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from deviations.models import Deviation
from learning import permissions
from learning.forms.asking import StoryForm
from learning.models import LearningQuestion, Link, Reply
from learning.services import closing_the_loop, following, telling
from organisation.drafting import bound_or_drafted
from organisation.kernel.access import Refused
from organisation.models import Draft
from organisation.pages import Request, show

SHOWN = 5


@require_safe
def line(request: Request, pk: UUID) -> HttpResponse:
    """From signal to effect: the questions a deviation is part of, and how far they are."""
    deviation = get_object_or_404(Deviation.objects.visible_to(request.user), pk=pk)
    return show(request, "learning/block_line.html", {"lines": following.of_deviation(deviation, reader=request.user)})


@require_safe
def mine(request: Request) -> HttpResponse:
    """What became of what I signalled, the newest answer first; and the stories I am asked for."""
    rows = Reply.objects.filter(signaller=request.user).select_related("question")
    replies = list(rows.prefetch_related("question__signals")[: SHOWN * 3])
    latest = {reply.question_id: reply for reply in reversed(replies)}
    newest = sorted(latest.values(), key=lambda reply: reply.at, reverse=True)[:SHOWN]
    asked = Link.objects.filter(signaller=request.user, asked_at__isnull=False, told_at__isnull=True)
    context = {
        "replies": [(reply, following.of_question(reply.question, since=reply.at)) for reply in newest],
        "asked": asked.exclude(question__state="closed").select_related("question")[:SHOWN],
    }
    return show(request, "learning/block_mine.html", context)


@require_safe
def loop(request: Request) -> HttpResponse:
    """How often who signalled hears what came of it, how soon, and the questions by age."""
    if not permissions.learns(request.user):
        raise Http404
    rows = LearningQuestion.objects.visible_to(request.user).going_on().for_pages().order_by("created_at")
    context = {
        "loop": closing_the_loop.loop(),
        "questions": rows[:SHOWN],
        "total": rows.count(),
        "overdue": rows.overdue().count(),
    }
    return show(request, "learning/block_loop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: Request, pk: UUID) -> HttpResponse:
    """Tell what happened, without names. Only for the one who was asked."""
    rows = Link.objects.filter(signaller=request.user, asked_at__isnull=False)
    link = get_object_or_404(rows.select_related("question", "deviation"), pk=pk)
    key = f"story:{pk}"
    form = bound_or_drafted(request, StoryForm, key, initial={"story": link.story})
    context = {"form": form, "link": link}
    if request.method == "POST" and form.is_valid():
        try:
            telling.tell(link=link, by=request.user, story=form.cleaned_data["story"])
        except Refused as refused:
            return show(request, "learning/story.html", context | {"refusal": refused.reason}, status=409)
        Draft.discard(request.user, key)
        messages.success(request, _("Thank you. Your story is with the one who looks into it."))
        return redirect(link.question)
    return show(request, "learning/story.html", context, status=422 if request.method == "POST" else 200)
