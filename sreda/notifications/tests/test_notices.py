from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.accounts.facade import Account
from sreda.audit.facade import events_page
from sreda.foundation import clock
from sreda.foundation.errors import NotFound
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.notifications import actions
from sreda.notifications.facade import erase_person, export_person, notify
from sreda.notifications.models import Notice
from sreda.notifications.queries import notices_page
from sreda.organizations.testing import make_school

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)


@pytest.fixture
def two():
    school = make_school()
    return SimpleNamespace(
        reader=make_actor(role=Role.TEACHER, at=school, name="Исаева Татьяна Ивановна"),
        other=make_actor(role=Role.TEACHER, at=school),
    )


def tell(actor, text="Карточка остановлена", url="/notices/", now=NOW, times=1):
    for _ in range(times):
        notify(account_ids=[actor.account_id], text=text, url=url, now=now)


def unread(actor):
    return Account.objects.get(pk=actor.account_id).unread


def test_a_notice_is_left_for_each_account_once_and_counted(two):
    ids = [two.reader.account_id, two.other.account_id, two.reader.account_id]
    assert notify(account_ids=ids, text="Привет", url="", now=NOW) == 2
    assert unread(two.reader) == unread(two.other) == 1


@pytest.mark.parametrize(
    "url", ["https://example.com/", "//example.com/", "javascript:alert(1)", "notices/"]
)
def test_a_notice_leads_nowhere_outside(two, url):
    with pytest.raises(ValueError, match="own pages"), transaction.atomic():
        tell(two.reader, url=url)
    assert not Notice.objects.exists()


def test_unread_notices_come_first(two):
    for text in ("первое", "второе", "третье"):
        tell(two.reader, text=text)
    newest = Notice.objects.get(text="третье")
    actions.read_notice(actor=two.reader, uid=newest.uid, now=NOW)

    rows = notices_page(actor=two.reader, number=1).rows

    assert [row.text for row in rows] == ["второе", "первое", "третье"]
    assert [row.is_unread for row in rows] == [True, True, False]


def test_reading_twice_counts_once(two):
    tell(two.reader, times=2)
    uid = Notice.objects.first().uid
    for _ in range(2):
        assert actions.read_notice(actor=two.reader, uid=uid, now=NOW) == "/notices/"
    assert unread(two.reader) == 1


def test_another_account_cannot_open_a_notice(two):
    tell(two.reader)
    notice = Notice.objects.get()
    with pytest.raises(NotFound):
        actions.read_notice(actor=two.other, uid=notice.uid, now=NOW)
    assert unread(two.reader) == 1
    actions.read_notice(actor=two.reader, uid=notice.uid, now=NOW)
    assert unread(two.reader) == 0


def test_an_address_changed_in_the_table_still_leads_nowhere_outside(two):
    tell(two.reader)
    Notice.objects.update(url="https://example.com/")
    assert actions.read_notice(actor=two.reader, uid=Notice.objects.get().uid, now=NOW) == ""


def test_reading_all_leaves_a_trace_and_no_unread(two):
    tell(two.reader, times=3)
    tell(two.other)
    assert actions.read_all(actor=two.reader, now=NOW) == 3
    assert unread(two.reader) == 0
    assert unread(two.other) == 1
    events = events_page(within=Q(), number=1, event="notifications.").rows
    assert [event.event for event in events] == ["notifications.list.read"]


def test_notices_are_forgotten_after_ninety_days_and_not_counted_any_more(two):
    tell(two.reader, now=NOW - timedelta(days=91), times=2)
    tell(two.other, now=NOW - timedelta(days=91))
    tell(two.reader, now=NOW - timedelta(days=89))
    assert actions.forget_old(now=NOW) == 3
    assert Notice.objects.count() == 1
    assert (unread(two.reader), unread(two.other)) == (1, 0)


def test_notices_are_exported_and_erased_with_the_person(two):
    tell(two.reader, text="О ребёнке")
    tell(two.other)
    (model, fields), *more = export_person(two.reader.person_id)
    assert (model, fields["текст"], more) == ("Notice", "О ребёнке", [])
    erase_person(two.reader.person_id)
    assert export_person(two.reader.person_id) == []
    assert len(export_person(two.other.person_id)) == 1


def test_the_page_shows_marks_and_reads(client, two):
    tell(two.reader, text="<script>alert(1)</script>", url="/notices/?page=1", now=clock.now())
    sign_in(client, two.reader)

    page = client.get(reverse("notifications:list")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Прочитать все" in page

    answer = client.get(reverse("notifications:open", args=[Notice.objects.get().uid]))
    assert (answer.status_code, answer["Location"]) == (303, "/notices/?page=1")
    assert "Прочитать все" not in client.get(reverse("notifications:list")).content.decode()


def test_another_persons_notice_is_404(client, two):
    tell(two.other, now=clock.now())
    url = reverse("notifications:open", args=[Notice.objects.get().uid])
    sign_in(client, two.reader)
    assert client.get(url).status_code == 404
    sign_in(client, two.other)
    assert client.get(url).status_code == 303


def test_the_button_reads_all(client, two):
    tell(two.reader, now=clock.now(), times=2)
    sign_in(client, two.reader)
    assert client.get(reverse("notifications:read_all")).status_code == 405
    assert client.post(reverse("notifications:read_all")).status_code == 303
    assert unread(two.reader) == 0


def test_nothing_yet_is_said_in_words(client, two):
    sign_in(client, two.reader)
    assert "Уведомлений пока нет" in client.get(reverse("notifications:list")).content.decode()


def test_the_page_costs_three_queries_whatever_its_rows(client, two):
    sign_in(client, two.reader)
    url = reverse("notifications:list")
    client.get(url)
    with assert_query_budget(3):
        client.get(url)
    assert_queries_do_not_grow(
        read=lambda: client.get(url), add_rows=lambda: tell(two.reader, times=20)
    )
