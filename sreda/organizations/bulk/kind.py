"""The register as a kind of ``imports``: a ministry loads its table of organizations."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Actor
from sreda.imports.facade import Applied, BatchMark, Checked, Row
from sreda.organizations.bulk.rows import write_drafts
from sreda.organizations.policies import can_import_register
from sreda.organizations.queries.import_columns import COLUMNS
from sreda.organizations.queries.import_comparing import Draft, check_register_rows


class OrganizationsKind:
    """Rows of organizations, found again by ИНН and ОГРН."""

    code = "organizations"
    title: str | Promise = _("Организации")
    heading: str | Promise = _("Загрузка организаций из таблицы")
    home = "organizations:list"
    columns = COLUMNS

    def can_import(self, actor: Actor) -> bool:
        """Say whether the actor may load the register of the acting region."""
        return can_import_register(actor)

    def check(self, actor: Actor, rows: Sequence[Row]) -> list[Checked]:
        """Judge at most 1,000 rows. Cost: 3 queries."""
        return check_register_rows(actor, rows)

    def apply(
        self, actor: Actor, rows: Sequence[Checked], batch: BatchMark, now: datetime
    ) -> Applied:
        """Write ready rows and the history of every organization they change.

        Cost: 3 statements and 1 per 500 new, per 40 changed rows.
        """
        drafts = [row.payload for row in rows if isinstance(row.payload, Draft)]
        return write_drafts(actor=actor, drafts=drafts, now=now)
