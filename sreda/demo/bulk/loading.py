"""The whole demo region in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from sreda.access.facade import Actor
from sreda.audit.facade import record
from sreda.demo.bulk.people import write_people
from sreda.demo.bulk.register import Register, write_register
from sreda.demo.calculations.made import MadeWave
from sreda.demo.calculations.people import people
from sreda.demo.calculations.register import organizations
from sreda.demo.calculations.waves import waves
from sreda.foundation.errors import DomainError, Forbidden
from sreda.monitoring.facade import NewWave, add_wave
from sreda.organizations.facade import Organization


class NotDemo(Forbidden):
    """This installation holds real data, or may: made-up people never stand beside real ones."""


class AlreadyFilled(DomainError):
    """The register is not empty."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was written."""

    organizations: int
    people: int


def is_register_empty() -> bool:
    """Say whether there is no organization at all. Cost: 1 query."""
    return not Organization.objects.exists()


@transaction.atomic(durable=True)
def load_demo(*, actor: Actor, total: int, seed: int, now: datetime) -> Loaded:
    """Write the region: the same rows for the same ``total`` and ``seed``.

    :raises NotDemo: where the installation is no demo, or somebody but the system asks.
    :raises AlreadyFilled: where any organization stands.
    :raises DomainError: for a total that the demo cannot be made of.
    """
    _require_empty_demo(actor)
    try:
        made = organizations(total=total, seed=seed)
        lists = waves(made, seed=seed)
    except ValueError as misfit:
        raise DomainError(f"--organizations: {misfit}") from misfit
    everybody = people(seed=seed)
    source = f"demo, seed {seed}, {total} organizations"
    register = write_register(made, actor=actor, now=now)
    write_people(everybody, register, actor=actor, source=source, now=now)
    for one in lists:
        _write_wave(one, register, actor=actor, source=source, now=now)
    record(
        "demo.region.load",
        actor=actor,
        target=register.region,
        organization_id=register.region.pk,
        change={
            "organizations": ["", str(len(made))],
            "people": ["", str(len(everybody.people))],
            "source": ["", source],
        },
        at=now,
    )
    return Loaded(organizations=len(made), people=len(everybody.people))


def _require_empty_demo(actor: Actor) -> None:
    if not (settings.SREDA_DEMO and actor.is_system):
        raise NotDemo("SREDA_DEMO is not 1: this installation is not a demo")
    if not is_register_empty():
        raise AlreadyFilled("The register is not empty: the demo region needs a fresh database")


def _write_wave(
    wave: MadeWave, register: Register, *, actor: Actor, source: str, now: datetime
) -> None:
    add_wave(
        actor=actor,
        region=register.region,
        wave=NewWave(
            year=wave.year,
            title=wave.title,
            source=wave.source,
            organizations=[register.by_key[key] for key in wave.members],
        ),
        digest=source,
        now=now,
    )
