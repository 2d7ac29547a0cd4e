"""Loads a table from the command line: every row or none."""

import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, actor_for_account
from sreda.accounts.facade import account_by_login
from sreda.files.facade import limit_of
from sreda.foundation import clock
from sreda.foundation.errors import Refusal
from sreda.imports.actions.applying import apply_whole
from sreda.imports.actions.cleaning import remove_batch
from sreda.imports.actions.reading import read_file
from sreda.imports.actions.uploading import choose_columns, make_batch
from sreda.imports.kinds import Kind, UnknownKind, all_kinds, kind_of
from sreda.imports.models import Batch, State
from sreda.imports.queries.batches import counts_of
from sreda.imports.queries.exports import PlainProblem, plain_problems
from sreda.imports.queries.mapping_page import mapping_page

PIECE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A file named on the command line, as an upload."""

    path: Path
    content_type: str | None

    @property
    def name(self) -> str:
        """The name that the batch shows."""
        return self.path.name

    def chunks(self) -> Iterator[bytes]:
        """Read the file piece by piece."""
        with self.path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


class Command(BaseCommand):
    """``manage import_file organizations register.xlsx --as login [--dry-run]``."""

    help = "Load a table: all of it or nothing. Prints every problem; exit code 1 when refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("kind", help=", ".join(kind.code for kind in all_kinds()))
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="login", required=True, help="login of who loads")
        parser.add_argument("--dry-run", action="store_true", help="only check")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file, or say why not."""
        kind = _kind(options["kind"])
        actor = _actor(options["login"])
        try:
            batch = make_batch(
                actor=actor, kind=kind, upload=_file(options["file"]), now=clock.now()
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        is_loaded = False
        try:
            batch = _read(actor, batch)
            self._refuse_unready(batch, kind)
            if options["dry_run"]:
                words = _("Все строки готовы: %(rows)s. Ничего не записано")
                self.stdout.write(words % {"rows": batch.total_rows})
            else:
                self._load(actor, batch)
                is_loaded = True
        finally:
            if not is_loaded:
                remove_batch(batch)

    def _refuse_unready(self, batch: Batch, kind: Kind) -> None:
        if batch.state == State.FAILED:
            raise CommandError(batch.trouble)
        if batch.state == State.MAPPING:
            raise CommandError(_columns_words(batch, kind))
        left = counts_of(batch).held_back
        if left:
            self._write_problems(plain_problems(batch))
            words = _("Не загружена ни одна строка. Строк с ошибками: %(left)s из %(total)s")
            raise CommandError(words % {"left": left, "total": batch.total_rows})

    def _write_problems(self, problems: Iterable[PlainProblem]) -> None:
        for problem in problems:
            words = _(
                "строка %(row)s, %(column)s: %(text)s. Найдено: %(found)s. Ожидается: %(expected)s"
            )
            self.stdout.write(
                words
                % {
                    "row": problem.number,
                    "column": problem.column or _("вся строка"),
                    "text": problem.text,
                    "found": problem.found or "—",
                    "expected": problem.expected or "—",
                }
            )

    def _load(self, actor: Actor, batch: Batch) -> None:
        try:
            applied = apply_whole(actor=actor, batch=batch, now=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        words = _("Загружено: новых %(new)s, изменено %(changed)s, без изменений %(same)s")
        self.stdout.write(
            words % {"new": applied.created, "changed": applied.changed, "same": applied.same}
        )


def _kind(code: str) -> Kind:
    try:
        return kind_of(code)
    except UnknownKind:
        known = ", ".join(kind.code for kind in all_kinds()) or "—"
        words = _("Нет такого вида загрузки: %(code)s. Есть: %(known)s")
        raise CommandError(words % {"code": code, "known": known}) from None


def _actor(login: str) -> Actor:
    account = account_by_login(login)
    if account is None or not account.is_active:
        raise CommandError(_("Нет такого логина: %(login)s") % {"login": login})
    return actor_for_account(account.pk, now=clock.now())


def _file(path: Path) -> FileOnDisk:
    if not path.is_file():
        raise CommandError(_("Нет такого файла: %(path)s") % {"path": path})
    most = limit_of(path.name)
    if path.stat().st_size > most:
        words = _("Файл больше %(most)s МБ")
        raise CommandError(words % {"most": most // (1024 * 1024)})
    return FileOnDisk(path, mimetypes.guess_type(path.name)[0])


def _read(actor: Actor, batch: Batch) -> Batch:
    """Read the file; columns left over that only might be known ones are passed over."""
    read_file(uid=str(batch.uid), now=clock.now())
    batch = Batch.objects.select_related("file").get(pk=batch.pk)
    if batch.state != State.MAPPING:
        return batch
    shown = mapping_page(batch, kind_of(batch.kind))
    if shown.missing or shown.doubled:
        return batch
    choose_columns(actor=actor, batch=batch, places=batch.places, now=clock.now())
    read_file(uid=str(batch.uid), now=clock.now())
    return Batch.objects.select_related("file").get(pk=batch.pk)


def _columns_words(batch: Batch, kind: Kind) -> str:
    shown = mapping_page(batch, kind)
    words = _("Не нашли в файле столбцы: %(columns)s. Там есть: %(headers)s")
    return words % {
        "columns": ", ".join((*shown.missing, *shown.doubled)),
        "headers": ", ".join(header.text for header in shown.headers),
    }
