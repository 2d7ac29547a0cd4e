"""Secrets that people type or scan."""

import re
import secrets

# No 0 O 1 I L: they are mixed up on paper and on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
PIN_LENGTH = 4
CARD_BYTES = 16
# What 16 bytes look like in an address.
CARD_ADDRESS = r"[A-Za-z0-9_-]{22}"
# Cyrillic capitals that look like latin ones: А В Е К М Н Р С Т У Х, by their code points.
_LOOK_ALIKE = dict(
    zip(
        (0x410, 0x412, 0x415, 0x41A, 0x41C, 0x41D, 0x420, 0x421, 0x422, 0x423, 0x425),
        "ABEKMHPCTYX",
        strict=True,
    )
)


def new_code() -> str:
    """Return ten characters of about 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def written_code(code: str) -> str:
    """Return the code in two groups: «AB3CD-EF4GH»."""
    return f"{code[:5]}-{code[5:]}"


def read_code(text: str) -> str:
    """Return a typed code as it was made: capital latin letters, no spaces, dashes or dots."""
    return re.sub(r"[\s\-‐‑‒–—−.]", "", text).upper().translate(_LOOK_ALIKE)


def new_pin() -> str:
    """Return four digits that are neither all the same nor in a row."""
    while True:
        pin = f"{secrets.randbelow(10_000):04d}"
        if len(set(pin)) > 1 and pin not in "0123456789" and pin not in "9876543210":
            return pin


def new_card_secret() -> str:
    """Return 128 random bits for a QR address."""
    return secrets.token_urlsafe(CARD_BYTES)


def new_session_key() -> str:
    """Return 256 random bits for a cookie."""
    return secrets.token_urlsafe(32)
