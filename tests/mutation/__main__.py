"""Command line of the mutation of permissions: ``python -m tests.mutation [--list]``."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.mutation.harness import HUNG, Harness, Verdict
from tests.mutation.mutants import Mutant, find

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "sreda"
TESTS = [ROOT / "sreda", ROOT / "tests"]
# They judge the code's text or need a browser: no check is passed through there.
WITHOUT = [ROOT / "tests" / name for name in ("architecture", "journeys", "launch", "mutation")]
# `require` itself, and the made-up region, which nobody is refused.
NOT_MUTATED = ("foundation", "demo")


def main(arguments: Sequence[str]) -> int:
    """Remove every permission check in turn; return 1 when a removal goes unnoticed."""
    chosen = _parser().parse_args(arguments)
    product = chosen.product.resolve()
    files = list(_files(product))
    found = [m for m in find(files, product) if chosen.only in m.describe(product.parent)]
    if chosen.list:
        for mutant in found:
            print(mutant.describe(product.parent))
        print(f"{len(found)} mutants")
        return 0
    return _run(found, files, chosen, product.parent)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py test --mutation", description=__doc__)
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    parser.add_argument("--only", default="", metavar="TEXT", help="mutants with this in the name")
    parser.add_argument("--product", type=Path, default=PRODUCT, help="the package to mutate")
    parser.add_argument("--tests", type=Path, nargs="*", default=TESTS)
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 8))
    return parser


def _run(found: list[Mutant], files: list[Path], chosen: argparse.Namespace, root: Path) -> int:
    started = time.monotonic()
    # The children inherit the database with the memory: a server's connection cannot be forked.
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    sys.path.insert(0, str(root))
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted({mutant.path for mutant in found})
    ]

    def tell(verdict: Verdict) -> None:
        if not verdict.noticed or verdict.by == HUNG:
            word = "NOTICED" if verdict.noticed else "SURVIVED"
            print(f"{word} {verdict.mutant.describe(root)}: {verdict.by}", flush=True)

    harness = Harness(found, modules, chosen.jobs, tell)
    code = pytest.main(_pytest_arguments(chosen.tests), plugins=[harness])
    for sentence in harness.broken:
        print(sentence)
    survived = sum(not verdict.noticed for verdict in harness.verdicts)
    judged = len(harness.verdicts)
    print(f"{judged} mutants, {judged - survived} noticed, {survived} survived", end=" ")
    print(f"in {time.monotonic() - started:.0f} s")
    whole = code in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED} and judged == len(
        found
    )
    return 0 if whole and not survived and not harness.broken else 1


def _pytest_arguments(tests: list[Path]) -> list[str]:
    # Output goes to the terminal as it comes: the children silence themselves.
    quiet = ["-qq", "--capture=no", "-p", "no:cacheprovider", "-p", "no:xdist"]
    left_out = [f"--ignore={folder}" for folder in WITHOUT]
    return [*quiet, "-m", "not journey", *left_out, *map(str, tests)]


def _files(product: Path) -> Iterator[Path]:
    for path in sorted(product.rglob("*.py")):
        parts = path.relative_to(product).parts
        aside = {"tests", "migrations", "testing"} & set(parts) or path.name == "testing.py"
        if not aside and parts[0] not in NOT_MUTATED:
            yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
