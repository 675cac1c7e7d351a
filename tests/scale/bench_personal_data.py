"""Recall and false findings of the detector on sentences of municipal casework, and its time on a long text.

python -m tests.scale.bench_personal_data
"""

import csv
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "organisation" / "data"


class Sentence(NamedTuple):
    """A sentence with what is to be found in it, as pairs of kind and text."""

    text: str
    expected: Counter[tuple[str, str]]


def sentences(name: str = "casework_nl") -> list[Sentence]:
    """Labelled sentences; the labels are written kind=text, with a bar between them.

    `casework_nl`: made-up sentences as people write them, half of them with look-alikes. They were labelled before the
    detector ran over them, in three rounds: it found 83%, 88% and 100%, and was improved after the first two.
    `names_nl`: full names without a title, and streets, schools and firms that look like them. Written before the list
    of first names was; of these names none was found without it.
    `personal_data_nl`: one sentence for each way of writing, all found.
    """
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Sentence(
                row["text"],
                Counter(
                    (kind, text)
                    for kind, _, text in (label.partition("=") for label in row["findings"].split(" | ") if label)
                ),
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


class Score(NamedTuple):
    """Counts by kind: what was there, what of it was found, and what was found that was not there."""

    expected: Counter[str]
    hit: Counter[str]
    false: Counter[str]
    mistakes: list[str]


def score(labelled: list[Sentence]) -> Score:
    """Compare what the detector finds with the labels, exactly to the character."""
    from organisation.kernel.personal_data import find

    total = Score(Counter(), Counter(), Counter(), [])
    for sentence in labelled:
        found = Counter((finding.kind.value, finding.text) for finding in find(sentence.text))
        total.expected.update(kind for kind, _ in sentence.expected.elements())
        total.hit.update(kind for kind, _ in (sentence.expected & found).elements())
        total.false.update(kind for kind, _ in (found - sentence.expected).elements())
        if found != sentence.expected:
            total.mistakes.append(
                f"{sentence.text}\n    found {sorted(found)}\n    to find {sorted(sentence.expected)}"
            )
    return total


def main() -> None:
    """Print the figures by kind."""
    from organisation.kernel.personal_data import find

    for name in ("casework_nl", "names_nl"):
        print_score(sentences(name))
    everything = "".join(f"{sentence.text} " for sentence in sentences())
    long_text = (everything * 10)[:10_000]
    began = time.perf_counter()
    find(long_text)
    print(f"10,000 characters in {(time.perf_counter() - began) * 1000:.0f} ms")


def print_score(labelled: list[Sentence]) -> None:
    """The figures of one set, and what went wrong in it."""
    result = score(labelled)
    plain = sum(not sentence.expected for sentence in labelled)
    print(f"{len(labelled)} sentences, {plain} of them with nothing to find")
    print(f"{'kind':<14}{'to find':>8}{'found':>8}{'recall':>9}{'false':>8}")
    for kind in [*sorted(result.expected | result.false), ""]:
        to_find, hit, false = (
            counts[kind] if kind else counts.total() for counts in (result.expected, result.hit, result.false)
        )
        recall = f"{hit / to_find:.1%}" if to_find else "-"
        print(f"{kind or 'together':<14}{to_find:>8}{hit:>8}{recall:>9}{false:>8}")
    for mistake in result.mistakes:
        print(f"- {mistake}")


if __name__ == "__main__":
    main()
