"""Template filters for the look of things: colour and icon of a state, the current menu entry."""

from typing import Any, NamedTuple

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    "voided": Look("quiet", "circle-x"),
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
    # the items of a dossier
    "present": Look("success", "check"),
    "missing": Look("warning", "triangle-alert"),
    "not_asked": Look("quiet", "minus"),
    "not_due": Look("quiet", "clock"),
    # advice, and what does not feel right
    "asked": Look("warning", "hourglass"),
    "answered": Look("neutral", "message-square"),
    "settled": Look("success", "list-checks"),
    "agrees": Look("success", "check"),
    "agrees_if": Look("success", "list-checks"),
    "disagrees": Look("danger", "x"),
    "cannot_judge": Look("quiet", "circle-question-mark"),
    "received": Look("neutral", "inbox"),
    "acted_upon": Look("success", "check"),
    "passed_on": Look("neutral", "lightbulb"),
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
    # a proposal for a space
    "returned": Look("warning", "circle-question-mark"),
    "granted": Look("success", "check"),
    "granted_differently": Look("success", "list-checks"),
    "declined": Look("danger", "x"),
    # a case
    "open": Look("neutral", "folder-open"),
    "on_hold": Look("warning", "pause"),
    "closed": Look("quiet", "archive"),
    "routine": Look("quiet", "route"),
    "tailored": Look("neutral", "split"),
    "named": Look("warning", "lock"),
    "reached": Look("success", "check"),
    "held": Look("warning", "lock"),
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
    # reviews
    "sound": Look("success", "check"),
    "lesson": Look("neutral", "lightbulb"),
    "not_sound": Look("danger", "x"),
    "responded": Look("neutral", "message-square"),
    # runs
    "waiting": Look("quiet", "hourglass"),
    "queued": Look("quiet", "hourglass"),
    "running": Look("neutral", "refresh-cw"),
    "done": Look("success", "check"),
    "failed": Look("danger", "triangle-alert"),
    # editions
    "frozen": Look("neutral", "lock"),
    "published": Look("success", "globe"),
    # lines of the register
    "proposed": Look("quiet", "circle-dashed"),
    "written": Look("warning", "hourglass"),
    "released": Look("success", "globe"),
    "taken_back": Look("danger", "undo-2"),
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


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """The attributes of a field as they stand in its tag; those its own template writes are left out.

    A browser cuts off what is pasted beyond `maxlength` and does not say so: we count, and the form says it.
    """
    drawn = "".join(
        f" {name}"
        if value is True
        else f' {"data-count" if name == "maxlength" else name}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False and name not in ("class", "placeholder")
    )
    return SafeString(drawn)


@register.filter
def options(groups: list[tuple[Any, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, without a template for each: there may be hundreds."""
    drawn = []
    for name, members, _index in groups:
        inside = "".join(map(_option, members))
        drawn.append(f'<optgroup label="{conditional_escape(name)}">{inside}</optgroup>' if name else inside)
    return SafeString("".join(drawn))


def _option(option: dict[str, Any]) -> str:
    words = _("Choose") if option["label"] == "---------" else option["label"]
    value = conditional_escape(str(option["value"]))
    return f'<option value="{value}"{attributes(option["attrs"])}>{conditional_escape(words)}</option>'
