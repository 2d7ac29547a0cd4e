"""The door of ``notifications``."""

from sreda.notifications.actions import erase_person, notify
from sreda.notifications.queries import export_person

__all__ = ["erase_person", "export_person", "notify"]
