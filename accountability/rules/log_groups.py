"""Lines of the logbook by what they are about, as people choose them: the first part of a verb with its words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Sentence = Any
GROUPS: dict[str, tuple[Sentence, tuple[str, ...]]] = {
    # code          words                                     first parts of verbs
    "cases":       (_("Cases and files"),                     ("case", "journal", "agreement", "attachment")),
    "deviations":  (_("Deviations and advice"),               ("deviation", "consultation", "advice")),
    "space":       (_("Space"),                               ("space", "space_request")),
    "unease":      (_("What does not feel right"),            ("unease",)),
    "routines":    (_("Routines and registers"),              ("routine", "register")),
    "learning":    (_("Learning"),                            ("signal", "question", "report", "rollup", "figures")),
    "account":     (_("Giving account"),                      ("dossier", "edition", "review", "review_round",
                                                               "comparison", "block", "scan", "pulse", "control",
                                                               "access_request")),
    "retention":   (_("Keeping and destroying"),              ("retention", "retention_class", "destruction", "hold")),
    "people":      (_("People and teams"),                    ("person", "team", "deputy", "view")),
    "terms":       (_("Lists of terms"),                      ("term", "policy_domain", "reference")),
    "logbook":     (_("The logbook itself"),                  ("logbook", "system")),
}  # fmt: skip


def beginnings(code: str) -> tuple[str, ...]:
    """How the verbs of a group begin, such as `case.`; none for an unknown group."""
    return tuple(f"{part}." for part in GROUPS[code][1]) if code in GROUPS else ()


def is_grouped(verb: str) -> bool:
    """Whether a verb stands in one of the groups."""
    return any(verb.startswith(beginnings(code)) for code in GROUPS)
