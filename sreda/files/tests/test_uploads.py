"""What is refused before it is read, and what happens to the bytes that are kept."""

import hashlib
import io
import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sreda.access.facade import Actor, Role
from sreda.access.testing import make_actor
from sreda.files.actions import bare_name
from sreda.files.calculations import limits
from sreda.files.calculations.limits import MEGABYTE, limit_of
from sreda.files.facade import (
    StoredFile,
    discard,
    erase_person,
    export_person,
    keep,
    open_file,
    takes_files,
)
from sreda.files.tasks import sweep_orphans
from sreda.files.uploads import LimitedUploads, UploadLimits
from sreda.foundation import clock
from sreda.foundation.errors import TooLarge
from sreda.organizations.testing import make_school

KNOWN = Actor(account_id=7, role=Role.MINISTRY)
BOUNDARY = "frontier"


def may_load(actor):
    return actor.holds(Role.MINISTRY)


@takes_files(may_load)
def takes(request):
    return HttpResponse("taken")


def plain(request):
    return HttpResponse("taken")


class Body(io.RawIOBase):
    """A body that says how much of it was read."""

    def __init__(self, content):
        self.content = io.BytesIO(content)
        self.taken = 0

    def read(self, size=-1):
        data = self.content.read(size)
        self.taken += len(data)
        return data


def form_with(name, content):
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\nt\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def post(content, *, declared=None, actor=KNOWN, kind=f"multipart/form-data; boundary={BOUNDARY}"):
    body = Body(content)
    request = RequestFactory().generic("POST", "/imports/new/", content or b" ", content_type=kind)
    request.META["CONTENT_LENGTH"] = str(len(content) if declared is None else declared)
    request._stream = body
    request.actor = actor
    return request, body


def answer(request, view=takes):
    return UploadLimits(lambda request: HttpResponse()).process_view(request, view, (), {})


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("a.csv", 256 * MEGABYTE),
        ("A.CSV", 256 * MEGABYTE),
        ("b.txt", 256 * MEGABYTE),
        ("c.xlsx", 20 * MEGABYTE),
        ("d.csv.exe", 2_621_440),
        ("e", 2_621_440),
    ],
)
def test_the_suffix_sets_the_limit(name, most):
    assert limit_of(name) == most


def test_a_csv_above_256_megabytes_is_refused_without_reading():
    request, body = post(form_with("a.csv", b"x"), declared=257 * MEGABYTE)
    refused = answer(request)
    assert refused.status_code == 413
    assert "256 МБ" in refused.content.decode()
    assert body.taken == 0


def test_an_xlsx_above_20_megabytes_is_refused_by_its_name_before_its_content():
    content = form_with("a.xlsx", b"x" * (3 * MEGABYTE))
    request, body = post(content, declared=21 * MEGABYTE)
    refused = answer(request)
    assert refused.status_code == 413
    assert "20 МБ" in refused.content.decode()
    assert body.taken <= 128 * 1024


def test_a_csv_of_the_same_size_is_taken():
    request, _body = post(form_with("a.csv", b"x" * (3 * MEGABYTE)), declared=21 * MEGABYTE)
    assert answer(request) is None
    assert request.FILES["file"].size == 3 * MEGABYTE
    request.close()


def test_a_body_that_says_less_than_it_brings_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", (limits.Limit(".csv", MEGABYTE, clock.today()),))
    handler = LimitedUploads()
    handler.handle_raw_input(io.BytesIO(), {}, 0, BOUNDARY)
    handler.new_file("file", "a.csv", "text/csv", None, None)
    handler.receive_data_chunk(b"x" * MEGABYTE, 0)
    with pytest.raises(TooLarge):
        handler.receive_data_chunk(b"x", MEGABYTE)


def test_forms_without_files_stay_small():
    request, body = post(form_with("a.csv", b"x"), declared=3 * MEGABYTE)
    assert answer(request, plain).status_code == 413
    urlencoded = "application/x-www-form-urlencoded"
    request, body = post(b"a=1", declared=3 * MEGABYTE, kind=urlencoded)
    assert answer(request, takes).status_code == 413
    assert body.taken == 0
    request, body = post(b"a=1", kind=urlencoded)
    assert answer(request, plain) is None


@pytest.mark.parametrize("view", [takes, plain])
@pytest.mark.parametrize("cookies", [{}, {"csrftoken": "x" * 32}])
def test_no_form_with_files_is_read_from_who_is_not_signed_in(view, cookies):
    request, body = post(form_with("a.csv", b"x"), actor=Actor(None))
    request.COOKIES.update(cookies)
    refused = answer(request, view)
    assert refused.status_code == 403
    assert "после входа" in refused.content.decode()
    assert body.taken == 0


def test_no_file_is_read_from_who_may_not_send_it_there():
    pupil = Actor(account_id=8, role=Role.PUPIL)
    for declared in (None, 3 * MEGABYTE):
        request, body = post(form_with("a.csv", b"x"), declared=declared, actor=pupil)
        refused = answer(request)
        assert refused.status_code == 403
        assert "не поручено" in refused.content.decode()
        assert body.taken == 0


def test_a_form_in_the_open_is_taken_while_it_holds_no_file():
    kind = "application/x-www-form-urlencoded"
    request, _body = post(b"login=a", actor=Actor(None), kind=kind)
    assert answer(request, plain) is None


def test_a_broken_form_is_an_answer():
    request, _body = post(b"", kind="multipart/form-data")
    assert answer(request).status_code == 422


def test_reading_a_page_is_never_refused():
    request = RequestFactory().get("/", headers={"Content-Length": "999999999999"})
    assert answer(request) is None


@pytest.fixture
def actor(db, settings, tmp_path):
    settings.SREDA_MEDIA = tmp_path / "media"
    return make_actor(role=Role.SCHOOL_ADMIN, at=make_school())


def kept(actor, content=b"name;inn\n", name="table.csv"):
    upload = SimpleUploadedFile(name, content, content_type="text/csv")
    return keep(
        upload, actor=actor, purpose="test", organization_id=actor.scope_id, now=clock.now()
    )


def test_a_kept_file_knows_its_size_and_digest(actor):
    stored = kept(actor)
    assert open_file(stored).read_bytes() == b"name;inn\n"
    assert stored.size == 9
    assert stored.sha256 == hashlib.sha256(b"name;inn\n").hexdigest()


def test_a_file_goes_with_its_row_once_that_is_committed(actor, django_capture_on_commit_callbacks):
    stored = kept(actor)
    path = open_file(stored)
    with django_capture_on_commit_callbacks(execute=False) as later:
        discard(stored)
    assert path.exists()
    for callback in later:
        callback()
    assert not path.exists()
    assert not StoredFile.objects.exists()


def test_bytes_without_a_row_are_swept_a_day_later(actor):
    stored = kept(actor)
    orphan = kept(actor)
    StoredFile.objects.filter(pk=orphan.pk).delete()
    fresh = kept(actor)
    StoredFile.objects.filter(pk=fresh.pk).delete()
    yesterday = time.time() - 25 * 3600
    for old in (stored, orphan):
        os.utime(open_file(old), (yesterday, yesterday))
    sweep_orphans()
    assert [open_file(f).exists() for f in (stored, orphan, fresh)] == [True, False, True]


def test_a_broken_upload_leaves_no_bytes(actor, settings):
    class Broken(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield b"first"
            raise OSError("the line is down")

    upload = Broken("a.csv", b"")
    with pytest.raises(OSError, match="the line is down"):
        keep(upload, actor=actor, purpose="test", organization_id=None, now=clock.now())
    assert not [path for path in settings.SREDA_MEDIA.rglob("*") if path.is_file()]


@given(st.text(max_size=400))
def test_a_file_name_never_leads_anywhere(name):
    bare = bare_name(name)
    assert "/" not in bare
    assert "\\" not in bare
    assert len(bare) <= 255
    assert bare.isprintable()


def test_what_a_person_uploaded_is_exported_and_forgotten(actor):
    kept(actor)
    assert "table.csv" in export_person(actor.person_id)[0][1].values()
    erase_person(actor.person_id)
    assert export_person(actor.person_id) == []
    assert StoredFile.objects.count() == 1
