"""Keeping the list of building blocks: added, worded otherwise and closed by date, never deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accountability.models import BuildingBlock
from accountability.permissions import blocks as permissions
from accountability.workflow.blocks import Action
from organisation.models import Event, User


@transaction.atomic
def save_block(*, block: BuildingBlock, by: User, fields: Mapping[str, Any]) -> BuildingBlock:
    """Add a block, word it otherwise, or close it by its last day; its code stays what it is."""
    permissions.require(by, Action.KEEP)
    is_new = block._state.adding
    for name, value in fields.items():
        if is_new or name != "code":
            setattr(block, name, value)
    block.save()
    last = block.valid_until.isoformat() if block.valid_until else ""
    Event.record(actor=by, verb="block.save", target=block, after=last)
    return block
