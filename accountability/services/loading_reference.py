"""Loads the reviewed building blocks."""

from typing import Any

from accountability.models import BuildingBlock
from organisation.services.loading_reference import Row, load_terms


def load() -> dict[str, int]:
    """Bring the list up to its file."""
    required = ("order", "question_nl", "asks_nl")
    return {
        "building blocks": load_terms(
            BuildingBlock, "accountability", "building_blocks.yaml", required=required, values=_values
        )
    }


def _values(row: Row) -> dict[str, Any]:
    return {
        "order": row["order"],
        "question": row["question_nl"],
        "asks": row["asks_nl"],
        "is_reconstruction": bool(row.get("is_reconstruction")),
    }
