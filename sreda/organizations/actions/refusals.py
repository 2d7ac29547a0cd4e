"""Why a row of the register is not written."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import DomainError
from sreda.foundation.words import time_words
from sreda.organizations.models import Building, Organization
from sreda.organizations.queries.checking import Remark
from sreda.organizations.queries.history import HistoryRow, organization_history


class WrongValues(DomainError):
    """Values that break a rule; ``remarks`` says by field what is wrong with each."""

    def __init__(self, remarks: Mapping[str, Remark]) -> None:
        super().__init__(" ".join(remark.text for remark in remarks.values()))
        self.remarks = remarks


class ChangedMeanwhile(DomainError):
    """Somebody else changed the row since its form was opened.

    ``stamp`` is what the form has to carry now, ``rows`` what was done, newest first.
    """

    def __init__(self, message: str, *, stamp: str, rows: tuple[HistoryRow, ...]) -> None:
        super().__init__(message)
        self.stamp = stamp
        self.rows = rows


def refuse_wrong(*found: Mapping[str, Remark]) -> None:
    """Let the caller go on when nothing is wrong.

    :raises WrongValues: otherwise; of two remarks on one field the first counts.
    """
    remarks: dict[str, Remark] = {}
    for part in found:
        remarks = {**part, **remarks}
    if remarks:
        raise WrongValues(remarks)


def refuse_stale_organization(
    *, actor: Actor, organization: Organization, seen_at: datetime
) -> None:
    """Let the caller go on when the row is as it was at ``seen_at``.

    :raises ChangedMeanwhile: otherwise. Cost: no query, 4 for the refusal.
    """
    if organization.updated_at == seen_at:
        return
    page = organization_history(actor=actor, organization=organization, size=10)
    rows = tuple(row for row in page.rows if row.at > seen_at and not row.building)
    raise ChangedMeanwhile(
        _changed_words(rows), stamp=organization.updated_at.isoformat(), rows=rows
    )


def refuse_stale_building(*, actor: Actor, building: Building, seen: str, stamp: str) -> None:
    """Let the caller go on when the building still carries the stamp that was ``seen``.

    :raises ChangedMeanwhile: otherwise. Cost: no query, 4 for the refusal.
    """
    if seen == stamp:
        return
    page = organization_history(actor=actor, organization=building.organization, size=10)
    rows = tuple(row for row in page.rows if row.building_uid == building.uid)[:1]
    raise ChangedMeanwhile(_changed_words(rows), stamp=stamp, rows=rows)


def _changed_words(rows: tuple[HistoryRow, ...]) -> str:
    if not rows:
        return _("Пока вы правили, эти сведения изменились. Ваши правки на месте, проверьте их")
    return _(
        "Пока вы правили, эти сведения изменили в %(time)s: %(who)s. "
        "Ваши правки на месте, проверьте их"
    ) % {"who": rows[0].who, "time": time_words(rows[0].at)}
