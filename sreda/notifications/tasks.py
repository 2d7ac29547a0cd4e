"""Jobs of ``notifications``."""

from sreda.foundation import clock
from sreda.foundation.jobs import scheduled
from sreda.notifications.actions import forget_old


@scheduled("notifications.forget", cron="23 2 * * *")
def forget() -> None:
    """Delete notices that are older than 90 days."""
    forget_old(now=clock.now())
