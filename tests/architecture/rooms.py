"""The rooms of a context (ARCHITECTURE.md, 4) as a table: what each room may import of its own
context. Judged by tests/architecture/contracts.py.
"""

# What stands here may import what stands behind the colon; every room may import itself.
MAY_IMPORT: dict[str, set[str]] = {
    "calculations": set(),
    "models": {"calculations"},
    "policies": {"models", "calculations"},
    "queries": {"policies", "models", "calculations"},
    "actions": {"queries", "policies", "models", "calculations"},
    "bulk": {"actions", "queries", "policies", "models", "calculations"},
    "forms": {"models", "calculations"},
    "views": {"forms", "actions", "queries", "policies", "models", "calculations", "middleware"},
    "rest": {"actions", "queries", "policies", "models", "calculations", "middleware"},
    "middleware": {"actions", "queries", "policies", "models", "calculations"},
    "tasks": {"actions", "bulk", "queries", "models", "calculations"},
    "management": {"actions", "bulk", "queries", "policies", "models", "calculations", "tasks"},
    "urls": {"views", "rest", "calculations"},
    # A middleware's decorators (`public`) are worn by every context's views.
    "facade": {"actions", "bulk", "queries", "policies", "models", "calculations", "middleware"},
    # It wires the context together when Django starts: registers jobs, kinds, sections.
    "apps": {"tasks", "views", "actions", "bulk", "queries", "policies", "models", "calculations"},
    "testing": {"facade", "actions", "bulk", "queries", "policies", "models", "calculations"},
    "migrations": set(),
}
# Tests may look into every room of their own context.
TESTS = "tests"
# Only these know the present moment; the rest is given it.
CLOCK_READERS = {"views", "rest", "middleware", "tasks", "management", "testing", TESTS}
CLOCK = "foundation.clock"
# What other contexts may enter, and from where.
DOOR = "facade"
TEST_DOOR = "testing"
TEST_ROOMS = {"testing", TESTS}
# A test looks at the rows that an action of another context wrote; facades need not show them.
TEST_WINDOW = "models"
