"""What may be sent to the server, refused before it is read.

``UploadLimits`` stands before the CSRF check, which reads the form and with it the file. It looks
at the declared length, then lets Django parse the form, watched by ``LimitedUploads``: the name of
the file sets its limit before its first byte is taken, and a body that declares no length is
stopped when it passes the limit. Whoever may not send files to a view has none read: a body that
comes slowly holds a thread for as long as it likes.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from sreda.files.calculations.limits import (
    LARGEST,
    MEGABYTE,
    SMALL,
    limit_of,
    may_send_files,
)
from sreda.foundation.errors import Forbidden, TooLarge
from sreda.ui.errors import refusal_of, refuse

# Names, boundaries and the other fields of the form that surround a file.
FORM_SLACK = 64 * 1024

Answer = Callable[[HttpRequest], HttpResponseBase]


class UploadLimits:
    """Middleware: answers 403 and 413 to a body that is not wanted, without reading it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; what may be sent depends on the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse by who sends, by the declared length, then by what the form turns out to hold."""
        if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return None
        is_form_with_files = request.content_type == "multipart/form-data"
        takes_files = is_form_with_files and may_send_files(view) is not None
        try:
            if is_form_with_files:
                _check_sender(request, view)
            _check_declared(request, LARGEST if takes_files else SMALL)
            if is_form_with_files:
                request.POST.keys()  # parsed here, where a refusal can still be answered
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            return refuse(request, refusal)
        return None


def _check_sender(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Browsers send such a body with files only, and no public form takes any."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.account_id is None:
        # Django's test client, which nobody is from outside, sends every form so.
        if not getattr(request, "_dont_enforce_csrf_checks", False):
            raise Forbidden(_("Файлы принимаем только после входа. Войдите и отправьте ещё раз"))
        return
    may = may_send_files(view)
    if may and not may(actor):
        raise Forbidden(_("Присылать сюда файлы вам не поручено"))


def _check_declared(request: HttpRequest, most: int) -> None:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdigit() and int(declared) > most + FORM_SLACK:
        raise _too_large(most)


class LimitedUploads(TemporaryFileUploadHandler):
    """Puts a file into a temporary one while it stays within the limit of its name."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 -- Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Remember the declared length of the whole body."""
        self.declared = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse by the name before a byte of the file is taken."""
        super().new_file(*args, **kwargs)
        self.most = limit_of(self.file_name or "")
        self.taken = 0
        if self.declared > self.most + FORM_SLACK:
            self._give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the piece; refuse once the file is over its limit."""
        self.taken += len(raw_data)
        if self.taken > self.most:
            self._give_up()
        return super().receive_data_chunk(raw_data, start)

    def _give_up(self) -> None:
        self.file.close()
        raise _too_large(self.most)


def _too_large(most: int) -> TooLarge:
    words = _("Файл больше %(most)s МБ. Столько за один раз не загрузить, разделите его на части")
    return TooLarge(words % {"most": f"{most / MEGABYTE:g}".replace(".", ",")})
