"""Giving account in the story: an account with a correction, one that is being written, and the public register."""

from contextlib import suppress
from itertools import cycle

from accountability.models import Edition, RegisterLine
from accountability.rules.audiences import Audience, Part
from accountability.rules.spans import Span
from accountability.services import editing, freezing, proposing, registering, retelling
from learning.models import LearningReport, Link
from learning.services import reporting
from organisation.kernel.access import Refused
from organisation.kernel.periods import Quarter
from organisation.models import User

from .cast import POLICY_OFFICER
from .script import read

REPORTER = "reporter@demo.test"
STORIES, WAITING, IN_REPORT = 4, 2, 3
AGREED = ("agreed", "agreed_with_conditions", "by_space")


def tell() -> None:
    """All of it, about the newest quarter that is over; a small history may have too little to publish."""
    quarter = reporting.newest_quarter()
    if quarter is None:
        return
    reporter, policy = (User.objects.get(email=email) for email in (REPORTER, POLICY_OFFICER))
    with suppress(Refused):
        _accounts(quarter, reporter, policy)
    _register(quarter.year, reporter, policy)


def write_report(report: LearningReport | None) -> None:
    """What the policy officer makes of the figures, with stories that wait for a second person."""
    if report is None:
        return
    policy = User.objects.get(email=POLICY_OFFICER)
    report = reporting.write(report=report, by=policy, **read("accounts")["report"])
    for link in Link.objects.exclude(story="").order_by("told_at", "pk")[:IN_REPORT]:
        reporting.choose(report=report, by=policy, link=link)


def _accounts(quarter: Quarter, reporter: User, policy: User) -> None:
    texts, span = read("accounts"), Span(quarter.year, quarter.number, 1)
    edition = editing.make(span=span, by=reporter)
    said = {**texts["first"], "could_not": texts["first_could_not"]}
    edition = _write(edition, said, reporter)
    edition = _write(edition, texts["council"], reporter, Audience.COUNCIL)
    told = Link.objects.exclude(story="").order_by("told_at", "pk")
    for link in told[:STORIES]:
        retelling.release(story=retelling.choose(edition=edition, link=link, by=reporter), by=policy)
    edition = _publish(edition, reporter, policy)
    again = editing.make(span=span, by=reporter, note=texts["second"]["note"])
    _publish(_write(again, {"could_not": texts["first"]["could_not"]}, reporter), reporter, policy)
    half = Span(quarter.year, 1, 2) if quarter.number > 1 else Span(quarter.year - 1, 3, 2)
    draft = _write(editing.make(span=half, by=reporter), texts["draft"], reporter)
    for link in told[1:3]:
        retelling.choose(edition=draft, link=link, by=reporter)


def _write(edition: Edition, said: dict[str, str], by: User, audience: str = "") -> Edition:
    texts = {Part(part).value: text for part, text in said.items()}
    return editing.write(edition=edition, by=by, audience=audience, texts=texts, version=edition.version)


def _publish(edition: Edition, reporter: User, policy: User) -> Edition:
    asked = freezing.ask(edition=edition, by=reporter, background=False)
    # Whoever opens the page first has it drawn: nobody waits for pictures while the demo is made.
    freezing.run(freezing_id=asked.pk, pictures=False)
    return editing.publish(edition=Edition.objects.get(pk=edition.pk), by=policy)


def _register(year: int, reporter: User, policy: User) -> None:
    """The policy officer, who brought the old register in, says what happened; the reporter releases it."""
    script = read("register")
    asked = proposing.ask(year=year, domain=None, most=script["drawn"], by=policy, background=False)
    proposing.run(proposing_id=asked.pk)
    parts = ("routines", "domains", "otherwise")
    words = {code: cycle(texts) for part in parts for code, texts in script[part].items()}
    written: list[RegisterLine] = []
    lines = RegisterLine.objects.filter(state="proposed").select_related("routine", "domain")
    for line in lines.order_by("number"):
        code = _about(line)
        if code in words and len(written) < script["released"] + WAITING:
            written.append(registering.write(line=line, summary=next(words[code]), by=policy))
    for line in written[: script["released"]]:
        registering.release(line=line, by=reporter)
    if written:
        registering.take_back(line=written[0], reason=script["taken_back"], by=reporter)


def _about(line: RegisterLine) -> str:
    """Where the script has words for it: a routine or policy domain, or how it ended when nothing was departed from."""
    if line.kind != "made" or line.answer == "refused":
        return line.answer if line.kind == "made" else line.kind
    if line.answer not in AGREED:
        return ""
    return line.routine.code if line.routine else line.domain.code if line.domain else ""
