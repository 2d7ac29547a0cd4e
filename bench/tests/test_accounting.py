"""CPU time of process trees: the arithmetic, and one real tree."""

import os
import subprocess
import sys

import pytest

from bench.accounting import Usage, cpu_seconds, parse_stat, pin, snapshot, ticks_of, tree

LINE = (
    "4242 (py (test) x) S 17 4242 4242 0 -1 4194560 9000 800 1 0 "
    "150 25 40 8 20 0 9 0 123456 99999 888 18446744073709551615 1 1 0 0"
)
BURN = "x = 0\nfor n in range(4_000_000): x += n\nprint('done', flush=True)\ninput()"


def usage(pid, parent, own=0, ended=0):
    return Usage(pid=pid, parent=parent, own=own, ended_children=ended)


def test_a_line_is_read_whatever_the_name_of_the_process():
    read = parse_stat(LINE)
    assert (read.pid, read.parent) == (4242, 17)
    assert read.own == 150 + 25
    assert read.ended_children == 40 + 8
    assert read.ticks == 223


def test_a_tree_holds_children_of_children_and_nobody_else():
    processes = [usage(1, 0), usage(2, 1), usage(3, 2), usage(4, 1), usage(9, 0)]
    assert {one.pid for one in tree([2], processes)} == {2, 3}
    assert {one.pid for one in tree([1], processes)} == {1, 2, 3, 4}
    assert not tree([77], processes)


def test_roots_below_each_other_are_counted_once():
    processes = [usage(1, 0, own=5), usage(2, 1, own=7)]
    assert ticks_of([1, 2], processes) == 12


def test_what_an_ended_child_used_stays_in_the_sum():
    before = [usage(1, 0, own=5), usage(2, 1, own=7, ended=3)]
    # Process 2 ended and was waited for: its 7 and its own children's 3 are now its parent's.
    after = [usage(1, 0, own=5, ended=10)]
    assert ticks_of([1], before) == ticks_of([1], after) == 15


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux only")
def test_a_real_child_is_counted_while_it_lives():
    with subprocess.Popen(
        [sys.executable, "-c", BURN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "done\n"
        own = next(one for one in snapshot() if one.pid == child.pid)
        assert own.parent == os.getpid()
        assert cpu_seconds([child.pid]) > 0
        cpu = min(os.sched_getaffinity(0))
        pin([child.pid], cpu)
        assert os.sched_getaffinity(child.pid) == {cpu}
        child.communicate("\n")
    assert cpu_seconds([child.pid]) == 0
