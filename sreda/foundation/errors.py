"""The refusals of the house. ``sreda.ui.errors`` shows them as pages, fragments or JSON."""


class Refusal(Exception):
    """A refusal that is answered in words; ``status`` is its HTTP code."""

    status = 422

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class DomainError(Refusal):
    """What was asked breaks a rule of the domain; the text is shown as it is."""


class Forbidden(Refusal):
    """The object is known to the asker, the deed is not allowed; the text says why."""

    status = 403


class NotFound(Refusal):
    """There is no such object, or the asker may not know of it."""

    status = 404


class TooLarge(Refusal):
    """A body above its limit, refused before it is read."""

    status = 413


class TooMany(Refusal):
    """Too many tries; the text says when to come back."""

    status = 429


def require(allowed: bool, why: str) -> None:  # noqa: FBT001 -- reads as a sentence at every call
    """Let the caller go on when ``allowed``.

    :raises Forbidden: with ``why`` otherwise.
    """
    if not allowed:
        raise Forbidden(why)
