"""Background jobs by name: retried, and some of them scheduled.

A context writes its jobs in ``tasks.py``::

    @job("accounts.tell_card_stopped")
    def tell_card_stopped(*, card_uid: str) -> None: ...

and an action of any lower context asks for one by name, so that no import points upwards::

    enqueue_on_commit("accounts.tell_card_stopped", card_uid=str(card.uid))

A job may run twice and must bear that; its arguments are uids and plain values.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from croniter import croniter
from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django_tasks import task
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

RETRIES = 3
FIRST_RETRY_SECONDS = 20

Job = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job without arguments that runs whenever ``cron`` says, in UTC."""

    name: str
    cron: str


_jobs: dict[str, Job] = {}
_schedules: dict[str, Schedule] = {}


class UnknownJob(LookupError):
    """No context has a job of that name."""


def job(name: str) -> Callable[[Job], Job]:
    """Register the function as the job ``name``, written «context.verb»."""

    def register(function: Job) -> Job:
        if name in _jobs:
            raise ValueError(f"two jobs are named {name}")
        _jobs[name] = function
        return function

    return register


def scheduled(name: str, *, cron: str) -> Callable[[Job], Job]:
    """Register a job without arguments that also runs by the clock (UTC)."""

    def register(function: Job) -> Job:
        _schedules[name] = Schedule(name=name, cron=cron)
        return job(name)(function)

    return register


def load_jobs() -> None:
    """Import the ``tasks`` module of every context, so that names are known."""
    for config in apps.get_app_configs():
        if config.name.startswith("sreda.") and module_has_submodule(config.module, "tasks"):
            import_module(f"{config.name}.tasks")


def enqueue_on_commit(name: str, **kwargs: Any) -> None:
    """Run the job ``name`` once the present transaction is committed, and never if it is not.

    The queue is a table of the same database, so the row is written in the transaction itself:
    a crash right after the commit cannot lose it.

    :raises UnknownJob: when no context has it. Cost: 1 statement.
    """
    _find(name)
    run_job.enqueue(name=name, kwargs=kwargs, attempt=1)


def _find(name: str) -> Job:
    load_jobs()
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJob(name) from None


@task()
def run_job(name: str, kwargs: dict[str, Any], attempt: int) -> None:
    """Run one job; after a failure ask for it again, twice as late each time."""
    if name in _schedules:
        plan_next_run(_schedules[name], after=datetime.now(UTC))  # noqa: TID251 -- real time
    try:
        _find(name)(**kwargs)
    except Exception:
        logger.exception("job failed", extra={"job": name, "attempt": attempt})
        if attempt >= RETRIES:
            raise
        delay = timedelta(seconds=FIRST_RETRY_SECONDS * 2 ** (attempt - 1))
        later = datetime.now(UTC) + delay  # noqa: TID251 -- real time
        run_job.using(run_after=later).enqueue(name=name, kwargs=kwargs, attempt=attempt + 1)


def plan_schedules() -> None:
    """Make sure that every scheduled job has its next run in the queue. Called by the worker."""
    load_jobs()
    for schedule in _schedules.values():
        plan_next_run(schedule, after=datetime.now(UTC))  # noqa: TID251 -- real time


def plan_next_run(schedule: Schedule, *, after: datetime) -> None:
    """Put the next run into the queue unless one waits there already. Cost: 1 to 2 queries."""
    arguments = {"args": [], "kwargs": {"name": schedule.name, "kwargs": {}, "attempt": 1}}
    if DBTaskResult.objects.filter(status="READY", args_kwargs=arguments).exists():
        return
    moment: datetime = croniter(schedule.cron, after).get_next(datetime)
    run_job.using(run_after=moment).enqueue(name=schedule.name, kwargs={}, attempt=1)


@scheduled("foundation.forget_finished_jobs", cron="17 * * * *")
def forget_finished_jobs() -> None:
    """Delete what the queue finished more than a day ago."""
    day_ago = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 -- real time
    DBTaskResult.objects.finished().filter(finished_at__lt=day_ago).delete()
