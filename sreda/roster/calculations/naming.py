"""How a class is called."""


def class_name(grade: int, letter: str) -> str:
    """Return «8 «Б»», with a space that does not break; «8» for the only class of its grade."""
    return f"{grade}\u00a0«{letter}»" if letter else str(grade)
