"""The door of ``audit``."""

from sreda.audit.actions import Doer, difference, record, record_many
from sreda.audit.queries import EventRow, events_page, export_account, history_of

__all__ = [
    "Doer",
    "EventRow",
    "difference",
    "events_page",
    "export_account",
    "history_of",
    "record",
    "record_many",
]
