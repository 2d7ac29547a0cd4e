"""Makers of the regional project's lists for tests."""

from datetime import UTC, datetime

from sreda.access.facade import system_actor
from sreda.monitoring.bulk import NewWave, add_wave
from sreda.monitoring.models import Wave
from sreda.organizations.facade import Organization

MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)


def make_wave(
    region: Organization, *organizations: Organization, year: int = 2020, title: str = "Оснащение"
) -> Wave:
    """Write a list of a region."""
    return add_wave(
        actor=system_actor(),
        region=region,
        wave=NewWave(
            year=year, title=title, source="Пресс-релиз региона", organizations=organizations
        ),
        digest="test",
        now=MADE_AT,
    )
