"""Reading what was uploaded."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sreda.accounts.facade import account_ids_of
from sreda.files.models import StoredFile
from sreda.foundation.words import short_date


def path_of(uid: UUID) -> Path:
    """Return where the bytes of ``uid`` lie, or will."""
    # The last two digits of a UUIDv7 are random, the first two are the same for years.
    return Path(settings.SREDA_MEDIA) / str(uid)[-2:] / str(uid)


def open_file(stored: StoredFile) -> Path:
    """Return the path of the stored bytes; the caller has decided who may read them."""
    return path_of(stored.uid)


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return what one person uploaded, newest first, 200 at most. Cost: 2 queries."""
    account_ids = list(account_ids_of([person_id]).values())
    files = StoredFile.objects.filter(uploader_account_id__in=account_ids).order_by("-id")[:200]
    return [
        (
            "StoredFile",
            {
                _("имя файла"): stored.name,
                _("когда"): short_date(stored.created_at.date()),
            },
        )
        for stored in files
    ]
