"""Keys that sort by the moment they were made, so that indexes grow at their end (UUID version 7, RFC 9562)."""

import os
import time
from datetime import datetime
from uuid import UUID


def new_id() -> UUID:
    """A new UUID version 7: 48 bits of milliseconds since 1970, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def first_id_at(moment: datetime) -> UUID:
    """The lowest key there can be of something made at that moment: whatever was made later sorts behind it."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
