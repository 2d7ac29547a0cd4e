"""Jobs of ``imports``."""

import logging
from uuid import UUID

from django.utils.translation import gettext as _

from sreda.foundation import clock
from sreda.foundation.jobs import job, scheduled
from sreda.imports.actions.applying import apply_batch, give_back
from sreda.imports.actions.cleaning import remove_old_batches
from sreda.imports.actions.reading import fail, read_file, resume
from sreda.imports.queries.batches import asker_of_uid

logger = logging.getLogger(__name__)


@job("imports.read_batch")
def read_batch(*, uid: str) -> None:
    """Look at the file and check its rows. A failure of ours is told on the page and in the log."""
    try:
        read_file(uid=uid, now=clock.now())
    except Exception:
        logger.exception("imports.batch.read failed", extra={"batch": uid})
        fail(uid=uid, words=_("Ошибка на нашей стороне. Загрузите файл ещё раз"), now=clock.now())


@job("imports.apply_batch")
def apply(*, uid: str) -> None:
    """Load the ready rows. After a failure of ours nothing is loaded, and it can be asked again."""
    actor = asker_of_uid(UUID(uid), now=clock.now())
    if actor is None:
        return
    try:
        apply_batch(actor=actor, batch_uid=UUID(uid), now=clock.now())
    except Exception:
        logger.exception("imports.batch.apply failed", extra={"batch": uid})
        give_back(actor=actor, batch_uid=UUID(uid), now=clock.now())


@scheduled("imports.clean", cron="20 1 * * *")
def clean() -> None:
    """Remove batches that nobody has touched for 30 days."""
    remove_old_batches(now=clock.now())


@scheduled("imports.resume", cron="*/15 * * * *")
def resume_stopped() -> None:
    """Go on with batches whose worker was switched off in the middle."""
    resume(now=clock.now())
