"""What is read of notices."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import NotFound
from sreda.foundation.paging import Page, page_of
from sreda.notifications.models import Notice
from sreda.notifications.policies import visible_notices


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice of one's own; ``has_url`` says whether it leads anywhere."""

    uid: UUID
    text: str
    has_url: bool
    created_at: datetime
    is_unread: bool


def notices_page(*, actor: Actor, number: int) -> Page[NoticeRow]:
    """Return the actor's notices, the unread first, then the newest. Cost: 2 queries."""
    unread_first = Case(
        When(read_at__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    notices = visible_notices(actor).order_by(unread_first, "-id")
    return page_of(notices, number=number, row=_row, size=30)


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        uid=notice.uid,
        text=notice.text,
        has_url=bool(notice.url),
        created_at=notice.created_at,
        is_unread=notice.read_at is None,
    )


def open_notice(*, actor: Actor, uid: UUID) -> Notice:
    """Return a notice of the actor's own.

    :raises NotFound: for any other. Cost: 1 query.
    """
    notice = visible_notices(actor).filter(uid=uid).first()
    if notice is None:
        raise NotFound
    return notice


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return the notices that one person has. Cost: 1 query."""
    notices = Notice.objects.filter(account__person_id=person_id).order_by("-id")
    return [
        (
            "Notice",
            {
                _("текст"): notice.text,
                _("когда"): notice.created_at.isoformat(),
                _("прочитано"): notice.read_at.isoformat() if notice.read_at else "",
            },
        )
        for notice in notices
    ]
