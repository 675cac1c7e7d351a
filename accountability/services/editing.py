"""Making an account: its texts, its stories, and giving it to those it is for through a second person."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Edition, EditionStory, EditionText
from accountability.permissions import editions as permissions
from accountability.rules.audiences import NEEDED, Part
from accountability.rules.spans import Span
from accountability.workflow.editions import EditionAction, EditionState, next_state
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.kernel.periods import Period
from organisation.kernel.personal_data import blocking
from organisation.models import Event, Notice, Role, User

from . import beginning

CHANGED_MEANWHILE = gettext_lazy("Somebody else wrote in this account meanwhile.")


@transaction.atomic
def make(*, span: Span, by: User, note: str = "") -> Edition:
    """A new account about a time that is over; a next edition goes on from the one before and says what changed."""
    permissions.require(by, EditionAction.MAKE)
    if span.quarters[-1].last >= Period.of(timezone.now()):
        raise Refused(_("This time is not over yet. An account is about quarters that are over."))
    before = Edition.objects.about(span).order_by("-number").first()
    if before and before.state != EditionState.PUBLISHED:
        raise Refused(_("There is an account about this time in preparation already. Go on with that one."))
    if before and not note.strip():
        raise Refused(_("There is an account about this time already. Say what changed since then."))
    edition = Edition.objects.create(
        year=span.year, first_quarter=span.first, quarters=span.length, made_by=by,
        number=before.number + 1 if before else 1, follows=before, note=note.strip(),
    )  # fmt: skip
    _begin(edition, before)
    Event.record(actor=by, verb="edition.make", target=edition)
    return edition


def _begin(edition: Edition, before: Edition | None) -> None:
    if before is None:
        for part, text in beginning.texts(edition.span).items():
            if text:
                EditionText.objects.create(edition=edition, part=part, text=text)
        return
    for (part, audience), text in beginning.from_before(before).items():
        EditionText.objects.create(edition=edition, part=part, audience=audience, text=text)
    for story in before.stories.all():
        # The same words, read and released before.
        EditionStory.objects.create(
            edition=edition, link=story.link, text=story.text, chosen_by=story.chosen_by,
            released_by=story.released_by, released_at=story.released_at,
        )  # fmt: skip


@transaction.atomic
def write(*, edition: Edition, by: User, audience: str, texts: Mapping[str, str], version: int | None) -> Edition:
    """What each part says to this audience; empty means: the same as to everybody. Raises `ChangedMeanwhile`."""
    edition = _moved(edition, EditionAction.WRITE, by)
    if version != edition.version:
        raise ChangedMeanwhile(CHANGED_MEANWHILE, edition)
    there = {row.part: row for row in edition.texts.filter(audience=audience)}
    changed = False
    for part, text in texts.items():
        changed |= _put(edition, part, audience, text.strip(), there.get(part), by)
    if changed:
        edition.version, edition.written_by = edition.version + 1, by
        _done(edition, EditionAction.WRITE, by, after=audience)
    return edition


def _put(edition: Edition, part: str, audience: str, text: str, row: EditionText | None, by: User) -> bool:
    """One text; whether it changed."""
    if text == (row.text if row else ""):
        return False
    if row and not text:
        row.delete()
        return True
    row = row or EditionText(edition=edition, part=part, audience=audience)
    row.text, row.written_by, row.written_at = text, by, timezone.now()
    row.save()
    return True


@transaction.atomic
def give_back(*, edition: Edition, by: User, reason: str) -> Edition:
    """Give it back to who wrote it, with a question. Its figures will be frozen anew."""
    if not reason.strip():
        raise Refused(_("Say what has to change."))
    edition = _moved(edition, EditionAction.RETURN, by)
    edition.figures, edition.digest, edition.cut_off = {}, "", None
    writer, edition.frozen_by, edition.frozen_at = edition.frozen_by, None, None
    edition.reports.clear()
    event = _done(edition, EditionAction.RETURN, by, remark=reason.strip())
    Notice.queue(event=event, recipients=[writer, edition.made_by] if writer else [], url=edition.get_absolute_url())
    return edition


@transaction.atomic
def publish(*, edition: Edition, by: User) -> Edition:
    """Give it to everybody it is for. From now on it changes only by a next edition."""
    edition = _moved(edition, EditionAction.PUBLISH, by)
    if missing := lacks(edition):
        raise Refused(" ".join(missing))
    edition.published_by, edition.published_at = by, timezone.now()
    event = _done(edition, EditionAction.PUBLISH, by)
    told = User.objects.filter(pk__in=edition.writers) | User.objects.working().leading()
    Notice.queue(event=event, recipients=told.distinct(), url=edition.get_absolute_url())
    return edition


def lacks(edition: Edition) -> list[str]:
    """What has to be done before it can be published, a sentence for each."""
    rows = list(edition.texts.all())
    there = {row.part for row in rows if not row.audience and row.text.strip()}
    empty = [str(part.label) for part in Part if part in NEEDED and part not in there]
    found = []
    if empty:
        found.append(_("Still to be written: %(parts)s.") % {"parts": ", ".join(empty)})
    if edition.stories.filter(released_by__isnull=True).exists():
        found.append(_("A story still has to be released by a second person, or taken out."))
    if any(blocking(row.text) for row in rows):
        found.append(_("There is personal data in a text. Take it out."))
    return found


def checkers(edition: Edition) -> list[User]:
    """Who can publish it: those who check accounts and did not write this one."""
    people = User.objects.working().filter(groups__name__in=(Role.REPORTER, Role.POLICY_OFFICER)).distinct()
    return [person for person in people if not person.accounts & edition.writers]


def _moved(edition: Edition, action: EditionAction, by: User) -> Edition:
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    permissions.require(by, action, edition)
    edition.state = next_state(edition.state, action)
    return edition


def _done(edition: Edition, action: EditionAction, by: User, *, after: str = "", remark: str = "") -> Event:
    edition.save()
    return Event.record(actor=by, verb=f"edition.{action}", target=edition, after=after or edition.state, remark=remark)
