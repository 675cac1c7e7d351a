"""Who gets in at the pages of learning."""

from datetime import timedelta

from django.utils import timezone

from learning.models import FigureRelease, LearningReport, Link, ReportRun, ReportStory
from learning.rules.lattice import ANSWERS, KINDS, OUTCOMES
from tests.house.world import World
from tests.learning.builders import question, signal

from .entries import EVERYBODY, Entry

FIGURES = "managers policy reporter"


def of_signal(world: World) -> dict:
    """A signal about the team of the manager."""
    return {"pk": signal(routine=world.routine, team=world.people.income).pk}


def of_sign(world: World) -> dict:
    """What the caseworker said that feels wrong."""
    return {"pk": world.unease.pk}


def of_question(world: World) -> dict:
    """A question that is open."""
    return {"pk": question(world.people).pk}


def of_step(world: World) -> dict:
    """Its first step."""
    return of_question(world) | {"action": "inquire"}


def of_story(world: World) -> dict:
    """A story that the caseworker is asked for."""
    asked = question(world.people, state="inquiry")
    link = Link.objects.create(
        question=asked, deviation=world.agreed, signaller=world.people.caseworker, asked_at=timezone.now()
    )
    return {"pk": link.pk}


def problem(world: World) -> dict:
    """A whole question."""
    day = timezone.localdate() + timedelta(days=30)
    return {"title": "T", "problem": "P", "owner": str(world.people.policy.pk), "due_on": day.isoformat()}


def of_report(world: World) -> dict:
    """A report in preparation."""
    figures = {"k": 10, "routines": [], "teams": [], "hidden": [], "small": [], "share_shown": 1, "values": EMPTY}
    made = LearningReport.objects.create(year=2025, quarter=1, figures=figures, digest="0" * 64)
    return {"pk": made.pk}


def of_run(world: World) -> dict:
    """A report that was asked for."""
    return {"pk": ReportRun.objects.create(year=2025, quarter=1, requested_by=world.people.policy).pk}


def of_chosen(world: World) -> dict:
    """A report, and a story that could be in it."""
    return of_report(world) | {"link": told(world).pk}


def told(world: World) -> Link:
    """A story that was told."""
    return Link.objects.create(
        question=question(world.people), deviation=world.agreed, signaller=world.people.caseworker,
        story="It went wrong.", told_at=timezone.now(),
    )  # fmt: skip


def of_report_story(world: World) -> dict:
    """A story in a report, chosen by somebody else than who looks."""
    report = LearningReport.objects.get(**of_report(world))
    return {
        "pk": ReportStory.objects.create(report=report, link=told(world), text="x", chosen_by=world.people.admin).pk
    }


def released(**args: str) -> dict:
    """A quarter that was released, with nothing that could be told; without one there is nothing to look at."""
    FigureRelease.objects.get_or_create(year=2025, quarter=1, k=10, left_out="everything", digest="0" * 64)
    return args


EMPTY = [[[table, row, "*"], 0] for table, rows in {
    "made": ("*",), "kinds": (*KINDS, "*"), "answers": ANSWERS, "outcomes": OUTCOMES,
}.items() for row in rows]  # fmt: skip
MAKERS = "policy reporter"
ENTRIES: dict[str, Entry] = {
    "learning:dashboard": Entry(get=FIGURES),
    "learning:block-figures": Entry(get=FIGURES),
    "learning:figure": Entry(get=FIGURES, args=lambda world: released(name="trend")),
    "learning:figure-file": Entry(get=FIGURES, args=lambda world: released(name="routines", kind="csv")),
    "learning:page-file": Entry(get=FIGURES, args=lambda world: released(part="all", kind="ods")),
    "learning:signal-list": Entry(get=FIGURES),
    "learning:block-signals": Entry(get=FIGURES),
    "learning:signal": Entry(get="manager policy reporter", args=of_signal),
    "learning:signal-take": Entry(post="policy", refused="manager reporter", args=of_signal),
    "learning:signal-dismiss": Entry(
        post="policy", refused="manager reporter", args=of_signal, data=lambda world: {"reasons": "A recording error."}
    ),
    "learning:signal-link": Entry(
        post="policy",
        refused="manager reporter",
        args=of_signal,
        data=lambda world: {"question": str(question(world.people).pk)},
    ),
    "learning:block-sign": Entry(get="caseworker manager policy", args=of_sign),
    "learning:sign-link": Entry(
        post="policy", args=of_sign, data=lambda world: {"question": str(question(world.people).pk)}
    ),
    "learning:block-passed-on": Entry(get="policy"),
    "learning:late": Entry(get="everybody"),
    "learning:question-list": Entry(get="everybody"),
    "learning:question-new": Entry(get="policy", post="policy", data=problem),
    "learning:question": Entry(get="everybody", args=of_question),
    "learning:question-edit": Entry(get="policy", post="policy", args=of_question, data=problem),
    "learning:question-step": Entry(
        post="policy", refused=" ".join(sorted(EVERYBODY - {"policy"})), args=of_step, data=lambda world: {}
    ),
    "learning:story": Entry(
        get="caseworker", post="caseworker", args=of_story, data=lambda world: {"story": "It went wrong."}
    ),
    "learning:block-line": Entry(get="team manager", args=lambda world: {"pk": world.agreed.pk}),
    "learning:block-mine": Entry(get="everybody"),
    "learning:block-loop": Entry(get="policy"),
    "learning:report-list": Entry(get="everybody"),
    "learning:report-new": Entry(get=MAKERS, post=MAKERS),
    "learning:report": Entry(get=MAKERS, args=of_report),
    "learning:report-run": Entry(get=MAKERS, args=of_run),
    "learning:report-write": Entry(get=MAKERS, post=MAKERS, args=of_report, data=lambda world: {"done": "x"}),
    "learning:report-publish": Entry(post="", refused=MAKERS, args=of_report),
    "learning:report-choose": Entry(post=MAKERS, args=of_chosen),
    "learning:report-release": Entry(post=MAKERS, args=of_report_story),
    "learning:report-take-out": Entry(post=MAKERS, args=of_report_story),
    "learning:report-file": Entry(get=MAKERS, args=lambda world: of_report(world) | {"kind": "xlsx"}),
    "learning:report-pdf": Entry(get=MAKERS, args=of_report),
    "learning:rollup-list": Entry(
        get="policy reporter controller admin", post="policy admin", refused="reporter controller"
    ),
}
