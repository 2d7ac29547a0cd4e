"""Cookies of the interface: only the server reads them."""

from django.conf import settings
from django.http import HttpResponse


def set_cookie(response: HttpResponse, name: str, value: str, *, seconds: int) -> None:
    """Keep ``value`` in the browser for ``seconds``."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        secure=settings.SREDA_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response: HttpResponse, name: str) -> None:
    """Take the cookie out of the browser."""
    response.delete_cookie(name, samesite="Lax")
