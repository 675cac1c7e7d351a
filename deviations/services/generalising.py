"""From requests to a space: one general space, and the same answer to all requests it was made of, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation, DiscretionarySpace, GeneralAnswer, Generalisation
from deviations.rules.generalising import Proposal, propose
from deviations.rules.replaying import COVERED, STOPPED_BY, Past, Replay
from deviations.workflow import Action, SpaceState, next_state
from organisation.kernel.access import Refused
from organisation.models import Team, User

from . import deciding, granting, recalling

MOST = 50  # requests at once
OPEN_TO = (Action.AGREE, Action.AGREE_WITH_CONDITIONS)
ANOTHER_TEAM = _("This request is of another team than the space.")
NOT_FOR_ALL = _("To many requests at once you can only agree, with or without conditions.")
NONE_CHOSEN = _("Choose at least one request.")
SENT_BY_SOMEBODY_ELSE = _("This form was sent by somebody else. Begin again from the queue.")
Result = GeneralAnswer.Result


@dataclass(frozen=True)
class Wish:
    """What the manager filled in: the answer for all, and the space with its holders."""

    action: Action
    team: Team
    space: Mapping[str, Any]
    people: Sequence[User]
    whole_team: bool
    grant: bool
    reasons: str = ""
    conditions: str = ""


def proposal_for(requests: Sequence[Deviation]) -> tuple[Proposal, dict[UUID, str]]:
    """The space these requests have in common, and why it does not cover some of them."""
    past = recalling.of_these([asked.pk for asked in requests])
    proposed = propose([each.facts for each in past])
    return proposed, _not_covered(proposed, past)


def _not_covered(proposed: Proposal, past: Sequence[Past]) -> dict[UUID, str]:
    if not past:
        return {}
    days = [each.facts.on for each in past]
    facts = proposed.facts(min(days), max(days))
    replay = Replay(facts, first=min(days), last=max(days), holders=None, giver=UUID(int=0))
    found = {each.key: replay.ask(each) for each in past}
    return {key: str(STOPPED_BY.get(code, code)) for key, code in found.items() if code != COVERED}


def generalise(*, key: UUID, requests: Mapping[UUID, int], wish: Wish, by: User) -> Generalisation:
    """Make the space, then answer each request. `requests`: the version that was read, by request.

    The space is made whole or not at all; each answer is a transaction of its own, and a request that cannot be
    answered is passed over with the reason. The same `key` a second time makes nothing new and goes on where it was.
    """
    made = _begin(key, requests, wish, by)
    return go_on(generalisation=made, by=by)


def go_on(*, generalisation: Generalisation, by: User) -> Generalisation:
    """Answer what has had no turn yet; nothing is left when all had one."""
    if generalisation.by_id != by.pk:
        raise Refused(_("Only who began this goes on with it."))
    for pk in list(generalisation.answers.filter(result="").values_list("pk", flat=True)):
        _answer(pk, generalisation, by)
    return generalisation


def _begin(key: UUID, requests: Mapping[UUID, int], wish: Wish, by: User) -> Generalisation:
    if wish.action not in OPEN_TO:
        raise Refused(NOT_FOR_ALL)
    if not requests:
        raise Refused(NONE_CHOSEN)
    if len(requests) > MOST:
        raise Refused(gettext("Choose at most %(most)d requests at once.") % {"most": MOST})
    before = Generalisation.objects.filter(pk=key)
    try:
        made = before.first() or _make(key, requests, wish, by)
    except IntegrityError:
        # The same form, sent twice at once: the other one was first.
        made = before.get()
    if made.by_id != by.pk:
        raise Refused(SENT_BY_SOMEBODY_ELSE)
    return made


@transaction.atomic
def _make(key: UUID, requests: Mapping[UUID, int], wish: Wish, by: User) -> Generalisation:
    space = granting.draft_space(
        team=wish.team, by=by, fields=wish.space, people=wish.people, whole_team=wish.whole_team
    )
    if wish.grant:
        space = granting.grant_space(space=space, by=by)
    made = Generalisation(
        pk=key, space=space, action=wish.action, reasons=wish.reasons, conditions=wish.conditions, by=by
    )
    made.save(force_insert=True)
    known = Deviation.objects.visible_to(by).filter(pk__in=requests).values_list("pk", flat=True)
    GeneralAnswer.objects.bulk_create(
        GeneralAnswer(generalisation=made, deviation_id=pk, version=requests[pk]) for pk in known
    )
    return made


@transaction.atomic
def _answer(pk: UUID, made: Generalisation, by: User) -> None:
    """The turn of one request, once."""
    row = GeneralAnswer.objects.select_for_update(of=("self",)).select_related("deviation").get(pk=pk)
    if row.result:
        return
    try:
        with transaction.atomic():
            _agree(row, made, by)
        row.result = Result.AGREED
    except Refused as refusal:
        row.result, row.reason = Result.SKIPPED, str(refusal.reason)
    row.save(update_fields=["result", "reason"])


def _agree(row: GeneralAnswer, made: Generalisation, by: User) -> None:
    space: DiscretionarySpace = made.space
    if row.deviation.team_id != space.team_id:
        raise Refused(ANOTHER_TEAM)
    if row.deviation.decided_by_id is None:
        # Pulled back meanwhile: say so, rather than that its text was changed.
        next_state(row.deviation.state, Action(made.action))
    deciding.decide(
        deviation=row.deviation,
        action=Action(made.action),
        by=by,
        reasons=made.reasons,
        conditions=made.conditions,
        # Earlier ones may have been answered the other way: what is said to all of them says why that changes.
        differs=made.reasons,
        version=row.version,
        in_general=space.state == SpaceState.ACTIVE,
    )
