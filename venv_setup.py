"""The .venv of a checkout, for run.py: what is wrong with it, and how it is put right.

Standard library only. A set-up counts as done when its stamp, ``.venv/run.json``, is there
and still true; the stamp is taken away first and written last.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# The installed package's metadata and command are made from these.
PACKAGE_FILES = ("pyproject.toml", "metoo_research/_version.py")

# Set for the caller's own work, these lead the installer or the Python of .venv astray.
MISLEADING = {
    *("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"),
    *("PIP_CONSTRAINT", "PIP_DRY_RUN", "PIP_NO_DEPS", "PIP_PREFIX", "PIP_PYTHON"),
    *("PIP_REQUIRE_HASHES", "PIP_REQUIREMENT", "PIP_ROOT", "PIP_TARGET", "PIP_USER"),
    *("UV_CONSTRAINT", "UV_OVERRIDE", "UV_PREFIX", "UV_PYTHON", "UV_REQUIRE_HASHES"),
    *("UV_SYSTEM_PYTHON", "UV_TARGET"),
}

# What an installer writes when it fails, and what that means; the first that fits is told.
REASONS = (
    (r"DO NOT MATCH THE HASHES|[Hh]ash mismatch", "a download is not the file in the lock"),
    (r"No space left|not enough space|[Qq]uota", "the disk is full"),
    (r"Long Path", "this folder's path is too long for Windows; move it up"),
    (
        r"PATH separator",
        "this folder's path holds a character it may not; rename it",
    ),
    (
        r"CERTIFICATE_VERIFY|invalid peer certificate",
        "the network's certificate is not trusted",
    ),
    (r"407 Proxy|ProxyError|tunnel", "the proxy refused; check the proxy settings"),
    (
        r"Failed to establish|name resolution|getaddrinfo|[Cc]onnection|[Tt]imed? ?out"
        r"|dns error|error sending request|[Ff]ailed to fetch|from versions: none",
        "no connection to the package index; check the network",
    ),
    (r"ailed to build|ailed building|subprocess-exited", "no ready build for this Python"),
    (r"No matching distribution|No solution found", "the package index lacks a pinned version"),
    (r"Permission denied|Access is denied", "a file may not be written"),
)

# Run by the Python of .venv; prints ASCII, whatever this folder's name and the encoding are.
PROBE = """\
import importlib.util, json, sys, sysconfig
package = importlib.util.find_spec("metoo_research")
print(json.dumps({
    "version": list(sys.version_info[:2]),
    "prefix": sys.prefix,
    "site_packages": sysconfig.get_path("purelib"),
    "package": package and package.origin,
}))
"""


class SetUpError(Exception):
    """The set-up cannot be done; one line with the way out."""


class Problem(NamedTuple):
    """What is wrong with .venv: the cure, and why in words (empty: there is none yet)."""

    cure: Literal["new", "test tools", "package"]
    why: str


class Probe(NamedTuple):
    """What the Python of .venv says of itself."""

    version: list[int]
    prefix: str
    site_packages: str
    package: str | None


def say(message: str) -> None:
    """Tell the user, on standard error: standard output belongs to tables."""
    print(message, file=sys.stderr, flush=True)


def clean_variables(environ: dict[str, str]) -> dict[str, str]:
    """Leave out what would lead the installer or the Python of .venv astray."""
    return {name: value for name, value in environ.items() if name not in MISLEADING}


def installer_variables(environ: dict[str, str]) -> dict[str, str]:
    """Return the variables that an installer gets."""
    env = clean_variables(environ)
    env["PIP_REQUIRE_VIRTUALENV"] = "1"  # never into the Python behind .venv
    env.setdefault("PIP_RETRIES", "2")  # its five take minutes where nothing answers
    return env


def likely_reason(output: str) -> str:
    """Name the likely reason of a failed installation from what the installer wrote."""
    for pattern, reason in REASONS:
        if re.search(pattern, output):
            return reason
    return "the installer gave up"


def fullness(entry: Path) -> int:
    """Count what lies directly in a folder, bytecode apart; 1 for a file with content."""
    try:
        if entry.is_dir():
            return sum(child.name != "__pycache__" for child in entry.iterdir())
        return int(entry.stat().st_size > 0)
    except OSError:
        return 0


def contents(folder: Path) -> dict[str, int]:
    """Take stock of a folder: each entry, bytecode apart, with its fullness."""
    entries = sorted(folder.iterdir())
    return {entry.name: fullness(entry) for entry in entries if entry.name != "__pycache__"}


def first_lost(stock: dict[str, int], folder: Path) -> str | None:
    """Name the first entry of an earlier stock that is gone or less full now."""
    return next((name for name in stock if fullness(folder / name) < stock[name]), None)


def same_place(one: str | Path, other: str | Path) -> bool:
    """Tell whether two paths lead to the same thing; False where one leads nowhere."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def try_lock(descriptor: int) -> bool:
    """Lock an open file, or return False where another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a network drive without locks: unguarded is better than not at all
        return True
    return True


class Environment:
    """The .venv of one checkout.

    Parameters
    ----------
    root
        The folder of the checkout, resolved.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = self.folder / "run.json"
        self.log = self.folder / "run.log"
        self.lock = self.folder / "run.lock"
        self.inherited: tuple[int, ...] = ()

    def job_variables(self) -> dict[str, str]:
        """Return the variables of an activated .venv: a notebook's ``!pip`` is this one's."""
        env = clean_variables(dict(os.environ))
        env["VIRTUAL_ENV"] = str(self.folder)
        env["PATH"] = os.pathsep.join([str(self.python.parent), env.get("PATH", os.defpath)])
        return env

    def ready(self, *, tests: bool) -> None:
        """Set up what is missing or broken, with the test tools if asked for.

        Raises
        ------
        SetUpError
            If it cannot be done; the next call tries again.
        """
        if self.diagnose(tests=tests) is None:
            return
        started = time.monotonic()
        with self.alone():
            problem = self.diagnose(tests=tests)  # another run.py may have been here meanwhile
            if problem is None:
                return
            if problem.cure == "new":
                again = f"again: {problem.why}" if problem.why else "(once, a minute or two)"
                say(f"Setting up .venv {again} ...")
            else:
                say(f"Bringing .venv up to date: {problem.why} ...")
            self.set_up(problem.cure, tests=tests)
            say(f"Set up in {time.monotonic() - started:.0f} s")

    def diagnose(self, *, tests: bool) -> Problem | None:
        """Find what is wrong; None where all is well."""
        if not self.folder.is_dir() or not self.entries():
            return Problem("new", "")
        try:
            stamp = self.read_stamp()
            root, made_by, files = stamp["root"], stamp["python"], stamp["files"]
            stock, site_packages = stamp["contents"], self.folder / stamp["site_packages"]
        except (OSError, ValueError, KeyError, TypeError):
            return Problem("new", "the last set-up was not finished")
        if not same_place(root, self.root):
            return Problem("new", "this folder was moved or copied")
        version = list(sys.version_info[:2])
        if made_by != version:
            numbers = [".".join(map(str, numbers)) for numbers in (made_by, version)]
            return Problem("new", "it was made by Python {}, this is {}".format(*numbers))
        changed = [name for name in files if files[name] != self.digest(name)]
        if RUNTIME_LOCK in changed:
            return Problem("new", f"{RUNTIME_LOCK} has changed")
        lost = first_lost(stock, site_packages)
        if lost is not None:
            return Problem("new", f"{lost} in it is gone or damaged")
        probe = self.probe()
        if probe is None or probe.version != version:
            return Problem("new", "its Python does not start, or not in it")
        if probe.package is None or not self.is_ours(probe.package):
            return Problem("package", "it does not find this package")
        if tests and (TEST_LOCK in changed or TEST_LOCK not in files):
            return Problem("test tools", "the test tools are missing or have changed")
        for name in PACKAGE_FILES:
            if name in changed:
                return Problem("package", f"{name} has changed")
        return None

    def read_stamp(self) -> dict[str, Any]:
        """Read what the last finished set-up left behind."""
        stamp: dict[str, Any] = json.loads(self.stamp.read_text(encoding="utf-8"))
        return stamp

    def entries(self) -> list[Path]:
        """List what lies in .venv apart from the lock and the log, which outlive it."""
        return [entry for entry in self.folder.iterdir() if entry not in (self.lock, self.log)]

    def digest(self, name: str) -> str:
        """Return the sha256 of a file of the checkout."""
        try:
            return hashlib.sha256((self.root / name).read_bytes()).hexdigest()
        except FileNotFoundError as error:
            raise SetUpError(f"{name} is missing; this checkout is not complete") from error

    def probe(self) -> Probe | None:
        """Ask the Python of .venv what it is; None where it does not start, or not in .venv."""
        command = [str(self.python), "-I", "-c", PROBE]
        env = clean_variables(dict(os.environ))
        try:
            done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=True)
            probe = Probe(**json.loads(done.stdout))
        except (OSError, ValueError, TypeError, subprocess.SubprocessError):
            return None
        # Without pyvenv.cfg it starts as the Python behind .venv, and would install there.
        return probe if same_place(probe.prefix, self.folder) else None

    def is_ours(self, origin: str) -> bool:
        """Tell whether the package that .venv finds is the one of this checkout."""
        return same_place(Path(origin).parent, self.root / "metoo_research")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep any other run.py out; the operating system lets it in when this one ends."""
        # A link to something that was not set up here is not ours to empty.
        if self.folder.is_file() or (self.folder.is_symlink() and not self.stamp.is_file()):
            self.folder.unlink()
        self.folder.mkdir(exist_ok=True)
        with self.lock.open("ab") as handle:
            if not try_lock(handle.fileno()):
                say("Waiting for another run.py that is setting up .venv ...")
                while not try_lock(handle.fileno()):
                    time.sleep(0.2)
            # Where this process is killed, the installer may go on writing; so it holds the
            # lock as well. (On Windows a handle cannot be passed on like this.)
            self.inherited = () if os.name == "nt" else (handle.fileno(),)
            yield

    def set_up(self, cure: Literal["new", "test tools", "package"], *, tests: bool) -> None:
        """Carry out a cure; only one that is finished leaves a stamp."""
        names = [RUNTIME_LOCK, *PACKAGE_FILES, *([TEST_LOCK] if tests else [])]
        files = {name: self.digest(name) for name in names}
        if cure == "package":  # test tools that are there stay known
            files = {**self.read_stamp()["files"], **files}
        self.stamp.unlink(missing_ok=True)
        self.log.write_bytes(b"")
        if cure == "new":
            self.create()
        if cure != "package":
            lock = TEST_LOCK if tests else RUNTIME_LOCK
            # A lock names everything, so that nothing it leaves out on purpose comes along.
            exactly = ["--require-hashes", "--no-deps", "-r", lock]
            self.install(f"installing {lock}", exactly)
        editable = ["--no-deps", "--no-build-isolation", "--editable", "."]
        self.install("installing the package itself", editable)
        probe = self.probe()
        if probe is None or probe.package is None or not self.is_ours(probe.package):
            raise SetUpError(f"the installed package is not found ({self.details()})")
        site_packages = Path(probe.site_packages)
        stamp = {
            "root": str(self.root),
            "python": probe.version,
            "files": files,
            "site_packages": os.path.relpath(site_packages, self.folder),
            "contents": contents(site_packages),
        }
        unfinished = self.stamp.with_suffix(".tmp")
        unfinished.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        unfinished.replace(self.stamp)

    def create(self) -> None:
        """Empty .venv and make it with the Python that runs this."""
        with_pip = importlib.util.find_spec("ensurepip") is not None
        if not with_pip and shutil.which("uv") is None:
            raise SetUpError(
                "this Python cannot make virtual environments; on Debian and Ubuntu: "
                "sudo apt install python3-venv, then give the same command again"
            )
        for entry in self.entries():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        # Started from a virtual environment, maybe this very one: take the Python behind it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        options = [] if with_pip else ["--without-pip"]
        command = [base, "-I", "-m", "venv", *options, str(self.folder)]
        self.step("making the environment", {"": command})
        if self.probe() is None:
            raise SetUpError(f"the new environment does not start ({self.details()})")

    def install(self, what: str, arguments: list[str]) -> None:
        """Install with uv where there is one, with pip where there is none or where it fails.

        uv does not read pip's settings, which may hold the only way to a package index.
        """
        python = str(self.python)
        pip = [python, "-I", "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        commands = {" with pip": [*pip, "--disable-pip-version-check", *arguments]}
        uv = shutil.which("uv")
        if uv is not None:
            # uv remembers what Python a path led to. Where it once met this one broken, only
            # the prefix keeps it from installing into the Python behind .venv.
            place = ["--python", python, "--prefix", str(self.folder)]
            uv_pip = [uv, "pip", "install", "--compile-bytecode", *place]
            commands = {" with uv": [*uv_pip, *arguments], **commands}
        self.step(what, commands)

    def step(self, what: str, commands: dict[str, list[str]]) -> None:
        """Run commands, their output in the log, until one succeeds."""
        for tool, command in commands.items():
            with self.log.open("ab") as log:
                log.write(f"$ {subprocess.list2cmdline(command)}\n".encode())
                log.flush()
                if self.wait(f"  {what}{tool}", command, log.fileno()) == 0:
                    return
        output = self.log.read_text(encoding="utf-8", errors="replace")
        raise SetUpError(f"{what} failed: {likely_reason(output)} ({self.details()})")

    def details(self) -> str:
        """Say where the installer's own words are, seen from the current folder."""
        try:
            return f"details: {os.path.relpath(self.log)}"
        except ValueError:  # on Windows, from another drive
            return f"details: {self.log}"

    def wait(self, message: str, command: list[str], output: int) -> int:
        """Run a command to its end and show, on a terminal, that time passes."""
        terminal = sys.stderr.isatty()
        started = time.monotonic()
        if not terminal:
            say(message)
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=installer_variables(dict(os.environ)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=self.inherited,
        )
        try:
            while True:
                if terminal:
                    sys.stderr.write(f"\r{message} ... {time.monotonic() - started:.0f} s")
                    sys.stderr.flush()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(1)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            if terminal:
                say("")
