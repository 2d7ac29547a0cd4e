"""A demo region of its own, a real server and worker beside the tests, a real browser."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import chromium, new_context, open_browser, sign_in_by_password

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
ORGANIZATIONS = "600"  # the smallest demo region


@dataclass(frozen=True)
class House:
    """The running installation: its address, who can sign in, what stands in addresses."""

    address: str
    logins: dict[str, str]
    password: str
    samples: dict[str, dict[str, Any]]
    names: dict[str, str]
    log: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Make a database with the demo region, start web and worker on it, end both."""
    if chromium() is None:
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("house")
    with database(folder) as url:
        environment = settings(url, folder)
        manage(environment, "migrate", "--no-input", "--verbosity", "0")
        manage(environment, "demo", "--organizations", ORGANIZATIONS)
        known = json.loads(run(environment, "-m", "tests.journeys.prepare"))
        port = free_port()
        log = folder / "web.log"
        with (
            running(environment, log, *web(port)),
            running(environment, folder / "worker.log", *worker()),
        ):
            address = f"http://127.0.0.1:{port}"
            wait_for(address, log)
            yield House(address=address, log=log, **known)


@pytest.fixture(scope="session")
def browser(house: House) -> Iterator[Browser]:
    """Chromium, one for all journeys."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser, house: House) -> Iterator[BrowserContext]:
    """A fresh profile."""
    with new_context(browser, house.address) as fresh:
        yield fresh


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in a fresh profile; errors of its scripts fail the test at the end."""
    return context.new_page()


@pytest.fixture
def enter(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Sign in as a role in a profile of its own; options go to the profile."""
    contexts = []

    def sign_in(role: str, **options: Any) -> Page:
        context = new_context(browser, house.address, **options)
        contexts.append(context)
        opened = context.new_page()
        sign_in_by_password(opened, house.logins[role], house.password)
        return opened

    yield sign_in
    for context in contexts:
        context.close()


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, beside the tests' own on the same server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'house.sqlite3'}"
        return
    import psycopg

    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def settings(url: str, folder: Path) -> dict[str, str]:
    """Return the environment of a demo on its own database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SREDA_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "SREDA_SECRET_KEY": secrets.token_urlsafe(48),
        "SREDA_DEMO": "1",
        "SREDA_TODAY": "2026-10-14",
        "SREDA_DEMO_STARTED_AT": f"{time.time():.3f}",
        "SREDA_MEDIA": str(folder / "media"),
        "PYTHONUTF8": "1",
    }


def manage(environment: dict[str, str], *words: str) -> None:
    """Run a command of the product."""
    run(environment, "manage.py", *words)


def run(environment: dict[str, str], *words: str) -> str:
    """Run Python to its end; return what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def web(port: int) -> list[str]:
    """Return the command of the web server."""
    granian = str(Path(sys.executable).parent / "granian")
    return [
        granian,
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "config.wsgi:application",
    ]


def worker() -> list[str]:
    """Return the command of the worker."""
    return [sys.executable, str(ROOT / "manage.py"), "work", "--interval", "0.2"]


@contextmanager
def running(environment: dict[str, str], log: Path, *command: str) -> Iterator[None]:
    """Keep a program running; it ends with the block."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for(address: str, log: Path) -> None:
    """Wait until the server answers; fail with its log."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}:\n{log.read_text(errors='replace')[-2000:]}")
