"""Dutch texts of casework to find precedents among: pairs that say the same in other words, and many that do not."""

import csv
import random
import re
from pathlib import Path
from typing import NamedTuple

import yaml

PAIRS = Path(__file__).parent / "data" / "paraphrases_nl.csv"
STORY = Path(__file__).resolve().parents[2] / "config" / "demo" / "cases"
FIELDS = ("if_followed", "instead", "why_here", "alternatives", "purpose_served")
SHORTEST = 15


class Pair(NamedTuple):
    """What was written earlier, and what somebody writes now about the same kind of trouble."""

    earlier: str
    draft: str


def pairs() -> list[Pair]:
    """All pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [Pair(row["earlier"], row["draft"]) for row in csv.DictReader(file, delimiter=";")]


def others(count: int, *, seed: int = 3) -> list[str]:
    """Texts made of sentences from the cases of the demo municipality, four at a time."""
    sentences = [
        sentence
        for path in sorted(STORY.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        for deviation in case["deviations"]
        for field in FIELDS
        for sentence in re.split(r"(?<=[.!?])\s+", deviation.get(field) or "")
        if len(sentence) > SHORTEST
    ]
    dice = random.Random(seed)
    return [" ".join(dice.sample(sentences, 4)) for _ in range(count)]
