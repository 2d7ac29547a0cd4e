"""The door of ``imports``: what a context needs to make its rows importable."""

from sreda.imports.actions.cleaning import erase_person
from sreda.imports.calculations.rows import (
    Applied,
    Checked,
    Column,
    Decision,
    Key,
    Level,
    Outcome,
    Problem,
    Row,
)
from sreda.imports.kinds import CHUNK, BatchMark, Kind, register_kind
from sreda.imports.policies import can_open_imports
from sreda.imports.queries.batches import export_person
from sreda.imports.queries.waiting import WaitingBatch, waiting_batches

__all__ = [
    "CHUNK",
    "Applied",
    "BatchMark",
    "Checked",
    "Column",
    "Decision",
    "Key",
    "Kind",
    "Level",
    "Outcome",
    "Problem",
    "Row",
    "WaitingBatch",
    "can_open_imports",
    "erase_person",
    "export_person",
    "register_kind",
    "waiting_batches",
]
