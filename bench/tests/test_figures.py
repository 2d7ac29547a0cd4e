"""The rows that a run keeps."""

import json
from datetime import date

from bench.client import Answer
from bench.figures import Row, Run, Weight, misses, row, table, write
from bench.scenarios import SCENARIOS
from bench.weighing import addresses, weigh

ASKED = {
    "scenario",
    "pupils",
    "cpu_ms",
    "queries",
    "requests_per_s",
    "p50_ms",
    "p95_ms",
    "bytes_cold",
    "bytes_warm",
}
PAGE = """<link rel="stylesheet" href="/static/ui.1.css"><link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/print.1.css" media="print">
<svg><use href="/static/sprite.1.svg#i-eye"/></svg><svg><use href="/static/sprite.1.svg#i-x"/></svg>
<script src="/static/ui.1.js" defer></script>"""


def run(count=100, cpu=0.05, wall=2.0):
    return Run(
        tuple(number / 1000 for number in range(1, count + 1)), wall_seconds=wall, cpu_seconds=cpu
    )


def made(**changes):
    usual = {
        "scenario": "sign_in_page",
        "pupils": 232,
        "queries": 0,
        "weight": Weight(cold=12_000, warm=2_000),
        "one": run(),
        "eight": run(wall=0.5),
    }
    return row(**(usual | changes))


def test_a_row_has_what_was_asked_for_and_the_figures_of_eight_clients():
    one = made()
    assert (one.cpu_ms, one.requests_per_s, one.p50_ms, one.p95_ms) == (0.5, 50.0, 50.0, 95.0)
    assert (one.requests_per_s_8, one.p50_ms_8, one.p95_ms_8) == (200.0, 50.0, 95.0)
    assert (one.bytes_cold, one.bytes_warm, one.pupils, one.requests) == (12_000, 2_000, 232, 100)


def test_percentiles_are_of_the_requests_that_were_made():
    assert run(count=1).percentile_ms(95) == 1.0
    assert run(count=20).percentile_ms(95) == 19.0
    assert run(count=21).percentile_ms(95) == 20.0


def test_the_file_is_a_list_of_rows_named_after_day_and_database(tmp_path):
    path = write([made()], day=date(2026, 11, 22), database="sqlite", folder=tmp_path)
    assert path.name == "2026-11-22-sqlite.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    assert set(rows[0]) >= ASKED
    assert Row(**rows[0]) == made()


def test_a_goal_that_is_missed_is_named():
    assert not misses([made()])
    slow = made(one=run(cpu=0.2))
    heavy = made(weight=Weight(cold=31_000, warm=0))
    assert misses([slow]) == ["sign_in_page: 2.0 ms of CPU, the goal is 1 ms"]
    assert misses([heavy]) == ["sign_in_page: 31000 bytes cold, the goal is 30720"]


def test_the_table_has_a_line_per_row_and_the_goals():
    lines = table([made(), made(scenario="organization_list")]).splitlines()
    assert len(lines) == 3
    assert "≤ 1" in lines[1]
    assert "≤ 6" in lines[2]


def test_the_scenarios_are_those_that_the_results_are_read_by():
    names = [scenario.name for scenario in SCENARIOS]
    wanted = {"sign_in_page", "sign_in", "organization_list", "organization_card", "home"}
    assert set(names) >= wanted
    assert len(names) == len(set(names))


def test_a_page_is_weighed_with_its_parts_each_once_and_without_what_is_kept():
    assert addresses(PAGE, "/sign-in/") == {
        "/static/ui.1.css",
        "/static/print.1.css",
        "/static/sprite.1.svg",
        "/static/ui.1.js",
    }
    assert weigh(FakeBrowser(), "/sign-in/") == Weight(
        cold=len(PAGE.encode()) + 4 * 100, warm=len(PAGE.encode()) + 100
    )


class FakeBrowser:
    """Answers with the page, and with 100 bytes for each part; the script must not be kept."""

    def ask(self, path, form=None, *, encodings="", keep=True):
        if path == "/sign-in/":
            return Answer(200, {}, PAGE.encode())
        rules = "no-cache" if path.endswith(".js") else "public, max-age=31536000, immutable"
        return Answer(200, {"Cache-Control": rules}, b"x" * 100)
