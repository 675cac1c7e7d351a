"""The digest of a logbook line: it binds what the line says, and still stands when the line was erased.

What a line says is a set of fields. Some are words that somebody typed; those have a digest of their own, so that the
facts of a line can be shown and checked while its words stay where they are. Both are keyed (HMAC-SHA256) with keys
made of one random key that stands beside the line: with the key anybody can check, and without it nobody can find
out what an erased line said by trying, since names and numbers are easily guessed.

    digest = HMAC(facts key, canonical(facts + {"words": hex HMAC(words key, canonical(words))}))
    facts key = HMAC(key, "facts")      words key = HMAC(key, "words")

What is sealed (organisation/kernel/merkle.py) is what stays after an erasure, with this digest among it.
"""

import hmac
import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

KEY_BYTES = DIGEST_BYTES = 32
Fields = Mapping[str, Any]


def new_key() -> bytes:
    """A random key for one line."""
    return os.urandom(KEY_BYTES)


def digest_of(key: bytes, facts: Fields, words: Fields) -> bytes:
    """The digest of a whole line."""
    return digest_of_facts(facts_key(key), facts, words_digest(key, words))


def digest_of_facts(key: bytes, facts: Fields, words: str) -> bytes:
    """The same digest from the key of the facts, the facts, and the digest of the words."""
    return hmac.digest(key, canonical({**facts, "words": words}), "sha256")


def facts_key(key: bytes) -> bytes:
    """What is handed out with the facts of a line; it opens nothing else."""
    return hmac.digest(key, b"facts", "sha256")


def words_digest(key: bytes, words: Fields) -> str:
    """Stands for the words of a line."""
    return hmac.digest(hmac.digest(key, b"words", "sha256"), canonical(words), "sha256").hex()


def canonical(fields: Fields) -> bytes:
    """One way to write these fields: JSON with sorted names and no spaces, moments in UTC to the microsecond."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode()


def moment(at: datetime) -> str:
    """A moment as it stands in what is sealed: `2026-07-30T09:15:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> str:
    match value:
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
    raise TypeError(f"There is no canonical way to write a {type(value).__name__}.")
