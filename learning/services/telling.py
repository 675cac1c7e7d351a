"""Stories: caseworkers are asked to tell, without names, what a problem did in one of their cases."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import permissions
from learning.models import LearningQuestion, Link
from learning.workflow import QuestionAction, next_question_state
from organisation.kernel.access import Refused
from organisation.models import Event, Notice, User

FEW, ENOUGH = 3, 5


@transaction.atomic
def ask_for_stories(*, question: LearningQuestion, by: User) -> int:
    """Ask as many as it takes to get to five stories, of different people first. Returns how many were asked."""
    question = LearningQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    permissions.require_with_question(by, QuestionAction.ASK, question)
    next_question_state(question.state, QuestionAction.ASK)
    wanted = ENOUGH - question.links.exclude(asked_at__isnull=True).count()
    chosen = _of_different_people(question.links.filter(asked_at__isnull=True, signaller__is_active=True), wanted)
    if not chosen:
        raise Refused(_("There is nobody left to ask: five were asked, or the deviations come from a register."))
    now = timezone.now()
    for link in chosen:
        link.asked_at = now
        link.save(update_fields=["asked_at"])
        event = Event.record(actor=by, verb="question.story_asked", target=question)
        Notice.queue(event=event, recipients=[link.signaller], url=link.story_url)  # type: ignore[list-item]
    return len(chosen)


@transaction.atomic
def tell(*, link: Link, by: User, story: str) -> Link:
    """Tell it, or tell it better while the question goes on."""
    link = Link.objects.select_for_update(of=("self",)).select_related("question", "deviation").get(pk=link.pk)
    if link.signaller_id != by.pk or link.asked_at is None or not by.is_active:
        raise Refused(_("Only the one who was asked can tell this story."))
    next_question_state(link.question.state, QuestionAction.ASK)
    if not story.strip():
        raise Refused(_("Write what happened, without names."))
    link.story, link.told_at = story, timezone.now()
    link.save(update_fields=["story", "told_at"])
    Event.record(actor=by, verb="question.story_told", target=link.deviation, after=link.question.number)
    # Whoever looks into it reads the story without a name, so the line on the question has none either.
    event = Event.record(actor=None, verb="question.story_arrived", target=link.question)
    Notice.queue(event=event, recipients=[link.question.owner], url=link.question.get_absolute_url())
    return link


def _of_different_people(links: "QuerySet[Link]", wanted: int) -> list[Link]:
    chosen: list[Link] = []
    seen: set[object] = set(links.model._default_manager.filter(
        question__in=links.values("question"), asked_at__isnull=False
    ).values_list("signaller", flat=True))  # fmt: skip
    for link in links.select_related("signaller", "deviation").order_by("-deviation__period", "pk"):
        if len(chosen) >= wanted:
            break
        if link.signaller_id not in seen:
            seen.add(link.signaller_id)
            chosen.append(link)
    return chosen
