"""The house style of a municipality: a file of design tokens, checked line by line before it may colour a page."""

import re
from dataclasses import dataclass

# A colour, a length, a number, a font name or another token; nothing that fetches, closes a rule or runs.
_LINE = re.compile(r"(--[a-z][a-z0-9-]*)\s*:\s*([^;]+?)\s*;?")
_VALUE = re.compile(r"[\w\s#%.,()'\"+*/-]+")
_FORBIDDEN = re.compile(r"url|expression|import|attr\(|image|element\(|/\*|\*/|//", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*\*/|#.*")
_COLOUR = re.compile(r"colou?r|kleur")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Tokens for light pages and for dark ones, and what was wrong in the file: one sentence for each line."""

    light: dict[str, str]
    dark: dict[str, str]
    faults: tuple[str, ...]

    def css(self) -> str:
        """The sheet. A colour without a dark twin stays out of the dark, where our own ramp keeps the contrast."""
        colours = {name: value for name, value in self.light.items() if _COLOUR.search(name)}
        rest = {name: value for name, value in self.light.items() if name not in colours}
        return "".join(
            [
                _rule("", rest),
                _rule("@media print, (prefers-color-scheme: light)", colours),
                _rule("@media screen and (prefers-color-scheme: dark)", self.dark),
            ]
        )


def read(text: str) -> HouseStyle:
    """Read `--token: value` lines; those under `[dark]` are for dark pages. Empty lines and comments are skipped."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    faults: list[str] = []
    part = light
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or _COMMENT.fullmatch(line):
            continue
        if line == "[dark]":
            part = dark
            continue
        found = _LINE.fullmatch(line)
        if found and _VALUE.fullmatch(found[2]) and not _FORBIDDEN.search(found[2]) and _balanced(found[2]):
            part[found[1]] = found[2]
        else:
            faults.append(f"line {number}: this is not a design token with a plain value: {line[:60]}")
    return HouseStyle(light, dark, tuple(faults))


def _rule(condition: str, tokens: dict[str, str]) -> str:
    if not tokens:
        return ""
    lines = "\n".join(f"  {name}: {value};" for name, value in tokens.items())
    rule = f"body.hr-theme {{\n{lines}\n}}\n"
    return f"{condition} {{\n{rule}}}\n" if condition else rule


def _balanced(value: str) -> bool:
    return value.count("(") == value.count(")") and value.count("'") % 2 == 0 and value.count('"') % 2 == 0
