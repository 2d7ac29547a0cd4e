"""What views answer with: a page, a fragment, a redirect, word that a deed is done."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from sreda.foundation import clock, words
from sreda.ui.appearance import appearance_of
from sreda.ui.cookies import delete_cookie, set_cookie
from sreda.ui.jinja import page_environment
from sreda.ui.shell import Shell, ShellOnDemand
from sreda.ui.texts import per_language

TOAST_COOKIE = "toast"
TOAST_SALT = "sreda.ui.toast"
TOAST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Toast:
    """Word that something is done. ``undo_url`` takes the POST that undoes it; empty: cannot be."""

    text: str
    undo_url: str = ""


class CsrfInput:
    """The hidden field of every form; its token is made once a page, and only if a form asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def field(self) -> str:
        """The field's markup."""
        return str(csrf_input(self.request))

    def __html__(self) -> str:
        return self.field


def is_htmx(request: HttpRequest) -> bool:
    """Say whether a piece of an open page asked, and not the address bar."""
    return request.headers.get("HX-Request") == "true"


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the page, or the fragment when the file's name begins with «_».

    Waiting toasts are shown on a page and travel in a header with a fragment. Cost: no query.
    """
    is_fragment = _is_fragment(template)
    toasts = _pending(request)
    if not is_fragment:
        toasts = [*_carried(request), *toasts]
    html = render_text(request, template, {**(context or {}), "toasts": toasts})
    response = HttpResponse(html, status=status)
    if is_fragment:
        announce(response, toasts)
    elif TOAST_COOKIE in request.COOKIES:
        delete_cookie(response, TOAST_COOKIE)
    return response


def render_text(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """Return the template's text with everything that the base pages read. Cost: no query."""
    shell = context["shell"] if "shell" in context else getattr(request, "shell", None)
    if isinstance(shell, ShellOnDemand):
        shell = shell.shell
    around: dict[str, Any] = {
        "request": request,
        "shell": shell,
        "appearance": context.get("appearance") or appearance_of(request),
        "demo_words": "" if _is_fragment(template) else _demo_words(shell),
        "csrf_input": CsrfInput(request),
        "toasts": [],
    }
    # Jinja keeps compiled templates itself; Django's loader would only add its own search.
    return page_environment().get_template(template).render({**around, **context})


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Send the person on to ``url``: 303, or htmx's own header when htmx asked.

    What a header cannot hold (letters beyond ASCII, line ends) is percent-encoded.
    """
    address = iri_to_uri(url)
    if is_htmx(request):
        response = HttpResponse(headers={"HX-Redirect": address})
    else:
        response = HttpResponse(status=303, headers={"Location": address})
    toasts = _pending(request)
    if toasts:
        value = signing.dumps([asdict(toast) for toast in toasts], salt=TOAST_SALT)
        set_cookie(response, TOAST_COOKIE, value, seconds=TOAST_SECONDS)
    return response


def toast(request: HttpRequest, text: str, undo_url: str | None = None) -> None:
    """Say ``text`` on the page that answers this request, or on the one it redirects to."""
    _pending(request).append(Toast(text=text[:300], undo_url=undo_url or ""))


def announce(response: HttpResponse, toasts: list[Toast]) -> None:
    """Put the toasts into the header that the shell's script reads."""
    if toasts:
        response.headers["HX-Trigger"] = json.dumps(
            {"toast": {"list": [asdict(toast) for toast in toasts]}}
        )


def demo_words() -> str:
    """Return the line that every page of a demo carries; empty when this is no demo."""
    if not clock.is_demo():
        return ""
    return _demo_line(clock.local(clock.now()).replace(second=0, microsecond=0))


@per_language
def _demo_line(minute: datetime) -> str:
    return _("Учебные данные. Сегодня %(date)s %(year)s, %(time)s") % {
        "date": words.date_words(minute.date()),
        "year": minute.year,
        "time": words.time_words(minute),
    }


def _is_fragment(template: str) -> bool:
    return template.rpartition("/")[2].startswith("_")


def _demo_words(shell: Shell | None) -> str:
    return shell.demo_words if shell is not None else demo_words()


def _pending(request: HttpRequest) -> list[Toast]:
    """The toasts of this request, made when first asked for."""
    pending: list[Toast] = vars(request).setdefault("_toasts", [])
    return pending


def _carried(request: HttpRequest) -> list[Toast]:
    """The toasts that the request before this one left."""
    value = request.COOKIES.get(TOAST_COOKIE)
    if not value:
        return []
    try:
        kept = signing.loads(value, salt=TOAST_SALT, max_age=TOAST_SECONDS)
    except signing.BadSignature:
        return []
    return [Toast(**toast) for toast in kept]
