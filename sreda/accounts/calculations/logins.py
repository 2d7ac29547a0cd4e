"""Logins: latin, short, made from the surname."""

import re

# Letters by code point, from а to я; ё stands apart from them.
_IN_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LETTERS = {chr(0x430 + place): letters for place, letters in enumerate(_IN_LATIN.split())}
_LETTERS[chr(0x451)] = "e"
ALLOWED = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,149}")


def normal(text: str) -> str:
    """Return a typed login as it is stored: without spaces around, in small letters."""
    return text.strip().lower()


def is_allowed(login: str) -> bool:
    """Say whether a login has 3 to 150 latin letters, digits and . _ @ + - and begins well."""
    return ALLOWED.fullmatch(login) is not None


def latin(text: str) -> str:
    """Return Russian letters in latin: «Щукин» becomes «shchukin»."""
    letters = (_LETTERS.get(letter, letter) for letter in text.lower())
    return re.sub(r"[^a-z0-9]", "", "".join(letters))


def suggested(last_name: str, number: int) -> str:
    """Return a login for a person: «selyaninova-4821»."""
    return f"{latin(last_name)[:30] or 'user'}-{number}"
