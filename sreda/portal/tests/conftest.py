"""The clock of these tests stands at 10:46 on Wednesday 14 October 2026."""

from datetime import UTC, datetime

import pytest

from sreda.foundation import clock

NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW
