"""Reads the story from its files."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent

Row = dict[str, Any]


def read(name: str) -> Any:
    """One file of the story, such as `people`."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def cases() -> list[Row]:
    """The cases of all policy domains."""
    return [row for path in sorted((FOLDER / "cases").glob("*.yaml")) for row in read(f"cases/{path.stem}")]
