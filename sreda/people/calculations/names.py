"""How a name is written. Names are never declined by machine."""


def full(last: str, first: str, middle: str) -> str:
    """Return «Селянинова Ирина Петровна»."""
    return " ".join(part for part in (last, first, middle) if part)


def friendly(last: str, first: str) -> str:
    """Return «Ирина Селянинова»."""
    return f"{first} {last}".strip()


def short(last: str, first: str, middle: str) -> str:
    """Return «Селянинова И. П.»."""
    return " ".join([last, *(f"{part[0]}." for part in (first, middle) if part)])
