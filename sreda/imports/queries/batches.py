"""Batches: one opened, a page of them, their counts, what a job needs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, actor_for_grant
from sreda.accounts.facade import account_ids_of, account_names
from sreda.files.facade import open_file
from sreda.foundation.errors import NotFound
from sreda.foundation.paging import Page, page_of
from sreda.foundation.words import fold, moment_words
from sreda.imports.calculations.sniffing import Form
from sreda.imports.calculations.tables import Shape
from sreda.imports.kinds import BatchMark, Kind, UnknownKind, kind_of
from sreda.imports.models import Batch, BatchRow, RowState, State
from sreda.imports.policies import importable_kinds, visible_batches

AT_WORK = (State.UPLOADED, State.READING, State.CHECKING, State.APPLYING)
OPEN_FOR_CORRECTION = (State.CHECKED, State.APPLIED)


def open_kind(*, actor: Actor, code: str) -> Kind:
    """Return the kind; no query.

    :raises NotFound: when there is none, or the actor may not load it.
    """
    for kind in importable_kinds(actor):
        if kind.code == code:
            return kind
    raise NotFound


def open_batch(*, actor: Actor, uid: UUID) -> Batch:
    """Return the batch with its file. Cost: 1 query.

    :raises NotFound: when there is none, or the actor may not see it.
    """
    batch = visible_batches(actor).select_related("file").filter(uid=uid).first()
    if batch is None:
        raise NotFound
    return batch


def kind_of_batch(batch: Batch) -> Kind:
    """Return the kind of a batch; no query.

    :raises NotFound: when its context is not installed any more.
    """
    try:
        return kind_of(batch.kind)
    except UnknownKind:
        raise NotFound from None


def path_of_batch(batch: Batch) -> Path:
    """Return the path of the uploaded file.

    :raises NotFound: when it has been removed.
    """
    if batch.file is None:
        raise NotFound
    return open_file(batch.file)


def shape_of(batch: Batch) -> Shape:
    """Return how the file is read; only after it has been looked at."""
    return Shape(
        form=Form(batch.shape["form"]),
        encoding=batch.shape["encoding"],
        separator=batch.shape["separator"],
        sheet=batch.shape["sheet"],
        header_number=batch.shape["header_number"],
        headers=tuple(batch.shape["headers"]),
    )


def mark_of(batch: Batch) -> BatchMark:
    """Return the batch as a kind sees it."""
    return BatchMark(batch.uid, batch.file_name, batch.file_sha256)


def asker_of(batch: Batch, *, now: datetime) -> Actor:
    """Return who asked for the job that runs now, in the role they asked in; an actor who may
    nothing once that role has ended. Cost: 1 query.
    """
    if batch.asked_grant_uid is None:
        return Actor(account_id=None)
    return actor_for_grant(batch.asked_grant_uid, now=now)


def asker_of_uid(uid: UUID, *, now: datetime) -> Actor | None:
    """Return the actor of a batch's present job, None without such a batch. Cost: 2 queries."""
    batch = Batch.objects.filter(uid=uid).first()
    return asker_of(batch, now=now) if batch else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a batch by what may become of them, at this moment."""

    total: int
    clean: int
    by_state: dict[str, int]

    def of(self, *states: RowState) -> int:
        """Return how many stored rows are in one of the states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def ready(self) -> int:
        """Rows that loading would take."""
        return self.clean + self.of(RowState.READY, RowState.FIXED)

    @property
    def fixed(self) -> int:
        """Rows among the ready ones that are put right by themselves."""
        return self.of(RowState.FIXED)

    @property
    def wrong(self) -> int:
        """Rows that wait for a correction."""
        return self.of(RowState.ERROR)

    @property
    def unconfirmed(self) -> int:
        """Rows that wait for a confirmation."""
        return self.of(RowState.CONFIRM)

    @property
    def doubles(self) -> int:
        """Rows that look like something that is there already."""
        return self.of(RowState.DOUBLE)

    @property
    def skipped(self) -> int:
        """Rows that a person chose not to load."""
        return self.of(RowState.SKIPPED)

    @property
    def held_back(self) -> int:
        """Rows that loading would leave."""
        return self.wrong + self.unconfirmed + self.doubles

    @property
    def remarked(self) -> int:
        """Stored rows that are not loaded yet."""
        return sum(self.by_state.values()) - self.of(RowState.LOADED)


def counts_of(batch: Batch) -> Counts:
    """Return the counts. Cost: 1 query."""
    rows = BatchRow.objects.filter(batch=batch).values_list("state").annotate(number=Count("pk"))
    return Counts(total=batch.total_rows, clean=batch.clean_rows, by_state=dict(rows.order_by()))


def earlier_loading(batch: Batch) -> datetime | None:
    """Return when the very same file was loaded in this scope before. Cost: 1 query."""
    return (
        Batch.objects.filter(
            kind=batch.kind,
            organization_id=batch.organization_id,  # type: ignore[misc]  # None asks for NULL
            file_sha256=batch.file_sha256,
            applied_at__isnull=False,
        )
        .exclude(pk=batch.pk)
        .order_by("-applied_at")
        .values_list("applied_at", flat=True)
        .first()
    )


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A line of the list of batches."""

    uid: UUID
    file_name: str
    kind_title: str
    state: str
    state_words: str
    created_at: datetime
    maker: str
    total: int
    loaded: int


def batches_page(*, actor: Actor, number: int, words: str = "") -> Page[BatchLine]:
    """Return the batches that the actor sees, newest first; ``words`` narrow by file name.

    Cost: 3 queries.
    """
    batches = visible_batches(actor)
    if words:
        batches = batches.filter(search_name__contains=fold(words))
    titles = {kind.code: str(kind.title) for kind in importable_kinds(actor)}
    page: Page[Batch] = page_of(batches.order_by("-id"), number=number, row=lambda batch: batch)
    names = account_names(batch.maker_account_id for batch in page.rows if batch.maker_account_id)
    lines = tuple(_line(batch, titles, names) for batch in page.rows)
    return Page(lines, page.number, page.pages, page.total, page.size)


def _line(batch: Batch, titles: dict[str, str], names: dict[int, str]) -> BatchLine:
    return BatchLine(
        uid=batch.uid,
        file_name=batch.file_name,
        kind_title=titles.get(batch.kind, batch.kind),
        state=batch.state,
        state_words=batch.get_state_display(),
        created_at=batch.created_at,
        maker=names.get(batch.maker_account_id or 0, ""),
        total=batch.total_rows,
        loaded=batch.created_count + batch.changed_count + batch.same_count,
    )


def asker_name(batch: Batch) -> str:
    """Return the name of who asked for the last job. Cost: 1 query."""
    if batch.asked_account_id is None:
        return ""
    return account_names([batch.asked_account_id]).get(batch.asked_account_id, "")


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return the tables that one person loaded, newest first, 200 at most. Cost: 2 queries."""
    account_ids = list(account_ids_of([person_id]).values())
    batches = Batch.objects.filter(maker_account_id__in=account_ids).order_by("-id")[:200]
    return [
        (
            "Batch",
            {
                _("файл"): batch.file_name,
                _("когда"): moment_words(batch.created_at),
                _("состояние"): str(batch.get_state_display()),
            },
        )
        for batch in batches
    ]
