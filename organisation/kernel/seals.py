"""A checkpoint of the logbook as it is written outside the database, signed with Ed25519 (RFC 8032).

Each checkpoint holds the root over its lines and the digest of the checkpoint before it, so the last one stands for
all that came before. Whoever has the public key can check it; only who has the secret key can make one.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from organisation.kernel.digests import canonical
from organisation.kernel.merkle import leaf_hash

BEFORE_ALL = "0" * 64  # stands where the first checkpoint names the one before it
SHORT = 16  # hexadecimal digits of a leaf that are written outside: enough to point at it, the root proves it


@dataclass(frozen=True, slots=True)
class Body:
    """What a checkpoint says. `first` is the position of its first line in the whole logbook, counted from one.

    `brought_in` says that its lines may be dated long before: a history that was played or restored.
    """

    number: int
    sealed_at: str
    first: int
    lines: int
    root: str
    previous: str
    brought_in: bool = False

    def fields(self) -> dict[str, Any]:
        """As it is written and signed."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """What the next checkpoint names."""
        return hashlib.sha256(canonical(self.fields())).hexdigest()


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that seals; the seed is 32 secret bytes."""

    seed: bytes

    @property
    def public(self) -> str:
        """The public key, in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, fields: dict[str, Any]) -> str:
        """The signature under what a checkpoint says, in hexadecimal."""
        return self._key.sign(canonical(fields)).hex()

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_signed(fields: dict[str, Any], signature: str, public: str) -> bool:
    """Whether whoever holds the key of this public key signed exactly this."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), canonical(fields))
    except (InvalidSignature, ValueError):
        return False
    return True


def leaf_of(kind: str, stays: dict[str, Any], digest: bytes) -> bytes:
    """The leaf of one line: of what stays of it after an erasure, and of the digest of what it said."""
    return leaf_hash(canonical({"book": kind, **stays, "digest": digest}))


def short_name(kind: str, line: UUID, leaf: bytes) -> str:
    """A line as it stands outside: book, id, and the beginning of its leaf. It tells of nobody."""
    return f"{kind}{line.hex}{leaf.hex()[:SHORT]}"


def read_moment(text: str) -> datetime:
    """A moment as a checkpoint holds it."""
    return datetime.fromisoformat(text)
