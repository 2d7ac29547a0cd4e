"""The figures of a run: rows, goals, the table that is printed, the file that is kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
# Most CPU per request in milliseconds, and most bytes of a first visit, by scenario.
CPU_GOALS = {
    "sign_in_page": 1.0,
    "sign_in": 40.0,
    "organization_list": 6.0,
    "organization_card": 6.0,
    "home": 6.0,
}
BYTES_GOALS = {"sign_in_page": 30 * 1024}


@dataclass(frozen=True)
class Run:
    """What one load measured; durations of the requests in seconds."""

    durations: tuple[float, ...]
    wall_seconds: float
    cpu_seconds: float

    @property
    def requests_per_s(self) -> float:
        """How many requests were answered in a second."""
        return len(self.durations) / self.wall_seconds

    @property
    def cpu_ms(self) -> float:
        """CPU per request, in milliseconds."""
        return 1000 * self.cpu_seconds / len(self.durations)

    def percentile_ms(self, percent: int) -> float:
        """Return the time within which ``percent`` of the requests were answered."""
        ordered = sorted(self.durations)
        place = -(-len(ordered) * percent // 100)  # nearest rank: rounded up, counted from 1
        return 1000 * ordered[max(place, 1) - 1]


@dataclass(frozen=True)
class Row:
    """One scenario. Figures without a number at the end are those of a single client."""

    scenario: str
    pupils: int
    requests: int
    cpu_ms: float
    queries: int
    requests_per_s: float
    p50_ms: float
    p95_ms: float
    cpu_ms_8: float
    requests_per_s_8: float
    p50_ms_8: float
    p95_ms_8: float
    bytes_cold: int
    bytes_warm: int


@dataclass(frozen=True)
class Weight:
    """What a browser transfers: on its first visit, and when it comes again."""

    cold: int
    warm: int


def row(*, scenario: str, pupils: int, queries: int, weight: Weight, one: Run, eight: Run) -> Row:
    """Put a scenario's figures together."""
    return Row(
        scenario=scenario,
        pupils=pupils,
        requests=len(one.durations),
        cpu_ms=round(one.cpu_ms, 3),
        queries=queries,
        requests_per_s=round(one.requests_per_s, 1),
        p50_ms=round(one.percentile_ms(50), 2),
        p95_ms=round(one.percentile_ms(95), 2),
        cpu_ms_8=round(eight.cpu_ms, 3),
        requests_per_s_8=round(eight.requests_per_s, 1),
        p50_ms_8=round(eight.percentile_ms(50), 2),
        p95_ms_8=round(eight.percentile_ms(95), 2),
        bytes_cold=weight.cold,
        bytes_warm=weight.warm,
    )


def misses(rows: Sequence[Row]) -> list[str]:
    """Return a sentence for every goal that was not reached."""
    found = []
    for one in rows:
        most = CPU_GOALS.get(one.scenario)
        if most is not None and one.cpu_ms > most:
            found.append(f"{one.scenario}: {one.cpu_ms} ms of CPU, the goal is {most:g} ms")
        heaviest = BYTES_GOALS.get(one.scenario)
        if heaviest is not None and one.bytes_cold > heaviest:
            found.append(f"{one.scenario}: {one.bytes_cold} bytes cold, the goal is {heaviest}")
    return found


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for the terminal."""
    heads = (
        *("scenario", "CPU ms", "goal", "queries", "req/s", "p50", "p95"),
        *("req/s ×8", "p50 ×8", "p95 ×8", "cold", "warm"),
    )
    lines = [heads, *(_cells(one) for one in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def write(rows: Sequence[Row], *, day: date, database: str, folder: Path = RESULTS) -> Path:
    """Write the rows to ``<date>-<database>.json``; a later run of the same day replaces it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day.isoformat()}-{database}.json"
    text = json.dumps([asdict(one) for one in rows], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _cells(one: Row) -> tuple[str, ...]:
    goal = CPU_GOALS.get(one.scenario)
    return (
        one.scenario,
        f"{one.cpu_ms:.2f}",
        f"≤ {goal:g}" if goal is not None else "",
        str(one.queries),
        f"{one.requests_per_s:.0f}",
        f"{one.p50_ms:.1f}",
        f"{one.p95_ms:.1f}",
        f"{one.requests_per_s_8:.0f}",
        f"{one.p50_ms_8:.1f}",
        f"{one.p95_ms_8:.1f}",
        f"{one.bytes_cold / 1024:.1f} KB",
        f"{one.bytes_warm / 1024:.1f} KB",
    )
