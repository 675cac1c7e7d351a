"""Template filters for the look of things: colour and icon of a state, the current menu entry."""

from typing import NamedTuple

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()


class Look(NamedTuple):
    tone: str
    icon: str


QUIET = Look("quiet", "minus")

LOOKS: dict[str, Look] = {
    # the life of a deviation
    "draft": Look("quiet", "pencil"),
    "awaiting": Look("warning", "hourglass"),
    "agreed": Look("success", "check"),
    "agreed_with_conditions": Look("success", "list-checks"),
    "refused": Look("danger", "x"),
    "withdrawn": Look("quiet", "undo-2"),
    "recorded": Look("neutral", "file-text"),
    "evaluated": Look("success", "circle-check"),
    "by_space": Look("success", "compass"),
    # its kind and urgency
    "made": Look("neutral", "split"),
    "considered": Look("quiet", "scale"),
    "blocked": Look("warning", "ban"),
    "normal": Look("quiet", "clock"),
    "urgent": Look("danger", "zap"),
    "already_done": Look("warning", "history"),
    # what stands in law
    "within_rule": Look("success", "check"),
    "lawful_deviation": Look("success", "scale"),
    "needs_attention": Look("warning", "triangle-alert"),
    "beyond_law": Look("danger", "gavel"),
    # its weight
    "A": Look("success", "user"),
    "B": Look("neutral", "users"),
    "C": Look("warning", "user-plus"),
    "D": Look("danger", "gavel"),
    # a discretionary space
    "active": Look("success", "check"),
    "suspended": Look("warning", "pause"),
    "expired": Look("quiet", "calendar-clock"),
    "exhausted": Look("danger", "coins"),
    # an import, a roll-up
    "checking": Look("warning", "hourglass"),
    "rejected": Look("danger", "x"),
    "checked": Look("neutral", "list-checks"),
    # a case
    "open": Look("neutral", "folder-open"),
    "on_hold": Look("warning", "pause"),
    "closed": Look("quiet", "archive"),
    "routine": Look("quiet", "route"),
    "tailored": Look("neutral", "split"),
    "named": Look("warning", "lock"),
    "reached": Look("success", "check"),
    # did it help
    "yes": Look("success", "check"),
    "partly": Look("warning", "circle-dot"),
    "no": Look("danger", "x"),
    "not": Look("danger", "x"),
    "unknown": Look("quiet", "circle-question-mark"),
    # signals and learning questions
    "new": Look("neutral", "star"),
    "triaged": Look("neutral", "eye"),
    "linked": Look("success", "link"),
    "dismissed": Look("quiet", "x"),
    "inquiry": Look("neutral", "search"),
    "proposal": Look("neutral", "lightbulb"),
    "decided": Look("neutral", "gavel"),
    "carried_out": Look("success", "check"),
    "effect_checked": Look("success", "chart-column"),
    # runs
    "waiting": Look("quiet", "hourglass"),
    "queued": Look("quiet", "hourglass"),
    "running": Look("neutral", "refresh-cw"),
    "done": Look("success", "check"),
    "failed": Look("danger", "triangle-alert"),
    # editions
    "frozen": Look("neutral", "lock"),
    "published": Look("success", "globe"),
}


@register.filter
def look(state: object) -> Look:
    """Colour and icon for the code of a state; quiet grey for what it does not know."""
    return LOOKS.get(str(getattr(state, "value", state)), QUIET)


@register.filter
def under(path: str, address: str) -> bool:
    """Whether a page stands under this address; the root has nothing under it."""
    return address not in ("", "/") and path.startswith(address)


@register.filter(is_safe=True)
@stringfilter
def trimmed(text: str) -> str:
    """Without the white space around it; what was safe stays safe."""
    return text.strip()
