"""What may be sent to the server, refused before it is read.

``UploadLimits`` stands before the CSRF check, which reads the form and with it the file. It looks
at the declared length, then lets Django parse the form, watched by ``LimitedUploads``: the name of
the file sets its limit before its first byte is taken, and a body that declares no length is
stopped when it passes the limit.
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
    is_for_files,
    limit_of,
)
from sreda.foundation.errors import TooLarge
from sreda.ui.errors import refusal_of, refuse

# Names, boundaries and the other fields of the form that surround a file.
FORM_SLACK = 64 * 1024

Answer = Callable[[HttpRequest], HttpResponseBase]


class UploadLimits:
    """Middleware: answers 413 to a body that is too large, without reading it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; what may be sent depends on the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse by the declared length, then by what the form turns out to hold."""
        if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return None
        is_form_with_files = request.content_type == "multipart/form-data"
        takes_files = is_form_with_files and _is_known(request) and is_for_files(view)
        try:
            _check_declared(request, LARGEST if takes_files else SMALL)
            if is_form_with_files:
                request.POST.keys()  # parsed here, where a refusal can still be answered
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            return refuse(request, refusal)
        return None


def _is_known(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.account_id is not None


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
