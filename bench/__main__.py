"""``python3 run.py bench``: measure, print the table, keep the figures."""

import argparse
import os
import sys
from datetime import UTC, datetime

from bench import figures
from bench.client import Browser, load
from bench.counting import count_queries
from bench.figures import Row, Run, Weight
from bench.machine import Machine, ground, machine, two_cpus
from bench.prepare import Prepared, prepare
from bench.scenarios import SCENARIOS, Scenario, browsers
from bench.weighing import weigh
from launch.console import GiveUp, say
from launch.servers import Stopped, ending_on_signals

CLIENTS = 8
WARM_UP = 100
# A load ends here even when its requests are not done: the bench has an end.
SECONDS = 300


def main(arguments: list[str]) -> int:
    """Run what the command line asks for; return the exit code."""
    chosen = _parser().parse_args(arguments)
    if not hasattr(os, "sched_setaffinity"):
        say("The bench reads /proc and pins processes: it runs on Linux only.")
        return 1
    try:
        with ending_on_signals():
            return _run(chosen)
    except GiveUp as problem:
        say(f"\n{problem}")
        return 1
    except (KeyboardInterrupt, Stopped):
        say("\nStopped.")
        return 130


def _parser() -> argparse.ArgumentParser:
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--requests", type=int, default=1000, help="per load, 1000 by default")
    parser.add_argument("--only", action="append", choices=names, help="may be repeated")
    parser.add_argument("--dry", action="store_true", help="print only, keep nothing")
    return parser


def _run(chosen: argparse.Namespace) -> int:
    measured, own = two_cpus()
    if measured == own:
        say("Only one CPU here: the client shares it with the servers, times are too long.")
    wanted = [one for one in SCENARIOS if not chosen.only or one.name in chosen.only]
    with ground(chosen.database, os.environ) as base:
        # What is started from here stays on this CPU too.
        os.sched_setaffinity(0, {own})
        say(f"A fresh demo on {chosen.database} …")
        prepared = prepare(base.environment)
        with machine(base, cpu=measured) as running:
            rows = [_measured(one, running, prepared, chosen.requests) for one in wanted]
    say("\n" + figures.table(rows))
    for miss in figures.misses(rows):
        say(f"Missed: {miss}")
    if not chosen.dry:
        path = figures.write(rows, day=datetime.now(UTC).date(), database=chosen.database)
        say(f"Kept in {path.relative_to(path.parents[2])}")
    return 0


def _measured(scenario: Scenario, running: Machine, prepared: Prepared, requests: int) -> Row:
    say(f"  {scenario.name} …")
    with browsers(scenario, port=running.port, number=CLIENTS) as found:
        following = scenario.following(prepared)
        load(
            found,
            following,
            requests=min(WARM_UP, requests),
            cpu=running.cpu,
            seconds=SECONDS,
        )
        one, eight = (
            load(some, following, requests=requests, cpu=running.cpu, seconds=SECONDS)
            for some in (found[:1], found)
        )
        return figures.row(
            scenario=scenario.name,
            pupils=prepared.pupils,
            queries=_queries(scenario, running, prepared, found[0]),
            weight=_weight(scenario, prepared, found[0]),
            one=_whole(one, requests),
            eight=_whole(eight, requests),
        )


def _whole(run: Run, requests: int) -> Run:
    if len(run.durations) < requests:
        say(f"    only {len(run.durations)} of {requests} requests in {SECONDS} s")
    return run


def _queries(scenario: Scenario, running: Machine, prepared: Prepared, one: Browser) -> int:
    step = scenario.following(prepared)(one, 0)
    return count_queries(running.environment, path=step.path, form=step.form, cookies=one.cookies)


def _weight(scenario: Scenario, prepared: Prepared, one: Browser) -> Weight:
    return weigh(one, scenario.page(prepared)) if scenario.page else Weight(0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
