"""What travels packed is what was answered, and its length tells little."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware

from sreda.ui.packing import Packing

PAGE = b"<p>" + b"\xd0\xa1\xd1\x80\xd0\xb5\xd0\xb4\xd0\xb0 " * 400
ACCEPTS = {"HTTP_ACCEPT_ENCODING": "br, gzip;q=0.8"}


def answer(rf, make, kind=Packing, **headers):
    return kind(lambda _request: make())(rf.get("/", **headers))


def test_a_page_is_packed_and_comes_out_whole(rf):
    packed = answer(rf, lambda: HttpResponse(PAGE), **ACCEPTS)

    assert gzip.decompress(packed.content) == PAGE
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_the_length_of_a_page_is_never_quite_the_same(rf):
    lengths = {len(answer(rf, lambda: HttpResponse(PAGE), **ACCEPTS).content) for _ in range(40)}

    assert len(lengths) > 5


@pytest.mark.parametrize(
    ("make", "headers"),
    [
        (lambda: HttpResponse(PAGE), {}),
        (lambda: HttpResponse(b"short"), ACCEPTS),
        (lambda: HttpResponse(PAGE, headers={"Content-Encoding": "br"}), ACCEPTS),
        (lambda: HttpResponse(PAGE, headers={"ETag": '"1"'}), ACCEPTS),
        (lambda: StreamingHttpResponse([PAGE]), ACCEPTS),
    ],
    ids=["not wanted", "short", "packed already", "with a mark", "a stream"],
)
def test_everything_else_is_done_as_django_does_it(rf, make, headers):
    ours, theirs = (answer(rf, make, kind, **headers) for kind in (Packing, GZipMiddleware))
    names = ("Content-Encoding", "Vary", "ETag")

    assert [ours.get(name) for name in names] == [theirs.get(name) for name in names]
    assert unpacked(ours) == unpacked(theirs)


def unpacked(response):
    body = response.getvalue()
    return gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body


def test_the_house_packs_its_pages():
    assert "sreda.ui.packing.Packing" in settings.MIDDLEWARE
    assert "django.middleware.gzip.GZipMiddleware" not in settings.MIDDLEWARE
