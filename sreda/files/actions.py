"""Keeping uploaded bytes and letting them go. Pieces: the action around them asks and audits."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from sreda.accounts.facade import account_ids_of
from sreda.files.models import StoredFile
from sreda.files.queries import open_file, path_of
from sreda.foundation.ids import new_uid

LONGEST_NAME = 255


class Doer(Protocol):
    """Whoever uploads."""

    @property
    def account_id(self) -> int | None:
        """The account, None for the system."""


class Upload(Protocol):
    """What Django's UploadedFile offers; a file on disk can be made to."""

    @property
    def name(self) -> str | None:
        """What the uploader calls it."""

    @property
    def content_type(self) -> str | None:
        """What the uploader says it is."""

    def chunks(self) -> Iterable[bytes]:
        """The content by pieces."""


@dataclass(frozen=True, slots=True)
class _Written:
    size: int
    sha256: str


@transaction.atomic(savepoint=False)
def keep(
    upload: Upload, *, actor: Doer, purpose: str, organization_id: int | None, now: datetime
) -> StoredFile:
    """Stream the upload into the media folder and write its row. A piece. Cost: 1 statement.

    A transaction that is rolled back leaves bytes without a row; ``files.sweep`` removes them.
    """
    uid = new_uid()
    written = _write(upload, path_of(uid))
    return StoredFile.objects.create(
        uid=uid,
        organization_id=organization_id,
        uploader_account_id=actor.account_id,
        purpose=purpose,
        name=bare_name(upload.name or ""),
        size=written.size,
        sha256=written.sha256,
        content_kind=(upload.content_type or "")[:100],
        created_at=now,
    )


def bare_name(name: str) -> str:
    """Return the file's name without folders and signs that cannot be seen."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in bare if sign.isprintable()).strip()[-LONGEST_NAME:]


def _write(upload: Upload, path: Path) -> _Written:
    path.parent.mkdir(parents=True, exist_ok=True)
    hashed = hashlib.sha256()
    size = 0
    try:
        with path.open("xb") as file:
            for piece in upload.chunks():
                file.write(piece)
                hashed.update(piece)
                size += len(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return _Written(size, hashed.hexdigest())


@transaction.atomic(savepoint=False)
def discard(stored: StoredFile) -> None:
    """Delete the row, and the bytes once that is committed. A piece. Cost: 1 statement."""
    path = open_file(stored)
    StoredFile.objects.filter(pk=stored.pk).delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


@transaction.atomic(savepoint=False)
def erase_person(person_id: int) -> None:
    """Forget who uploaded: the file belongs to the organization. A piece. Cost: 2 statements."""
    for account_id in account_ids_of([person_id]).values():
        StoredFile.objects.filter(uploader_account_id=account_id).update(uploader_account_id=None)


def sweep(*, now: datetime, keep_for_seconds: int) -> int:
    """Delete bytes older than ``keep_for_seconds`` that have no row; return how many files went.

    Cost: 1 query per folder of the media tree (256 at most).
    """
    gone = 0
    root = Path(settings.SREDA_MEDIA)
    for folder in root.glob("[0-9a-f][0-9a-f]"):
        old = {
            path.name: path
            for path in folder.iterdir()
            if path.stat().st_mtime < now.timestamp() - keep_for_seconds
        }
        uids = [UUID(name) for name in old if _is_uid(name)]
        known = {
            str(uid)
            for uid in StoredFile.objects.filter(uid__in=uids).values_list("uid", flat=True)
        }
        for name in {str(uid) for uid in uids} - known:
            old[name].unlink(missing_ok=True)
            gone += 1
    return gone


def _is_uid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
