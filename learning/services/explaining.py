"""A signal in plain words: what was counted, what was expected, and how sure that is."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from learning.models.noticing import VALUES
from learning.rules.findings import FALSE_DISCOVERIES, Found, Kind

Words = dict[str, Any]


def names() -> dict[str, dict[str, str]]:
    """What people call the values of each dimension, by code: two queries, however many signals."""
    return {name: {term.code: str(term) for term in terms._default_manager.all()} for name, terms in VALUES.items()}


def explain(found: Found, *, routine: str, team: str, value: str = "", k: int = 0) -> str:
    """Two or three sentences; the names are those people know. A number below k is not said."""
    words = _words(found, routine, team, value, k)
    return f"{_what(found) % words} {_how_sure(found) % words}"


def in_short(found: Found, *, routine: str, team: str, value: str = "", k: int = 0) -> str:
    """Only what stands out."""
    return _what(found) % _words(found, routine, team, value, k)


def _words(found: Found, routine: str, team: str, value: str, k: int) -> Words:
    return {
        "routine": routine,
        "team": team,
        "value": value,
        "observed": _number(found.observed, 0) if found.observed >= k else _("fewer than %(k)s") % {"k": k},
        "expected": _number(found.expected, 0 if found.expected >= 10 else 1),
        "effect": _number(found.effect, 1),
        "low": _number(found.interval[0], 1),
        "high": _number(found.interval[1], 1),
        "month": found.since.label,
        "share": _number(100 * FALSE_DISCOVERIES, 0),
    }


def _what(found: Found) -> str:
    sentences = {
        Kind.THRESHOLD: _("%(observed)s deviations from %(routine)s in %(month)s; agreed was at most %(expected)s."),
        Kind.RISE: _rise(found),
        Kind.DISPROPORTION: _disproportion(found),
        Kind.POOR_OUTCOME: _(
            "Since %(month)s departing from %(routine)s did not help %(observed)s times; as elsewhere it would have "
            "been %(expected)s; carefully estimated %(effect)s times as often."
        ),
        Kind.UNEQUAL_ANSWERS: _(
            "Since %(month)s team %(team)s got %(observed)s refusals about %(routine)s; answered as comparable "
            "requests elsewhere it would have been %(expected)s. Comparable is: the same routine and the same weight."
        ),
        Kind.SLOW_ANSWERS: _(
            "Since %(month)s %(observed)s answers in team %(team)s came late or are late; one in ten would have "
            "been %(expected)s."
        ),
    }
    return sentences[found.kind]


def _rise(found: Found) -> str:
    if found.routine and found.team:
        return _(
            "Since %(month)s team %(team)s departed %(observed)s times from %(routine)s; %(expected)s were expected "
            "from its own past; carefully estimated %(effect)s times as often."
        )
    if found.routine:
        return _(
            "Since %(month)s %(routine)s was departed from %(observed)s times; %(expected)s were expected from its "
            "own past; carefully estimated %(effect)s times as often."
        )
    if found.team:
        return _(
            "Since %(month)s team %(team)s recorded %(observed)s deviations; %(expected)s were expected from its own "
            "past; carefully estimated %(effect)s times as often."
        )
    return _(
        "Since %(month)s %(observed)s deviations were recorded; %(expected)s were expected from the past; "
        "carefully estimated %(effect)s times as often."
    )


def _disproportion(found: Found) -> str:
    if found.dimension == "team":
        return _(
            "Since %(month)s team %(team)s departed %(observed)s times from %(routine)s; used as often as elsewhere it "
            "would have been %(expected)s; carefully estimated %(effect)s times as often."
        )
    return _(
        "Since %(month)s %(routine)s went together with %(value)s %(observed)s times; with other routines it would "
        "have been %(expected)s; carefully estimated %(effect)s times as often."
    )


def _how_sure(found: Found) -> str:
    if found.q_value is None:
        return _("This is a limit that was agreed, not a test.")
    return _(
        "With what is known the true ratio lies between %(low)s and %(high)s. Of all signals shown at most %(share)s "
        "in a hundred are expected to be chance."
    )


def _number(value: float, decimals: int) -> str:
    return number_format(min(value, 999_999), decimal_pos=decimals, use_l10n=True, force_grouping=True)
