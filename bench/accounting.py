"""CPU time of whole process trees, read from /proc (Linux).

The numbers of one process are its own (all its threads) and those of its children that have ended
and were waited for. Summed over every living process of a tree they never count anything twice and
never fall: what an ended child used moves into its parent's second pair.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """One line of /proc/<pid>/stat, as far as it is needed; times in clock ticks."""

    pid: int
    parent: int
    own: int
    ended_children: int

    @property
    def ticks(self) -> int:
        """User and system time of the process and of its children that have ended."""
        return self.own + self.ended_children


def parse_stat(line: str) -> Usage:
    """Return what a line of /proc/<pid>/stat says (proc(5): fields 1, 4, 14, 15, 16, 17).

    The name in parentheses may itself hold spaces and parentheses, so it is cut at the last one.
    """
    pid, _, rest = line.partition(" (")
    fields = rest.rpartition(")")[2].split()
    return Usage(
        pid=int(pid),
        parent=int(fields[1]),
        own=int(fields[11]) + int(fields[12]),
        ended_children=int(fields[13]) + int(fields[14]),
    )


def snapshot() -> list[Usage]:
    """Return all processes of the machine."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                found.append(parse_stat((folder / "stat").read_text()))
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while it was looked at
    return found


def tree(roots: Iterable[int], processes: Iterable[Usage]) -> list[Usage]:
    """Return the processes of ``roots`` and everything below them."""
    children: dict[int, list[Usage]] = {}
    by_pid = {}
    for process in processes:
        children.setdefault(process.parent, []).append(process)
        by_pid[process.pid] = process
    found: dict[int, Usage] = {}
    waiting = [by_pid[pid] for pid in roots if pid in by_pid]
    while waiting:
        process = waiting.pop()
        if process.pid not in found:
            found[process.pid] = process
            waiting += children.get(process.pid, [])
    return list(found.values())


def ticks_of(roots: Iterable[int], processes: Iterable[Usage]) -> int:
    """Return the CPU time of the trees of ``roots``, in ticks."""
    return sum(process.ticks for process in tree(roots, processes))


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return the CPU time that the trees of ``roots`` have used until now."""
    return ticks_of(roots, snapshot()) / TICKS_PER_SECOND


def pin(pids: Iterable[int], cpu: int) -> None:
    """Keep processes and all their threads on one CPU; what they start later stays there too."""
    for pid in pids:
        for task in (PROC / str(pid) / "task").iterdir():
            os.sched_setaffinity(int(task.name), {cpu})
