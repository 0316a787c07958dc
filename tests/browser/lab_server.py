"""A JupyterLab of the tests' own: nothing of the user's is read or written."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

HOST = "127.0.0.1"
PATIENCE = 90  # seconds for the server to answer; a cold start on a slow machine takes 30

SETTINGS = {
    # Every cell is in the page, also those out of sight.
    "notebook-extension/tracker": {"windowingMode": "none"},
    # Lab would ask about news at its first start.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    port: int
    token: str
    root: Path

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def page_of(self, path: Path) -> str:
        """Return the address that opens a file of ``root`` in a workspace of its own."""
        tree = quote(path.relative_to(self.root).as_posix())
        workspace = secrets.token_hex(4)
        return f"{self.address}lab/workspaces/{workspace}/tree/{tree}?token={self.token}"

    def ask(self, method: str, path: str) -> int | None:
        """Return the status of the server's answer; None if it does not answer."""
        connection = HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request(method, path, headers={"Authorization": f"token {self.token}"})
            return connection.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()


@contextmanager
def running_lab(root: Path, *, work: Path, python_path: Path) -> Iterator[Lab]:
    """Run JupyterLab on a folder until the context ends.

    ``work`` takes its settings and other files; kernels import from ``python_path`` first.
    """
    token = secrets.token_hex(24)
    _write_settings(work / "settings")
    with (work / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            _command(root),
            env=_variables(work, token, python_path),
            cwd=root,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            lab = _wait_until_it_answers(process, root, work, token)
            yield lab
            _shut_down(process, lab)
        finally:
            process.kill()
            process.wait()


def _shut_down(process: subprocess.Popen[bytes], lab: Lab) -> None:
    """Ask the server to end its kernels and itself: unlike a signal, the same on every system.

    A server that is just starting a kernel refuses, and must be asked again.
    """
    for _ in range(10):
        lab.ask("POST", "/api/shutdown")
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            continue
        return


def _command(root: Path) -> list[str]:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", f"--ip={HOST}"),
        f"--port={port}",  # if it is taken meanwhile, the server looks for another
        f"--ServerApp.root_dir={root}",
        "--LabApp.expose_app_in_browser=True",  # tests read the notebook's model
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def _variables(work: Path, token: str, python_path: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "PYTHON", "MPLBACKEND"))
    }
    return kept | {
        "JUPYTER_TOKEN": token,  # not an argument: arguments are seen by every user
        "JUPYTER_CONFIG_DIR": str(work / "config"),
        "JUPYTER_DATA_DIR": str(work / "data"),
        "JUPYTER_RUNTIME_DIR": str(work / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(work / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(work / "workspaces"),
        "IPYTHONDIR": str(work / "ipython"),
        "PYTHONPATH": str(python_path),
    }


def _write_settings(folder: Path) -> None:
    for plugin, values in SETTINGS.items():
        file = folder / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], root: Path, work: Path, token: str
) -> Lab:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        for file in (work / "runtime").glob("jpserver-*.json"):
            try:
                address = urlsplit(json.loads(file.read_text(encoding="utf-8"))["url"])
            except ValueError:
                continue  # half written
            lab = Lab(address.port or 80, token, root)
            if lab.ask("GET", "/api/status") == 200:
                return lab
        time.sleep(0.1)
    log = (work / "lab.log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"JupyterLab did not answer within {PATIENCE} s:\n{log[-3000:]}")
