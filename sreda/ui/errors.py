"""Refusals and failures, answered in words: a page, a toast for htmx, or JSON.

Views raise ``foundation.errors`` and have no ``try``; a middleware, which cannot raise, returns
``refuse(request, error)``.
"""

import logging
import secrets
import sys
from collections.abc import Callable

from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from sreda.foundation.errors import (
    DomainError,
    Forbidden,
    NotFound,
    Refusal,
    TooLarge,
)
from sreda.ui.appearance import Appearance
from sreda.ui.pages import Toast, announce, is_htmx, render_text

logger = logging.getLogger("sreda.ui.errors")


class ErrorPages:
    """Middleware: what a view raises becomes an answer. A failure is left to ``handler500``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; None for anything that is a mistake of ours."""
        refusal = refusal_of(error)
        return refuse(request, refusal) if refusal else None


def refusal_of(error: BaseException | None) -> Refusal | None:
    """Return ``error``, which may be Django's own, as a refusal in words; None for a failure."""
    match error:
        case Refusal():
            return error
        case Http404():
            return NotFound()
        case PermissionDenied():
            return Forbidden(str(error))
        case RequestDataTooBig():
            return TooLarge(_("Прислано больше, чем принимает эта страница"))
        case DisallowedHost():
            return DomainError(_("По этому адресу нас нет. Откройте «Среду» по адресу из памятки"))
        case SuspiciousOperation() | BadRequest() | MultiPartParserError():
            return DomainError(_("Запрос пришёл неполным. Откройте страницу заново и повторите"))
    return None


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the answer to ``refusal``: a page, a toast for htmx, or JSON. Cost: no query."""
    heading, words, picture = _words(refusal)
    if _wants_json(request):
        return JsonResponse({"error": refusal.message or heading}, status=refusal.status)
    if is_htmx(request):
        return _as_toast(refusal.message or heading, status=refusal.status)
    context = {"heading": heading, "words": words, "picture": picture, "number": ""}
    return HttpResponse(render_text(request, "ui/error.html", context), status=refusal.status)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what a middleware forbade."""
    return refuse(request, refusal_of(exception) or Forbidden())


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return refuse(request, refusal_of(exception) or NotFound())


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    answer = refuse(request, refusal_of(exception) or DomainError())
    if isinstance(exception, DisallowedHost):
        answer.status_code = 400  # nothing was understood: not even whom it was sent to
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: the page stood open too long, or cookies are off."""
    logger.info("csrf refused: %s", reason)
    words = _("Страница слишком долго была открыта. Вернитесь, обновите её и отправьте ещё раз")
    return refuse(request, Forbidden(words))


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours with its number, which stands in the log too. Cost: no query."""
    error = sys.exc_info()[1]
    refusal = refusal_of(error)
    if refusal:  # raised by a middleware, where Django asks nobody else
        return refuse(request, refusal)
    number = _error_number()
    logger.error("error %s at %s", number, _route(request), exc_info=error)
    text = _("Ошибка на нашей стороне, номер %(number)s") % {"number": number}
    if _wants_json(request):
        return JsonResponse({"error": text, "number": number}, status=500)
    if is_htmx(request):
        return _as_toast(text, status=500)
    context = {
        "heading": _("Ошибка на нашей стороне"),
        "words": _("Мы уже знаем об ошибке, попробуйте через пару минут."),
        "picture": "broken",
        "number": number,
        # Nothing that may ask the database: it may be what failed.
        "shell": None,
        "appearance": getattr(request, "appearance", None) or Appearance(),
    }
    return HttpResponse(render_text(request, "ui/error.html", context), status=500)


def _words(refusal: Refusal) -> tuple[str, str, str]:
    """Return heading, explanation and picture: the message's first sentence is the heading."""
    heading, _dot, words = refusal.message.partition(". ")
    match refusal.status:
        case 404:
            missing = _("Такой страницы нет")
            return missing, _("Возможно, её перенесли или в адресе опечатка."), "missing"
        case 403:
            return heading or _("Эта страница открыта не для вашей роли"), words, "locked"
        case 413:
            return heading or _("Файл слишком велик"), words, "broken"
        case 429:
            return heading or _("Слишком много попыток"), words, "locked"
    return heading or _("Так не получится"), words, "missing"


def _as_toast(text: str, *, status: int) -> HttpResponse:
    """Return an answer that leaves the open page as it is and says ``text`` over it."""
    response = HttpResponse(status=status, headers={"HX-Reswap": "none"})
    announce(response, [Toast(text=text)])
    return response


def _wants_json(request: HttpRequest) -> bool:
    """Say whether a program asked, and not a browser."""
    accepted = request.headers.get("Accept", "")
    asks = "application/json" in accepted and "text/html" not in accepted
    return asks or request.path.startswith("/api/")


def _error_number() -> str:
    """Return a number short enough to be read out over the phone: «8F-2041»."""
    letters = secrets.token_hex(1).upper()
    return f"{letters}-{secrets.randbelow(10_000):04d}"


def _route(request: HttpRequest) -> str:
    """Return the address without what was typed into it: a path may carry a secret."""
    match = getattr(request, "resolver_match", None)
    return str(match.view_name) if match else "?"
