"""Long lists of single words, written so that they can be read."""


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())
