"""For tests of kinds: check rows and load a table without the pages."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sreda.access.facade import Actor
from sreda.foundation import clock
from sreda.imports.actions.applying import apply_batch, begin_apply
from sreda.imports.actions.reading import read_file
from sreda.imports.actions.uploading import make_batch
from sreda.imports.calculations.rows import Applied, Checked, Decision, Row
from sreda.imports.kinds import Kind, forget_kind, kind_of, register_kind
from sreda.imports.models import Batch, BatchRow

__all__ = [
    "Table",
    "check_rows",
    "forget_kind",
    "import_table",
    "kind_of",
    "make_read_batch",
    "register_kind",
    "said_of",
]


@dataclass(frozen=True, slots=True)
class Table:
    """A file to upload: ``content`` in bytes, under any name."""

    content: bytes
    name: str | None = "table.csv"
    content_type: str | None = "text/csv"

    def chunks(self) -> Iterable[bytes]:
        """Give the content in two pieces."""
        half = len(self.content) // 2
        return (self.content[:half], self.content[half:])

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8") -> "Table":
        """Write rows, the header first, as CSV with semicolons."""
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return cls(text.getvalue().encode(encoding))


def check_rows(
    *,
    kind: Kind,
    actor: Actor,
    rows: Sequence[Mapping[str, str]],
    decision: Decision | None = None,
) -> list[Checked]:
    """Return the kind's judgment of rows numbered from 2."""
    numbered = [Row(number, values, decision) for number, values in enumerate(rows, start=2)]
    return kind.check(actor, numbered)


def make_read_batch(
    *, kind: Kind, actor: Actor, table: Table | Sequence[Sequence[str]], now: datetime | None = None
) -> Batch:
    """Upload a table and read it, as the job would; return the batch as it is then."""
    now = now or clock.now()
    upload = table if isinstance(table, Table) else Table.of(table)
    batch = make_batch(actor=actor, kind=kind, upload=upload, now=now)
    read_file(uid=str(batch.uid), now=now)
    return Batch.objects.select_related("file").get(pk=batch.pk)


def import_table(
    *, kind: Kind, actor: Actor, table: Table | Sequence[Sequence[str]], now: datetime | None = None
) -> tuple[Batch, Applied]:
    """Upload, read and load a table; return the batch as it is then and what was loaded."""
    now = now or clock.now()
    batch = make_read_batch(kind=kind, actor=actor, table=table, now=now)
    begin_apply(actor=actor, batch_uid=batch.uid, now=now)
    applied = apply_batch(actor=actor, batch_uid=batch.uid, now=now)
    return Batch.objects.select_related("file").get(pk=batch.pk), applied or Applied()


def said_of(batch: Batch) -> dict[int, list[tuple[str | None, str]]]:
    """Return what is said of each stored row: (column, text) by the row's number."""
    return {
        row.number: [(problem.get("column"), problem["text"]) for problem in row.problems]
        for row in BatchRow.objects.filter(batch=batch).order_by("number")
    }
