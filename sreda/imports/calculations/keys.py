"""Keys of a file's rows as small numbers, so that a million of them can be kept and asked for."""

import hashlib
from uuid import UUID

from sreda.imports.calculations.rows import Key


def key_digest(batch: UUID, key: Key) -> int:
    """Return 64 bits, signed, that differ between batches, columns and values."""
    hashed = hashlib.blake2b(f"{key.column}\n{key.value}".encode(), digest_size=8, key=batch.bytes)
    return int.from_bytes(hashed.digest(), "big", signed=True)
