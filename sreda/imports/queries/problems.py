"""Problems as they are stored and as they are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from sreda.imports.calculations.rows import Decision, Level, Problem

# A question about a double is asked after the confirmation, so its answer implies that.
CONFIRMING = (Decision.CONFIRM, Decision.UPDATE, Decision.SEPARATE)


def open_problems(problems: Sequence[Problem], decision: Decision | None) -> list[Problem]:
    """Return the problems that the decision has not answered."""
    if decision not in CONFIRMING:
        return list(problems)
    return [problem for problem in problems if problem.level is not Level.CONFIRM]


def from_json(stored: Mapping[str, Any]) -> Problem:
    """Return a stored problem."""
    return Problem(
        level=Level(stored["level"]),
        column=stored.get("column"),
        text=stored.get("text", ""),
        found=stored.get("found", ""),
        expected=stored.get("expected", ""),
        choices=tuple(Decision(choice) for choice in stored.get("choices", ())),
        remark=stored.get("remark", ""),
    )


def as_json(problem: Problem) -> dict[str, Any]:
    """Return the problem as it is stored; what is empty is left out."""
    whole = {
        "level": problem.level.value,
        "column": problem.column,
        "text": problem.text,
        "found": problem.found,
        "expected": problem.expected,
        "choices": [choice.value for choice in problem.choices],
        "remark": problem.remark,
    }
    return {name: value for name, value in whole.items() if value}
