import time
from datetime import UTC, date, datetime

from sreda.foundation import clock


def test_the_demo_starts_at_ten_forty_six_of_its_day(settings):
    settings.SREDA_DEMO = True
    settings.SREDA_TODAY = date(2026, 10, 14)
    settings.SREDA_DEMO_STARTED_AT = time.time() - 60
    passed = clock.now() - datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
    assert 60 <= passed.total_seconds() < 90
    assert clock.today() == date(2026, 10, 14)


def test_outside_the_demo_the_clock_is_the_worlds(settings):
    settings.SREDA_DEMO = False
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5


def test_today_is_the_regions_day(settings):
    evening = datetime(2026, 10, 14, 20, 30, tzinfo=UTC)
    assert clock.local(evening).date() == date(2026, 10, 15)
