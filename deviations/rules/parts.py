"""The parts of a record beside the quick one: what is in each, for which kinds, and why somebody would open it.

A part opens by weight, because a field in it is required (`weighing.REQUIRED`); by a limit of a space; or by
wish. Each says in one sentence which of the three it is.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MADE, CONSIDERED, BLOCKED = "made", "considered", "blocked"


@dataclass(frozen=True)
class Part:
    """A group of fields that opens together. `offer` says what it is good for when nothing asks for it."""

    code: str
    title: Promise
    icon: str
    offer: Promise
    fields: tuple[str, ...]
    kinds: frozenset[str] = frozenset({MADE})


PARTS: tuple[Part, ...] = (
    Part(
        "ground",
        _("Ground in law"),
        "scale",
        _("A ground shows where the room is. It can make the weight lighter."),
        ("grounds",),
    ),
    Part(
        "means",
        _("Money and time"),
        "coins",
        _("Fill this in when it costs something extra, or lasts for a while. Empty counts as nothing."),
        ("amount_cents", "lasts_until", "avoided_cents", "avoided_source"),
    ),
    Part(
        "cause",
        _("Cause and sides of life"),
        "route",
        _("With a tick or two others can find it, and the routine itself can become better."),
        ("causes", "life_domains", "structural"),
        frozenset({MADE, CONSIDERED, BLOCKED}),
    ),
    Part(
        "risk",
        _("Risks"),
        "shield",
        _("Tick what is at stake. Then the manager always looks along, however small it is."),
        ("risk_child_safety", "risk_fraud_inquiry", "risk_rights_of_others"),
    ),
    Part(
        "reasons",
        _("Purpose, alternatives and the resident"),
        "users",
        _("Three sentences that help whoever reads this later to understand you."),
        ("purpose_served", "alternatives", "residents_view"),
    ),
    Part(
        "next",
        _("The next resident"),
        "user-plus",
        _("This keeps us from treating people unequally without noticing."),
        ("same_again", "same_again_why"),
    ),
    Part(
        "values",
        _("Two values that pull"),
        "split",
        _("Helps when it chafes: name both good things, and where you land."),
        ("value_one", "value_two", "landed", "tension"),
        frozenset({MADE, CONSIDERED}),
    ),
    Part(
        "reverse_test",
        _("The reverse test"),
        "refresh-cw",
        _("Four steps from the effect that is wanted to the law, instead of the other way round."),
        (
            "effect_resident", "effect_municipality", "core_value", "effects_following", "effects_deviating",
            "ethical_objection", "legal_route", "conclusion",
        ),
    ),
    Part(
        "triangle",
        _("The value triangle"),
        "compass",
        _("One sentence for each corner shows whether it is right, fitting and worth it."),
        ("legitimacy", "involvement", "yields"),
    ),
)  # fmt: skip

# A short name for each field, for lists of what is there and what is missing.
NAMES: dict[str, Promise] = {
    "routine": _("Routine"),
    "if_followed": _("What the routine does here"),
    "instead": _("What happens instead"),
    "why_here": _("Why here"),
    "urgency": _("How urgent"),
    "belongs_or_helps": _("Belongs or helps"),
    "grounds": _("Ground in law"),
    "amount_cents": _("Extra cost"),
    "lasts_until": _("Until when"),
    "avoided_cents": _("Avoided cost"),
    "avoided_source": _("Source of the estimate"),
    "causes": _("Cause"),
    "life_domains": _("Sides of life"),
    "structural": _("Incident or structural"),
    "risk_child_safety": _("Safety of a child"),
    "risk_fraud_inquiry": _("Fraud inquiry under way"),
    "risk_rights_of_others": _("Rights of other people"),
    "purpose_served": _("Which purpose it serves"),
    "alternatives": _("Alternatives"),
    "residents_view": _("What the resident thinks of it"),
    "same_again": _("The same for the next resident"),
    "same_again_why": _("Why the same, or not"),
    "value_one": _("The one value"),
    "value_two": _("The other value"),
    "landed": _("Where it lands"),
    "tension": _("Why it lands there"),
    "effect_resident": _("What the resident wants to reach"),
    "effect_municipality": _("What the municipality wants to reach"),
    "core_value": _("What the law is meant for"),
    "effects_following": _("What following the rule does"),
    "effects_deviating": _("What departing from it does"),
    "ethical_objection": _("Ethical objection"),
    "legal_route": _("Route in law"),
    "conclusion": _("Conclusion"),
    "legitimacy": _("Legitimacy"),
    "involvement": _("Involvement"),
    "yields": _("Yield"),
    "reply": _("Your answer to the question"),
}

# The places between two values.
BELONGS_OR_HELPS = (
    (0, _("Because it belongs")),
    (1, _("More because it belongs")),
    (2, _("As much the one as the other")),
    (3, _("More because it helps")),
    (4, _("Because it helps")),
)
LANDED = (
    (0, _("Wholly with the one")),
    (1, _("More with the one")),
    (2, _("In the middle")),
    (3, _("More with the other")),
    (4, _("Wholly with the other")),
)
# The three questions in words, for each kind of record.
ASKS: dict[str, dict[str, Promise]] = {
    "if_followed": {
        MADE: _("What would following the routine do here?"),
        CONSIDERED: _("What does the routine do here?"),
        BLOCKED: _("What does the routine do here?"),
    },
    "instead": {
        MADE: _("What do you do instead?"),
        CONSIDERED: _("What did you consider doing instead?"),
        BLOCKED: _("What did you want to do instead?"),
    },
    "why_here": {
        MADE: _("Why here?"),
        CONSIDERED: _("Why did you follow the routine after all?"),
        BLOCKED: _("What stopped you?"),
    },
}
ORDER = {name: place for place, name in enumerate(NAMES)}


def offered(kind: str) -> tuple[Part, ...]:
    """The parts that make sense for this kind of record."""
    return tuple(part for part in PARTS if kind in part.kinds)
