"""Which part of a workbook's archive holds which sheet, read by an XML parser in linear time."""

from collections.abc import Callable
from xml.parsers import expat

from sreda.imports.calculations.troubles import Trouble, Unreadable

Seen = Callable[[str, dict[str, str]], None]


def sheet_parts(workbook: bytes | str, links: bytes | str) -> dict[str, str]:
    """Return the archive's part by the sheet's name. A list that breaks off gives what stands
    before the break: a sheet without its part is refused when it is opened.

    :raises Unreadable: when a document declares types or entities of its own.
    """
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def see_link(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def see_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            names[attributes.get("name", "")] = attributes.get("id", "")

    _read(links, see_link)
    _read(workbook, see_sheet)
    return {name: _part(targets.get(link, "")) for name, link in names.items()}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _read(document: bytes | str, see: Seen) -> None:
    """Tell ``see`` every tag with its attributes, both without their prefixes."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        bare = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        see(tag.rpartition(":")[2], bare)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(document, True)  # noqa: FBT003 -- expat's own: this is all of it
    except (expat.ExpatError, LookupError, ValueError):
        return


def _refuse(*_declared: object) -> None:
    """No table needs a document type, and its entities are how a small document grows large."""
    raise Unreadable(Trouble.BROKEN_WORKBOOK)
