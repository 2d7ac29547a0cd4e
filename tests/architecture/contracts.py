"""Import contracts for import-linter that fit many contexts of one shape.

``[[tool.importlinter.contracts]]`` in pyproject.toml uses them as the types ``doors`` and
``rooms``; tests/architecture/test_planted.py shows that each catches what it should.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

from tests.architecture.rooms import (
    CLOCK,
    CLOCK_READERS,
    DOOR,
    MAY_IMPORT,
    TEST_DOOR,
    TEST_ROOMS,
    TEST_WINDOW,
    TESTS,
)


@dataclass(frozen=True)
class Place:
    """Where a module lies: ``sreda.people.tests.test_x`` is room ``tests`` of ``people``."""

    context: str
    room: str


class _HouseContract(Contract):  # type: ignore[misc]
    """A contract whose violations are sentences."""

    package = fields.StringField()
    open_contexts = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    # Modules beside the rooms, each with the room whose rules it follows: "access.actor = models".
    own_rooms = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001
        """Judge the whole graph."""
        found = sorted(set(self.violations(graph)))
        return ContractCheck(kept=not found, metadata={"violations": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print every violation."""
        for sentence in check.metadata["violations"]:
            output.print_error(f"- {sentence}", bold=False)
        output.new_line()

    def violations(self, graph: ImportGraph) -> Iterator[str]:
        """Yield a sentence for everything that breaks the contract."""
        raise NotImplementedError

    def place(self, module: str) -> Place | None:
        """Return where a module of the package lies, None for one outside the contexts."""
        parts = module.split(".")
        if parts[0] != self.package or len(parts) < 2:
            return None
        return Place(parts[1], self._rooms_beside().get(".".join(parts[1:3]), "".join(parts[2:3])))

    def edges(self, graph: ImportGraph) -> Iterator[tuple[str, Place, str]]:
        """Yield every import of a module in a closed context."""
        for module in sorted(graph.modules):
            place = self.place(module)
            if place is None or place.context in self.open_contexts:
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                yield module, place, imported

    def _rooms_beside(self) -> dict[str, str]:
        pairs = (line.split("=") for line in self.own_rooms)
        return {module.strip(): room.strip() for module, room in pairs}


class DoorsContract(_HouseContract):
    """Contexts meet only at ``facade``, and at ``testing`` from tests and makers of test data."""

    type_name = "doors"

    def violations(self, graph: ImportGraph) -> Iterator[str]:
        """Yield every import that goes past a door, and every use of test data in the product."""
        for module, at, imported in self.edges(graph):
            there = self.place(imported)
            if there is None:
                continue
            lines = _lines(graph, module, imported)
            if there.room in TEST_ROOMS and at.room not in TEST_ROOMS:
                yield f"{module} ({lines}) imports {imported}: the product never imports test code"
            elif there.context in {at.context, *self.open_contexts} or (
                at.room in TEST_ROOMS and there.room == TEST_WINDOW
            ):
                continue
            elif there.room == TESTS or there.room not in {DOOR, TEST_DOOR}:
                door = f"{self.package}.{there.context}.{DOOR}"
                yield f"{module} ({lines}) imports {imported}: contexts meet only at {door}"


class RoomsContract(_HouseContract):
    """Inside a context a room imports only the rooms it may (tests/architecture/rooms.py)."""

    type_name = "rooms"

    def violations(self, graph: ImportGraph) -> Iterator[str]:
        """Yield unknown rooms, imports into a wrong room, Django in sums, readers of the clock."""
        yield from self._unknown_rooms(graph)
        yield from self._wrong_imports(graph)
        yield from self._django_in_calculations(graph)

    def _unknown_rooms(self, graph: ImportGraph) -> Iterator[str]:
        for name in self._rooms_beside():
            if f"{self.package}.{name}" not in graph.modules:
                yield f"own_rooms names {name}, which does not exist"
        for module in sorted(graph.modules):
            place = self.place(module)
            if place is None or not place.room or place.context in self.open_contexts:
                continue
            if place.room not in MAY_IMPORT and place.room != TESTS:
                yield f"{module} is in no room: the rooms are in ARCHITECTURE.md, 4"

    def _wrong_imports(self, graph: ImportGraph) -> Iterator[str]:
        clock = f"{self.package}.{CLOCK}"
        for module, at, imported in self.edges(graph):
            if imported == clock and at.room not in CLOCK_READERS:
                lines = _lines(graph, module, imported)
                yield f"{module} ({lines}) reads the clock: take the moment as an argument"
            there = self.place(imported)
            if there is None or there.context != at.context or at.room == TESTS:
                continue
            if there.room not in {at.room, *MAY_IMPORT.get(at.room, set())}:
                lines = _lines(graph, module, imported)
                yield f"{module} ({lines}) imports {imported}: {at.room} may not import that room"

    def _django_in_calculations(self, graph: ImportGraph) -> Iterator[str]:
        for module in sorted(graph.modules):
            place = self.place(module)
            if place is None or place.room != "calculations":
                continue
            chain = graph.find_shortest_chain(importer=module, imported="django")
            if chain:
                way = " → ".join(chain)
                yield f"{module} reaches Django ({way}): calculations are plain Python"


def _lines(graph: ImportGraph, importer: str, imported: str) -> str:
    details = graph.get_import_details(importer=importer, imported=imported)
    numbers = sorted({detail["line_number"] for detail in details})
    return "l. " + ", ".join(str(number) for number in numbers)
