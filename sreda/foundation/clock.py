"""The clock of the house. Only views, tasks and commands read it; the domain is given the time.

In the demo the clock starts at 10:46 of the demo's day when the servers start, and runs on from
there. All processes of one start share it through ``SREDA_DEMO_STARTED_AT``.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

DEMO_HOUR, DEMO_MINUTE = 10, 46
_process_started_at = time.time()


def is_demo() -> bool:
    """Say whether this installation shows made-up data."""
    return bool(settings.SREDA_DEMO)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    if not is_demo():
        return datetime.now(UTC)
    started = settings.SREDA_DEMO_STARTED_AT or _process_started_at
    return demo_start() + timedelta(seconds=time.time() - started)


def demo_start() -> datetime:
    """Return 10:46 local time of the demo's day."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = settings.SREDA_TODAY
    return datetime(day.year, day.month, day.day, DEMO_HOUR, DEMO_MINUTE, tzinfo=zone).astimezone(
        UTC
    )


def today() -> date:
    """Return the present day where the region is."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return the same moment on the region's clocks."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))
