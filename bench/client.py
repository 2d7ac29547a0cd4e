"""The client: browsers that ask one after another, each on its own connection and address.

Every browser comes from an address of its own (127.0.x.y is all this machine), as the schools of a
region do, so that the limits per address stay what they are and are not met.
"""

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode

from bench.figures import Run

ENCODINGS = "gzip, deflate, br"
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECONDS_TO_ANSWER = 30


class Unexpected(Exception):
    """The server answered something else than the scenario is about."""


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` is as it was transferred."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Step:
    """One request of a scenario and the status that it must be answered with."""

    path: str
    form: dict[str, str] | None = None
    status: int = 200


@dataclass
class Browser:
    """A connection with cookies."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def ask(
        self,
        path: str,
        form: dict[str, str] | None = None,
        *,
        encodings: str = ENCODINGS,
        keep: bool = True,
    ) -> Answer:
        """Send one request. With ``keep`` the cookies of the answer stay."""
        headers = {"Accept-Encoding": encodings, "User-Agent": "bench", "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form).encode()
            headers["Content-Type"] = FORM
        answer = self._exchange("GET" if form is None else "POST", path, body, headers)
        if keep:
            for line in answer.headers.get_all("Set-Cookie") or []:
                for name, morsel in SimpleCookie(line).items():
                    self.cookies[name] = morsel.value
        return answer

    def token(self, path: str) -> str:
        """Open a page with a form and return its CSRF token."""
        page = self.ask(path, encodings="identity").body.decode()
        found = TOKEN.search(page)
        if found is None:
            raise Unexpected(f"{path} has no form with a CSRF token")
        return found[1]

    def sign_in_to_demo(self, login: str) -> None:
        """Sign in by one click, as the sign-in page of the demo offers."""
        form = {"login": login, "csrfmiddlewaretoken": self.token("/sign-in/")}
        answer = self.ask("/sign-in/demo/", form)
        if answer.status != 303:
            raise Unexpected(f"signing in as {login} was answered with {answer.status}")

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()

    def move(self) -> None:
        """Go on from another address, with the same cookies."""
        self.close()
        self._connection = None
        self.address = _next_address()

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Ask once; again on a new connection when the server had hung up on the old one."""
        try:
            return self._once(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            self.close()
            self._connection = None
            return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1",
                self.port,
                timeout=SECONDS_TO_ANSWER,
                source_address=(self.address, 0),
            )
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())


# What a browser does next: given how many requests were made before it, over all browsers.
Next = Callable[[Browser, int], Step]
_addresses = count(2)


def browser(port: int) -> Browser:
    """Return a new browser with an address of its own."""
    return Browser(port, _next_address())


def _next_address() -> str:
    number = next(_addresses)
    return f"127.0.{number // 250 + 1}.{number % 250 + 2}"


def load(
    browsers: list[Browser],
    following: Next,
    *,
    requests: int,
    cpu: Callable[[], float],
    seconds: float,
) -> Run:
    """Let the browsers make ``requests`` together, at most for ``seconds``.

    :raises Unexpected: when an answer has another status than its step says.
    """
    turns = count()
    durations: list[list[float]] = [[] for _ in browsers]
    failures: list[BaseException] = []
    cpu_before, started = cpu(), time.perf_counter()

    def work(one: Browser, own: list[float]) -> None:
        try:
            while not failures and time.perf_counter() - started < seconds:
                turn = next(turns)  # itertools.count is atomic in CPython
                if turn >= requests:
                    return
                own.append(_timed(one, following(one, turn)))
        except BaseException as failure:
            failures.append(failure)

    threads = [
        threading.Thread(target=work, args=pair) for pair in zip(browsers, durations, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall, used = time.perf_counter() - started, cpu() - cpu_before
    if failures:
        raise failures[0]
    return Run(tuple(t for own in durations for t in own), wall_seconds=wall, cpu_seconds=used)


def _timed(one: Browser, step: Step) -> float:
    started = time.perf_counter()
    answer = one.ask(step.path, step.form, keep=False)
    taken = time.perf_counter() - started
    if answer.status != step.status:
        where = "" if step.form is None else " (a form was sent)"
        raise Unexpected(f"{step.path}{where}: {answer.status}, expected {step.status}")
    return taken
