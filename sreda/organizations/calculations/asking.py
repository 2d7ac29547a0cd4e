"""What a person asks of the register: search, filter, order, page."""

from dataclasses import dataclass
from uuid import UUID

SORTS = ("name", "municipality", "kind", "updated")


@dataclass(frozen=True, slots=True)
class RegisterAsk:
    """What somebody wants to see of the register; empty means «all».

    ``sort`` is one of ``SORTS``, with «-» before it for the other way round.
    """

    text: str = ""
    kind: str = ""
    municipality: UUID | None = None
    locality: str = ""
    status: str = ""
    sort: str = "name"
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for beyond the whole list."""
        return bool(self.text or self.kind or self.municipality or self.locality or self.status)
