"""Jobs of ``files``."""

import time
from datetime import UTC, datetime

from sreda.files.actions import sweep
from sreda.foundation.jobs import scheduled

DAY_SECONDS = 24 * 3600


@scheduled("files.sweep", cron="40 1 * * *")
def sweep_orphans() -> None:
    """Delete bytes whose row was never committed. File times are real time, even in a demo."""
    sweep(now=datetime.fromtimestamp(time.time(), UTC), keep_for_seconds=DAY_SECONDS)
