"""Pages travel packed, at a level that costs little: a page is packed anew for everybody."""

import gzip
import secrets

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

# Against 6, which Django takes: two thirds of the time, 4 % more bytes.
LEVEL = 4
SHORTEST = 200


class Packing(GZipMiddleware):
    """Django's own, with whole pages packed faster. As there, a part without meaning and of random
    length hides how well a secret on the page packs together with what a stranger put there.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack a page; whatever else there is, is left to Django."""
        if not isinstance(response, HttpResponse) or not _is_to_pack(request, response):
            answer: HttpResponseBase = super().process_response(request, response)
            return answer
        patch_vary_headers(response, ("Accept-Encoding",))
        packed = _packed(response.content, noise=secrets.randbelow(self.max_random_bytes))
        if len(packed) < len(response.content):
            response.content = packed
            response.headers["Content-Length"] = str(len(packed))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _is_to_pack(request: HttpRequest, response: HttpResponse) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return (
        len(response.content) >= SHORTEST
        and not response.has_header("Content-Encoding")
        and not response.has_header("ETag")
        and re_accepts_gzip.search(accepted) is not None
    )


def _packed(content: bytes, *, noise: int) -> bytes:
    """Return ``content`` packed, with a file name of ``noise`` letters in its header."""
    packed = gzip.compress(content, compresslevel=LEVEL, mtime=0)
    header = bytearray(packed[:10])
    header[3] = gzip.FNAME
    return b"".join((header, b"a" * noise, b"\x00", packed[10:]))
