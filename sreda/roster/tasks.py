"""Jobs of ``roster``."""

from uuid import UUID

from sreda.foundation import clock
from sreda.foundation.jobs import job
from sreda.roster.actions import telling


@job("roster.tell_card_stopped")
def tell_card_stopped(*, card_uid: str) -> None:
    """Tell the class teacher that a pupil's card was stopped after wrong PINs."""
    telling.tell_card_stopped(card_uid=UUID(card_uid), now=clock.now())
