"""A job acts for whoever asked, and only while they hold the role they asked in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sreda.access.facade import Actor, Grant, Role, system_actor
from sreda.access.testing import give_role, make_actor, sign_in
from sreda.accounts.models import Account
from sreda.audit.models import AuditEvent
from sreda.foundation import clock
from sreda.foundation.testing import run_jobs
from sreda.imports.actions.applying import begin_apply, start_apply
from sreda.imports.actions.uploading import upload_batch
from sreda.imports.models import Batch, State
from sreda.imports.queries.batches import asker_of
from sreda.imports.testing import Table, make_read_batch
from sreda.imports.tests.sample_kind import HEADER, line
from sreda.organizations.testing import make_school
from sreda.people.models import Person

pytestmark = pytest.mark.django_db
TABLE = Table.of([HEADER, line(1)])


def end_role(actor):
    Grant.objects.filter(uid=actor.grant_uid).update(ends_at=clock.now())


def close_account(actor):
    Account.objects.filter(pk=actor.account_id).update(is_active=False)


@pytest.mark.parametrize("leave", [end_role, close_account])
def test_rows_are_not_loaded_for_who_has_left(kind, admin, school, client, leave):
    batch = make_read_batch(kind=kind, actor=admin, table=TABLE)
    start_apply(actor=admin, batch=batch, now=clock.now())
    leave(admin)
    run_jobs()
    batch.refresh_from_db()
    assert not Person.objects.filter(first_name="-").exists()
    assert (batch.state, batch.clean_rows, batch.created_count) == (State.CHECKED, 1, 0)
    assert AuditEvent.objects.filter(event="imports.batch.break", target_uid=batch.uid).exists()
    colleague = make_actor(role=Role.SCHOOL_ADMIN, at=school, name="Гилёв Глеб Олегович")
    sign_in(client, colleague)
    page = client.get(reverse("imports:batch", args=[batch.uid])).content.decode()
    assert "Роль того, кто начал загрузку, закончилась" in page
    start_apply(actor=colleague, batch=batch, now=clock.now())
    run_jobs()
    assert Person.objects.filter(first_name="-").count() == 1


def test_another_role_of_the_same_person_does_not_stand_in(kind, admin):
    batch = make_read_batch(kind=kind, actor=admin, table=TABLE)
    start_apply(actor=admin, batch=batch, now=clock.now())
    end_role(admin)
    give_role(Account.objects.get(pk=admin.account_id), role=Role.SCHOOL_ADMIN, at=make_school())
    run_jobs()
    assert not Person.objects.filter(first_name="-").exists()


def test_rows_are_not_compared_for_who_has_left(kind, admin):
    batch = upload_batch(actor=admin, kind=kind, upload=TABLE, now=clock.now())
    end_role(admin)
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert "закончилась до проверки" in batch.trouble
    assert not batch.rows.exists()


def test_an_asker_without_a_role_never_acts_as_the_system(kind, admin):
    batch = make_read_batch(kind=kind, actor=admin, table=TABLE)
    begin_apply(actor=system_actor(), batch_uid=batch.uid, now=clock.now())
    batch.refresh_from_db()
    asker = asker_of(batch, now=clock.now())
    assert asker == Actor(account_id=None)
    assert not asker.is_system


def test_no_byte_of_a_table_is_kept_for_who_may_load_nothing(kind, school, client, monkeypatch):
    taken = []
    monkeypatch.setattr(
        "sreda.files.uploads.LimitedUploads.receive_data_chunk",
        lambda _self, data, _start: taken.append(len(data)),
    )
    sign_in(client, make_actor(role=Role.PUPIL, at=school))
    file = SimpleUploadedFile("a.csv", b"x" * 3_000_000)
    answer = client.post(reverse("imports:new"), {"kind": kind.code, "file": file})
    assert answer.status_code == 403
    assert not taken
    assert not Batch.objects.exists()
