"""The template environment of every page."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import jinja2
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template import engines
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from markupsafe import Markup

from sreda.foundation import clock, words
from sreda.ui.addresses import Addresses, addresses, url
from sreda.ui.fields import field_view
from sreda.ui.folding import FoldingEnvironment
from sreda.ui.qr import qr_svg
from sreda.ui.static import static
from sreda.ui.texts import per_language, per_page_language, text, unfilled_text

# Globals that give the same answer to the same arguments as long as the process lives.
CONSTANT = ("_", "gettext", "icon", "static", "shelf_picture")


def environment(**options: Any) -> FoldingEnvironment:
    """Return the environment; Django's backend passes the loader and ``auto_reload``."""
    options.update(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        cache_size=-1,
    )
    env = FoldingEnvironment(**options)
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(_globals())
    env.globals["shelf_picture"] = per_page_language(
        lambda: Markup(env.get_template("ui/_shelf_picture.html").render())  # noqa: S704 -- ours
    )
    env.filters["first_upper"] = first_upper
    env.filters["tel"] = tel
    return env


def page_environment() -> FoldingEnvironment:
    """Return the environment of the present request: its language, its addresses."""
    env: FoldingEnvironment = engines["jinja2"].env  # type: ignore[attr-defined]  # Jinja2's own
    return _settled(env, translation.get_language() or settings.LANGUAGE_CODE, addresses())


@lru_cache(maxsize=16)
def _settled(env: FoldingEnvironment, language: str, known: Addresses) -> FoldingEnvironment:
    constant: dict[str, Any] = {name: env.globals[name] for name in CONSTANT}
    return env.settled(language=language, constant={**constant, "url": known})


def _globals() -> dict[str, Any]:
    """Return what every template and every macro may call."""
    return {
        "_": text,
        "gettext": text,
        "unfilled_text": unfilled_text,
        "url": url,
        "static": static,
        "icon": icon,
        "field_view": field_view,
        "query": query,
        "here": here,
        "back": back,
        "qr_svg": qr_svg,
        "is_demo": clock.is_demo,
        "today": clock.today,
        "region_name": lambda: settings.SREDA_REGION,
        "support_phone": lambda: settings.SREDA_SUPPORT_PHONE,
        "date_words": per_language(words.date_words),
        "long_date": per_language(words.long_date),
        "short_date": words.short_date,
        "time_words": words.time_words,
        "moment_words": words.moment_words,
        "spaced": words.spaced,
        "initials": words.initials,
    }


def first_upper(phrase: str) -> str:
    """Return ``phrase`` beginning with a capital letter."""
    return phrase[:1].upper() + phrase[1:]


def tel(phone: str) -> str:
    """Return a Russian phone number as a ``tel:`` link wants it: «+73422000000»."""
    digits = re.sub(r"\D", "", phone)
    return f"+7{digits[-10:]}" if len(digits) >= 10 else digits


@lru_cache(maxsize=256)
def icon(name: str) -> Markup:
    """Return the drawing ``name`` of the sprite; it is hidden from screen readers."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        static("sprite.svg"), name
    )


def here(request: HttpRequest) -> str:
    """Return the address to come back to: this page's, or the form's that was sent to it."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return back(request)


def back(request: HttpRequest) -> str:
    """Return the page that the person came from, if it is one of ours; else the first page."""
    came_from = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except DisallowedHost:  # the page that refuses such a host asks too
        return "/"
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={host}):
        return "/"
    address = urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    # A path of ours may begin with two slashes, and without the host that is another host.
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"


def query(request: HttpRequest, **changes: Any) -> str:
    """Return the request's query string with ``changes`` made: «?q=куб&page=2».

    None takes a name out. Whatever changes, the list starts at its first page again unless
    ``page`` itself is given.
    """
    wanted = request.GET.copy()
    wanted.pop("page", None)
    for name, value in changes.items():
        if value is None:
            wanted.pop(name, None)
        else:
            wanted[name] = str(value)
    return f"?{wanted.urlencode()}"
