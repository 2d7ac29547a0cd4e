"""The browser at the door: where it is, where it goes on to, and the cookie it keeps."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sreda.accounts.actions.sessions import Client, SignedIn
from sreda.accounts.calculations.addresses import client_address
from sreda.accounts.queries import COOKIE
from sreda.audit.facade import Doer
from sreda.ui.pages import redirect

View = TypeVar("View", bound=Callable[..., Any])


class Visitor(Doer, Protocol):
    """Who asks, as ``access`` puts it on the request; nobody has no account."""

    @property
    def session_uid(self) -> UUID | None:
        """The session of the cookie."""


class Request(HttpRequest):
    """A request that has passed ``access``."""

    actor: Visitor


def for_any_account(view: View) -> View:
    """Open a view to a signed-in person without a role (``access.middleware`` reads the mark)."""
    view.needs_role = False  # type: ignore[attr-defined]
    return view


def client_of(request: HttpRequest, *, stay: bool = False) -> Client:
    """Return who knocks. X-Forwarded-For counts only behind ``SREDA_TRUSTED_PROXIES`` proxies."""
    return Client(
        address=client_address(
            remote=request.META.get("REMOTE_ADDR", ""),
            forwarded=request.headers.get("X-Forwarded-For", ""),
            proxies=settings.SREDA_TRUSTED_PROXIES,
        ),
        user_agent=request.headers.get("User-Agent", ""),
        stay=stay,
        replaces=request.COOKIES.get(COOKIE, ""),
    )


def onward(request: HttpRequest) -> str:
    """Return where to go after signing in: a page of ours, never another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # The prefix is asked first: it is cheap, and most visits want no page at all.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("portal:home")


def let_in(request: HttpRequest, signed_in: SignedIn, url: str) -> HttpResponse:
    """Give the browser its new session and send it on to ``url``."""
    rotate_token(request)
    response = redirect(request, url)
    response.set_cookie(
        COOKIE,
        signed_in.key,
        max_age=signed_in.max_age,
        path="/",
        secure=settings.SREDA_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_session(response: HttpResponse) -> None:
    """Take the session's cookie out of the browser."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
