"""Sums of money with what they could be off by: amounts come at random, and estimates turn out otherwise."""

from typing import Any

from .telling import Money, Told

Z = 1.96  # 95%


def estimate(number: Told, money: Money | None) -> dict[str, Any]:
    """Of how many, the sum, and between which sums it would lie if the same time came once more.

    The sum of a Poisson number of amounts has a variance of the expected sum of their squares, so the spread is the
    root of the squares that were seen (compound Poisson). Below nought it does not go.
    """
    known = number.value and money
    low, high = (max(0, round(money[0] - Z * money[1])), round(money[0] + Z * money[1])) if money else (None, None)
    return {
        "number": number.flat,
        "cents": money[0] if known and money else None,
        "low": low if known else None,
        "high": high if known else None,
    }


def planned_and_real(number: Told, planned: Money | None, real: Money | None) -> dict[str, Any]:
    """What was planned beside what it really cost, for those of which that is known, and the ratio of the two.

    A ratio estimate; its spread is that of what differs from the ratio (Cochran, *Sampling Techniques*, chapter 6).
    """
    none = {"number": number.flat, "planned": None, "real": None, "ratio": None, "low": None, "high": None}
    if not number.value or planned is None or real is None:
        return none
    found = none | {"planned": planned[0], "real": real[0]}
    if not planned[0]:
        return found
    ends = ((real[0] - Z * real[1]) / planned[0], (real[0] + Z * real[1]) / planned[0])
    ratio = round(real[0] / planned[0], 2)
    return found | {"ratio": ratio, "low": max(0.0, round(ends[0], 2)), "high": round(ends[1], 2)}
