"""Opening one address as somebody, without leaving a trace in the world."""

import io
import re
import zipfile
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from sreda.access.facade import Role
from sreda.accounts.facade import COOKIE
from sreda.foundation.ids import new_uid
from sreda.portal.access_table import Door
from tests.access.world import World

# What stands in an address and belongs to nobody.
COMMON = {"import_kind", "row_number"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str
    headers: dict[str, str]

    @property
    def is_to_sign_in(self) -> bool:
        """Whether the browser is sent to the sign-in page."""
        return self.location.startswith(reverse("accounts:sign_in"))


def address(door: Door, world: World, role: Role | None) -> str:
    """Return the address of the own place's objects."""
    return reverse(door.name, args=[world.sample(kind, role) for kind in door.samples])


def guessed(door: Door, world: World, role: Role) -> list[str]:
    """Return the address with each of its objects in turn replaced by a uid that nobody has."""
    args = [world.sample(kind, role) for kind in door.samples]
    wrong = []
    for place, kind in enumerate(door.samples):
        if kind not in COMMON:
            wrong.append(reverse(door.name, args=[*args[:place], new_uid(), *args[place + 1 :]]))
    return wrong


def ask(method: str, url: str, key: str = "", *, htmx: bool = False) -> Answer:
    """Open an address with a session's key and undo whatever that changed.

    An error of ours is raised, so that the test shows where it happened.
    """
    client = Client(headers={"HX-Request": "true"} if htmx else {})
    if key:
        client.cookies[COOKIE] = key
    point = transaction.savepoint()
    try:
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        return Answer(
            status=response.status_code,
            location=response.headers.get("HX-Redirect") or response.headers.get("Location", ""),
            text=text_of(response),
            headers=dict(response.headers),
        )
    finally:
        transaction.savepoint_rollback(point)


def text_of(response: HttpResponseBase) -> str:
    """Return all letters of an answer: a page's text, or what stands in a spreadsheet's cells."""
    content = b"".join(response) if response.streaming else response.content
    if content[:2] != b"PK":
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if name.endswith(".xml")]
        return re.sub("<[^>]+>", " ", " ".join(book.read(n).decode("utf-8") for n in sheets))
