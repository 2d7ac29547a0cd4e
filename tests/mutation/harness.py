"""A pytest plugin that runs the collected tests against one mutant after another.

Django is loaded, the database prepared and the tests collected once; every mutant then costs a
fork and the tests that pass through its check.
"""

import importlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import pytest

from tests.mutation import mutants as checks
from tests.mutation.mutants import Mutant

SECONDS_PER_MUTANT = 180
HUNG = "it hung or crashed"
FORK = multiprocessing.get_context("fork")


@dataclass
class Walk:
    """What a child saw when it ran tests: how long each took, which checks it passed."""

    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[int, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """Whether a test noticed; ``by`` names it, or says why none could."""

    mutant: Mutant
    noticed: bool
    by: str


class Harness:
    """The plugin. ``verdicts`` and ``broken`` hold the result when pytest has ended."""

    def __init__(
        self,
        found: Sequence[Mutant],
        modules: Sequence[str],
        jobs: int,
        tell: Callable[[Verdict], None],
    ) -> None:
        self.mutants = found
        self.modules = modules
        self.jobs = jobs
        self.tell = tell
        self.verdicts: list[Verdict] = []
        self.broken: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        if session.testsfailed:
            self.broken = ["the tests could not be collected"]
            return True
        for module in self.modules:
            importlib.import_module(module)
        self._prepare_database(session)
        self.live = checks.live_functions(self.mutants)
        started = time.monotonic()
        walk = self._walk_without_mutants(session.items)
        print(f"{len(walk.seconds)} tests without a mutant: {time.monotonic() - started:.0f} s")
        self.broken = [f"fails without a mutant, so it judges none: {n}" for n in walk.failed]
        self._judge_all(session.items, walk)
        return True

    def _prepare_database(self, session: pytest.Session) -> None:
        """Make the test database here; the children inherit it in memory."""
        from django.test import utils

        with _database_open(session.config):
            utils.setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        utils.setup_databases = lambda *_args, **_options: []
        utils.teardown_databases = lambda *_args, **_options: None

    def _walk_without_mutants(self, items: list[pytest.Item]) -> Walk:
        by_file: dict[Path, list[pytest.Item]] = {}
        for item in items:
            by_file.setdefault(item.path, []).append(item)
        files = sorted(by_file.values(), key=len, reverse=True)
        shares = [list(chain.from_iterable(files[n :: self.jobs])) for n in range(self.jobs)]
        together = Walk()
        tasks = [(lambda share=share: self._walk(share)) for share in shares if share]
        for _number, walk in _in_children(tasks, self.jobs, seconds=1800):
            if walk is None:
                together.failed.append("(a process of the tests died)")
                continue
            together.failed += walk.failed
            together.seconds |= walk.seconds
            for number, names in walk.reached.items():
                together.reached.setdefault(number, set()).update(names)
        return together

    def _walk(self, items: Sequence[pytest.Item]) -> Walk:
        walk = Walk()
        current = [""]
        checks.probe(
            self.mutants,
            self.live,
            lambda number: walk.reached.setdefault(number, set()).add(current[0]),
        )
        for item, following in zip(items, [*items[1:], None], strict=True):
            current[0] = item.nodeid
            started = time.monotonic()
            if not _passes(item, following):
                walk.failed.append(item.nodeid)
            walk.seconds[item.nodeid] = time.monotonic() - started
        return walk

    def _judge_all(self, items: list[pytest.Item], walk: Walk) -> None:
        by_name = {item.nodeid: item for item in items}
        tasks = []
        for number, mutant in enumerate(self.mutants):
            able = walk.reached.get(number, set()) - set(walk.failed)
            names = sorted(able, key=_nearest_first(mutant, walk))
            near = [by_name[name] for name in names]
            tasks.append(lambda mutant=mutant, near=near: self._judge(mutant, near))
        for number, verdict in _in_children(tasks, self.jobs, seconds=SECONDS_PER_MUTANT):
            # A mutant that hangs or kills its process did not go unnoticed.
            crashed = Verdict(self.mutants[number], noticed=True, by=HUNG)
            self.verdicts.append(verdict or crashed)
            self.tell(self.verdicts[-1])

    def _judge(self, mutant: Mutant, items: Sequence[pytest.Item]) -> Verdict:
        if not items:
            return Verdict(mutant, noticed=False, by="no test passes through it")
        checks.apply(mutant, self.live)
        for item, following in zip(items, [*items[1:], None], strict=True):
            if not _passes(item, following):
                return Verdict(mutant, noticed=True, by=item.nodeid)
        return Verdict(mutant, noticed=False, by=f"{len(items)} tests pass through it, none fails")


def _nearest_first(mutant: Mutant, walk: Walk) -> Callable[[str], tuple[bool, str, float]]:
    """The context's own tests first; file by file, because files share what they set up."""

    def order(name: str) -> tuple[bool, str, float]:
        file = name.split("::", maxsplit=1)[0]
        return (mutant.context not in file.split("/"), file, walk.seconds[name])

    return order


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, nextitem=following, log=False)
    return not any(report.failed for report in reports)


@contextmanager
def _database_open(config: pytest.Config) -> Any:
    from pytest_django.plugin import blocking_manager_key

    with config.stash[blocking_manager_key].unblock():
        yield


def _in_children(
    tasks: Sequence[Callable[[], Any]], jobs: int, *, seconds: float
) -> Iterable[tuple[int, Any]]:
    """Run every task in a fork of this process, ``jobs`` at a time; yield number and result.

    The result is None for a child that died or took longer than ``seconds``.
    """
    waiting = list(enumerate(tasks))[::-1]
    running: dict[Connection, tuple[int, Any, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number, task = waiting.pop()
            ours, theirs = FORK.Pipe(duplex=False)
            process = FORK.Process(target=_in_child, args=(task, theirs))
            process.start()
            theirs.close()
            running[ours] = (number, process, time.monotonic() + seconds)
        ready = wait(list(running), timeout=1)
        late = [c for c, (_n, _p, deadline) in running.items() if time.monotonic() > deadline]
        for connection in {*ready, *late}:
            number, process, _deadline = running.pop(connection)
            yield number, _received(connection)
            process.kill()
            process.join()


def _received(connection: Connection) -> Any:
    try:
        return connection.recv() if connection.poll() else None
    except EOFError:
        return None
    finally:
        connection.close()


def _in_child(task: Callable[[], Any], answer: Connection) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    answer.send(task())
    answer.close()
    os._exit(0)
