"""The broker of folders, with messages that are there whole or not at all.

kombu's own opens the file of a message in the queue and then writes it; a worker that takes it in between reads nothing
and ends.
"""

import os
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

BEING_WRITTEN = ".part"  # behind the name, so that it is a message of no queue yet


class Channel(filesystem.Channel):
    """Takes messages as kombu does; writes each beside the queue and moves it in."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's own does
        """Put a message on the queue. Raises `OSError` when the disk refuses."""
        file = Path(self.data_folder_out) / f"{monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        written = file.with_name(file.name + BEING_WRITTEN)
        written.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(written, file)


class Transport(filesystem.Transport):
    """kombu's, with that channel."""

    Channel = Channel
