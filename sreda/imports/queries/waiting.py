"""Which batches wait for a person: for «Сегодня»."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from sreda.access.facade import Actor
from sreda.imports.models import RowState, State
from sreda.imports.policies import can_open_imports, visible_batches

HELD_BACK = (RowState.ERROR, RowState.CONFIRM, RowState.DOUBLE)


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """A batch that goes on when somebody acts; ``held_back`` rows wait for a correction."""

    uid: UUID
    file_name: str
    state_words: str
    held_back: int
    touched_at: datetime


def waiting_batches(*, actor: Actor, limit: int = 5) -> tuple[WaitingBatch, ...]:
    """Return what the actor may go on with, the newest first: columns to choose, rows to correct
    or to load. Cost: 1 query; none for those who may load nothing.
    """
    if not can_open_imports(actor):
        return ()
    held_back = Count("rows", filter=Q(rows__state__in=HELD_BACK))
    unfinished = Q(state__in=(State.MAPPING, State.CHECKED)) | Q(
        state=State.APPLIED, held_back__gt=0
    )
    batches = visible_batches(actor).values("uid", "file_name", "state", "touched_at")
    rows = batches.annotate(held_back=held_back).filter(unfinished).order_by("-touched_at", "-uid")
    return tuple(
        WaitingBatch(
            uid=row["uid"],
            file_name=row["file_name"],
            state_words=str(State(row["state"]).label),
            held_back=row["held_back"],
            touched_at=row["touched_at"],
        )
        for row in rows[:limit]
    )
