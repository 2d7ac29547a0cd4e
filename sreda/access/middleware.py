"""Every request gets its actor; every page is closed unless it says otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sreda.access.queries import NOBODY, actor_of
from sreda.accounts.facade import COOKIE
from sreda.foundation import clock
from sreda.foundation.errors import Forbidden
from sreda.ui.errors import refuse

View = TypeVar("View", bound=Callable[..., Any])
Answer = Callable[[HttpRequest], HttpResponse]


def public(view: View) -> View:
    """Open a view to those who are not signed in."""
    return login_not_required(view)


def without_role(view: View) -> View:
    """Open a view to a signed-in person who holds no role at the moment."""
    view.needs_role = False  # type: ignore[attr-defined]
    return view


class Identity:
    """Sets ``request.actor``: 1 query with a session's cookie, none without."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then go on."""
        key = request.COOKIES.get(COOKIE)
        request.actor = actor_of(key, now=clock.now()) if key else NOBODY  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.actor.account_id:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ClosedByDefault:
    """Sends nobody to the sign-in page, and refuses those who hold no role."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the decision needs the view and stands in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return the answer for those who may not open any page like this one."""
        if not getattr(view, "login_required", True):
            return None
        actor = request.actor  # type: ignore[attr-defined]
        if actor.account_id is None:
            return _to_sign_in(request)
        if actor.role is None and getattr(view, "needs_role", True):
            return refuse(
                request,
                Forbidden(
                    _("Сейчас у вас нет ни одной роли. Обратитесь к администратору организации")
                ),
            )
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else ""
    address = reverse("accounts:sign_in")
    if back and back != "/":
        address += f"?next={quote(back)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
