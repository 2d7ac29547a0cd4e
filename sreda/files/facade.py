"""The door of ``files``."""

from sreda.files.actions import Upload, discard, erase_person, keep
from sreda.files.calculations.limits import limit_of, takes_files, written_limits
from sreda.files.models import StoredFile
from sreda.files.queries import export_person, open_file

__all__ = [
    "StoredFile",
    "Upload",
    "discard",
    "erase_person",
    "export_person",
    "keep",
    "limit_of",
    "open_file",
    "takes_files",
    "written_limits",
]
