"""Signing in by a class card.

The QR address carries the card's secret, so it is left at once: the secret goes into a cookie that
only these two pages get, and the page that asks for the PIN has an address without it. Nothing that
writes addresses down (history, logs, Referer, forms) meets the secret a second time.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sreda.accounts.actions.cards import CardRefused, WrongPin, sign_in_by_card
from sreda.accounts.actions.sessions import SignInChanged
from sreda.accounts.forms import PinForm
from sreda.accounts.queries import card_door
from sreda.accounts.views.browser import Request, client_of, let_in
from sreda.foundation import clock
from sreda.foundation.errors import TooMany
from sreda.ui.pages import redirect, render

CARD_COOKIE = "sreda_card"
CARD_SECONDS = 10 * 60


@login_not_required
@require_safe
def card(request: Request, secret: str) -> HttpResponse:
    """Take the card's secret out of the address."""
    response = redirect(request, reverse("accounts:card_pin"))
    response.set_cookie(
        CARD_COOKIE,
        secret,
        max_age=CARD_SECONDS,
        path=reverse("accounts:card_pin"),
        secure=settings.SREDA_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return _private(response)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_pin(request: Request) -> HttpResponse:
    """Ask for the PIN of the card that was shown, or open its session."""
    if request.method != "POST":
        return _page(request, PinForm())
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        signed_in = sign_in_by_card(
            secret=_secret(request),
            pin=form.cleaned_data["pin"],
            client=client_of(request),
            today=clock.today(),
            now=clock.now(),
        )
    except (WrongPin, CardRefused, SignInChanged, TooMany) as refusal:
        form.add_error("pin", refusal.message)
        return _page(request, form, status=refusal.status)
    response = let_in(request, signed_in, reverse("portal:home"))
    response.delete_cookie(CARD_COOKIE, path=reverse("accounts:card_pin"), samesite="Lax")
    return response


def _page(request: Request, form: PinForm, *, status: int = 200) -> HttpResponse:
    secret = _secret(request)
    door = card_door(secret, today=clock.today()) if secret else None
    if door and door.refusal:
        status = 422
    context = {"form": form, "door": door}
    return _private(render(request, "accounts/card.html", context, status=status))


def _secret(request: Request) -> str:
    return request.COOKIES.get(CARD_COOKIE, "")


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
