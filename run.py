#!/usr/bin/env python3
"""Set up .venv beside this file and run metoo_research in it. Standard library only.

The whole file must compile on old Pythons (no walrus, no match, no `from __future__`
annotations), so that they reach the version check and can say what is wrong.
"""

import contextlib
import difflib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

NEEDS: str = "run.py needs Python 3.11 or newer"  # Python 2 stops at this line and shows it


def too_old(version, executable, newer):  # type: ignore[no-untyped-def] # runs on any Python 3
    """Say that this Python is too old and which one to take, in one line."""
    if newer:
        way_out = f"this machine has a newer one: {newer} run.py"
    else:
        way_out = "install a newer one (https://www.python.org/downloads/) and start run.py with it"
    this = ".".join(str(part) for part in version[:3])
    return f"{NEEDS}; this is {this} at {executable}; {way_out}"


def newer_python():  # type: ignore[no-untyped-def] # runs on any Python 3
    """Name a Python on the search path that is new enough and starts, or None."""
    for minor in range(19, 10, -1):
        name = f"python3.{minor}"
        found = shutil.which(name)
        # A version manager puts names on the path that do not start.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return name
    return None


if sys.version_info < (3, 11):  # noqa: UP036 - old Pythons do come here
    sys.exit(too_old(sys.version_info, sys.executable, newer_python()))

HELP = """\
usage: python3 run.py [COMMAND ...]

Every command first sets up .venv beside this file, where that is still to be done.

  (no command)        the main job on the five articles of seeds/: notebooks, tables,
                      figures and report, written into this folder
  lab [DIR]           JupyterLab on the notebooks
  run CORPUS --out DIR
                      the main job on other articles
  articles|passages|sentences|tokens|words|sentiment|metrics CORPUS [--output FILE]
                      one table, as .csv, .jsonl or .parquet
  test [ARG ...]      ruff, mypy and pytest; the arguments go to pytest
  setup               the set-up alone

"python3 run.py COMMAND --help" says more about a command of the package.
"""

PACKAGE_COMMANDS = (
    "run articles passages sentences tokens words sentiment metrics lab".split()  # noqa: SIM905
)
COMMANDS = [*PACKAGE_COMMANDS, "test", "setup"]

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# From these the installed package's metadata and command are made.
PACKAGE_FILES = ("pyproject.toml", "metoo_research/_version.py")

CHECKS = (
    ("ruff check", ["ruff", "check"]),
    ("ruff format", ["ruff", "format", "--check"]),
    ("mypy", ["mypy"]),
)

# Each of these, set for the caller's own work, sends the installer or the Python of .venv astray.
MISLEADING = (
    "PYTHONHOME PYTHONPATH __PYVENV_LAUNCHER__ VIRTUAL_ENV CONDA_PREFIX "
    "PIP_CONSTRAINT PIP_DRY_RUN PIP_NO_DEPS PIP_PREFIX PIP_PYTHON PIP_REQUIRE_HASHES "
    "PIP_REQUIREMENT PIP_ROOT PIP_TARGET PIP_USER "
    "UV_BREAK_SYSTEM_PACKAGES UV_CONSTRAINT UV_OVERRIDE UV_PREFIX UV_PYTHON "
    "UV_REQUIRE_HASHES UV_SYSTEM_PYTHON UV_TARGET"
).split()

# What an installer writes when it fails, and what to tell the user; the first that fits counts.
REASONS = (
    (r"DO NOT MATCH THE HASHES|[Hh]ash mismatch", "a downloaded file is not the one in the lock"),
    (r"No space left|not enough space|Disk quota", "the disk is full"),
    (r"Long Path", "the folder's path is too long for Windows; move it nearer to the drive"),
    (r"PATH separator", "the folder's path has a character that the search path uses; rename it"),
    (r"CERTIFICATE_VERIFY|invalid peer certificate", "the connection's certificate is not trusted"),
    (r"407 Proxy|ProxyError|proxy", "the proxy refused the connection"),
    (
        r"Failed to establish|name resolution|getaddrinfo|[Cc]onnection|[Tt]imed? ?out|dns error"
        r"|error sending request|from versions: none|[Ff]ailed to fetch",
        "no connection to the package index; check the network",
    ),
    (r"ailed to build|ailed building|subprocess-exited", "a package has no build for this Python"),
    (r"No matching distribution|No solution found", "the package index lacks a pinned version"),
    (r"Permission denied|Access is denied", "a file may not be written"),
)

# Run by the Python of .venv; prints ASCII, whatever the folder's name and the console's encoding.
PROBE = """\
import importlib.util, json, sys, sysconfig
package = importlib.util.find_spec("metoo_research")
print(json.dumps([list(sys.version_info[:2]), sysconfig.get_path("purelib"), package and package.origin]))
"""


class SetUpError(Exception):
    """The set-up cannot be done; one line with the way out."""


def say(message: str) -> None:
    """Tell the user, on standard error: standard output belongs to the command's table."""
    print(message, file=sys.stderr, flush=True)


def clean_environment(environ: dict[str, str]) -> dict[str, str]:
    """Leave out what would send the installer or the Python of .venv astray."""
    env = {name: value for name, value in environ.items() if name.upper() not in MISLEADING}
    env.setdefault("PIP_RETRIES", "2")  # five make a machine without network wait for minutes
    return env


def likely_reason(output: str) -> str:
    """Name the likely reason of a failed installation from what the installer wrote."""
    for pattern, reason in REASONS:
        if re.search(pattern, output):
            return reason
    return "the installer failed"


def fullness(entry: Path) -> int:
    """Count what lies directly in a folder; 1 for a file with content. Bytecode comes and goes."""
    if entry.is_dir():
        return sum(child.name != "__pycache__" for child in os.scandir(entry))
    return int(entry.exists() and entry.stat().st_size > 0)


def contents(site_packages: Path) -> dict[str, int]:
    """Take stock of site-packages: each entry with its fullness."""
    return {
        entry.name: fullness(entry)
        for entry in sorted(site_packages.iterdir())
        if entry.name != "__pycache__"
    }


def lost(stock: dict[str, int], site_packages: Path) -> "str | None":
    """Name the first entry of an earlier stock-taking that is gone or emptier now."""
    for name, count in stock.items():
        if fullness(site_packages / name) < count:
            return name
    return None


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Lock the open file, or return False where another process holds it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock the open file, or return False where another process holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder without locks: better unguarded than unusable
            return True
        return True


class Environment:
    """The .venv of one checkout: what is wrong with it, and how it is put right."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        windows = os.name == "nt"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")
        self.stamp = self.folder / "run.json"  # there: the set-up was finished
        self.log = self.folder / "run.log"
        self.lock = self.folder / "run.lock"
        self.kept_open: tuple[int, ...] = ()

    def ready(self, tests: bool) -> None:
        """Set up what is still missing; nothing where all is well.

        Raises
        ------
        SetUpError
            If it cannot be done.
        """
        if self.diagnose(tests) is None:
            return
        started = time.monotonic()
        with self.alone():
            problem = self.diagnose(tests)  # another run.py may have done it in the meantime
            if problem is None:
                return
            cure, why = problem
            if cure == "new":
                again = f"again ({why})" if why else "(once; a minute or two)"
                say(f"Setting up .venv {again} ...")
            else:
                say(f"Bringing .venv up to date ({why}) ...")
            self.set_up(cure, tests)
            say(f"  done in {time.monotonic() - started:.0f} s")

    def diagnose(self, tests: bool) -> "tuple[str, str] | None":
        """Find what is wrong: the cure ("new", "test tools" or "package") and why, or None."""
        if not self.folder.is_dir() or not any(
            entry.name not in (self.lock.name, self.log.name) for entry in self.folder.iterdir()
        ):
            return "new", ""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
            files, stock, site_packages = stamp["files"], stamp["contents"], stamp["site_packages"]
            made_at, made_by = stamp["root"], stamp["python"]
        except (OSError, ValueError, KeyError, TypeError):
            return "new", "its last set-up was not finished"
        if made_at != str(self.root):
            return "new", "the folder was moved or copied"
        version = list(sys.version_info[:2])
        if made_by != version:
            return "new", "made by Python {}.{}, this is {}.{}".format(*made_by, *version)
        if files.get(RUNTIME_LOCK) != self.digest(RUNTIME_LOCK):
            return "new", f"{RUNTIME_LOCK} has changed"
        gone = lost(stock, self.folder / site_packages)
        if gone:
            return "new", f"{gone} in it is gone or damaged"
        found = self.probe()
        if found is None or found[0] != version:
            return "new", "its Python does not start"
        if not self.is_ours(found[2]):
            return "package", "the package is not found from it"
        if tests and files.get(TEST_LOCK) != self.digest(TEST_LOCK):
            return "test tools", "for the tests"
        for name in PACKAGE_FILES:
            if files.get(name) != self.digest(name):
                return "package", f"{name} has changed"
        return None

    def digest(self, name: str) -> str:
        """Return the sha256 of a file of the checkout."""
        try:
            return hashlib.sha256((self.root / name).read_bytes()).hexdigest()
        except OSError as error:
            raise SetUpError(f"{name} cannot be read; is this checkout complete?") from error

    def probe(self) -> "tuple[list[int], str, str | None] | None":
        """Start the Python of .venv: its version, site-packages, where it finds the package."""
        command = [str(self.python), "-I", "-c", PROBE]
        env = clean_environment(dict(os.environ))
        try:
            done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=True)
            version, site_packages, origin = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        return version, site_packages, origin

    def is_ours(self, origin: "str | None") -> bool:
        """Tell whether the package that .venv finds is the one of this checkout."""
        return origin is not None and Path(origin).resolve().parent == self.root / "metoo_research"

    @contextlib.contextmanager
    def alone(self):  # type: ignore[no-untyped-def] # Iterator[None] is not worth an import
        """Keep other run.py out; the operating system ends this when the process ends."""
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()  # of a link only the link: what it points to is not ours
        self.folder.mkdir(exist_ok=True)
        with self.lock.open("a", encoding="utf-8") as handle:
            waiting = False
            while not try_lock(handle.fileno()):
                if not waiting:
                    say("Waiting for another run.py that is setting up .venv ...")
                waiting = True
                time.sleep(0.3)
            # The installer inherits the lock: where this process is killed, it may still write.
            self.kept_open = () if os.name == "nt" else (handle.fileno(),)
            yield

    def set_up(self, cure: str, tests: bool) -> None:
        """Carry out a cure; only a finished one leaves the stamp behind."""
        self.stamp.unlink(missing_ok=True)
        self.log.write_text("", encoding="utf-8")
        if cure == "new":
            self.create()
        if cure != "package":
            lock = TEST_LOCK if tests else RUNTIME_LOCK
            self.install(f"installing {lock}", ["--require-hashes", "-r", lock])
        self.install(
            "installing the package itself",
            ["--no-deps", "--no-build-isolation", "--editable", "."],
        )
        found = self.probe()
        if found is None or not self.is_ours(found[2]):
            raise SetUpError("the package cannot be imported after its installation" + self.see_log())
        version, site_packages, _ = found
        # The test tools stay when only the package is installed anew.
        with_tests = tests or (Path(site_packages) / "pytest").is_dir()
        names = [RUNTIME_LOCK, *PACKAGE_FILES, *([TEST_LOCK] if with_tests else [])]
        stamp = {
            "root": str(self.root),
            "python": version,
            "files": {name: self.digest(name) for name in names},
            "site_packages": os.path.relpath(site_packages, self.folder),
            "contents": contents(Path(site_packages)),
        }
        unfinished = self.stamp.with_suffix(".tmp")
        unfinished.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        os.replace(unfinished, self.stamp)

    def create(self) -> None:
        """Make an empty .venv with the Python that runs this file."""
        for entry in list(self.folder.iterdir()):
            if entry in (self.lock, self.log):
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        # Inside a virtual environment, and be it this one, take the Python that made it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        command = [base, "-I", "-m", "venv", str(self.folder)]
        if importlib.util.find_spec("ensurepip") is None:
            if shutil.which("uv") is None:
                raise SetUpError(
                    "this Python cannot make virtual environments; on Debian and Ubuntu: "
                    "sudo apt install python3-venv, then the same command again"
                )
            command.insert(-1, "--without-pip")
        self.step("making the environment", [command])

    def install(self, what: str, arguments: list[str]) -> None:
        """Install with uv where it is on the path; with pip where it is not, or where it fails."""
        commands = []
        uv = shutil.which("uv")
        if uv is not None:
            options = ["--compile-bytecode", "--python", str(self.python)]
            commands.append([uv, "pip", "install", *options, *arguments])
        if uv is None or importlib.util.find_spec("ensurepip") is not None:
            options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
            commands.append([str(self.python), "-I", "-m", "pip", "install", *options, *arguments])
        self.step(what, commands)

    def step(self, what: str, commands: list[list[str]]) -> None:
        """Run the first of the commands that succeeds, its output in the log."""
        for command in commands:
            tool = " with uv" if command[1] == "pip" else " with pip" if "pip" in command else ""
            with self.log.open("ab") as log:
                log.write(f"\n$ {subprocess.list2cmdline(command)}\n".encode("utf-8", "replace"))
                log.flush()
                began = log.tell()
                if self.wait(f"  {what}{tool}", command, log) == 0:
                    return
        with self.log.open("rb") as log:
            log.seek(began)
            output = log.read().decode("utf-8", "replace")
        raise SetUpError(f"{what} failed: {likely_reason(output)}{self.see_log()}")

    def wait(self, message: str, command: list[str], log) -> int:  # type: ignore[no-untyped-def]
        """Run a command to its end and show, on a terminal, that time passes."""
        live = sys.stderr.isatty()
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=clean_environment(dict(os.environ)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=self.kept_open,
        )
        started = time.monotonic()
        if not live:
            say(message)
        try:
            while True:
                if live:
                    seconds = time.monotonic() - started
                    print(f"\r{message} ... {seconds:.0f} s", end="", file=sys.stderr, flush=True)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(1)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            if live:
                say("")

    def see_log(self) -> str:
        """Say where the installer's own words are."""
        try:
            log = os.path.relpath(self.log)
        except ValueError:  # another drive
            log = str(self.log)
        return f" (its own words are in {log}); the next call tries again"

    def job_environment(self) -> dict[str, str]:
        """Return the variables of an activated .venv, so that a notebook's `!pip` is its own."""
        env = clean_environment(dict(os.environ))
        env["VIRTUAL_ENV"] = str(self.folder)
        env["PATH"] = os.pathsep.join([str(self.python.parent), env.get("PATH", os.defpath)])
        return env


def run_job(
    command: list[str], *, cwd: "Path | None", env: dict[str, str], patience: "float | None" = 10
) -> int:
    """Run a command in this terminal and return its exit code.

    Ctrl-C reaches the command too; it gets `patience` seconds to end by itself. JupyterLab
    asks back and has no limit.
    """
    process = subprocess.Popen(command, cwd=cwd, env=env)
    interrupted = False
    try:
        while True:
            try:
                code = process.wait(patience if interrupted else None)
                break
            except KeyboardInterrupt:
                interrupted = True
            except subprocess.TimeoutExpired:
                process.terminate()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    if interrupted and code != 0:
        return 130
    return 128 - code if code < 0 else code  # ended by signal n: 128 + n, as a shell says it


def run_tests(environment: Environment, arguments: list[str]) -> int:
    """Run ruff, mypy and pytest, all of them, and return 1 if one fails; pytest's code first."""
    root, env = environment.root, environment.job_environment()
    python = str(environment.python)
    failed = []
    for name, arguments_of_check in CHECKS:
        print(f"== {name}", flush=True)
        if run_job([python, "-m", *arguments_of_check], cwd=root, env=env) != 0:
            failed.append(name)
    print("== pytest", flush=True)
    code = run_job([python, "-m", "pytest", *arguments], cwd=root, env=env)
    if failed:
        say(f"run.py test: failed: {', '.join(failed)}{' and pytest' if code else ''}")
    return code or int(bool(failed))


def unknown(command: str) -> str:
    """Say that there is no such command, and which one may be meant."""
    near = difflib.get_close_matches(command, COMMANDS, n=1)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    return f'run.py: no command "{command}"{guess} (python3 run.py --help lists them)'


def dispatch(root: Path, arguments: list[str]) -> int:
    """Carry out the command line and return the exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if command and command not in COMMANDS:
        say(unknown(command))
        return 2
    environment = Environment(root)
    environment.ready(tests=command == "test")
    if command == "setup":
        return 0
    if command == "test":
        return run_tests(environment, rest)
    job = [str(environment.python), "-P", "-m", "metoo_research"]
    env = environment.job_environment()
    if not command:
        return run_job([*job, "run", "seeds", "--out", "."], cwd=root, env=env)
    # Paths that the user typed start at the user's folder; `lab` alone means the notebooks here.
    cwd = root if arguments == ["lab"] else None
    return run_job([*job, *arguments], cwd=cwd, env=env, patience=None if command == "lab" else 10)


def main(arguments: list[str]) -> int:
    """Run, and turn what can go wrong in the set-up into one line and an exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started ends too
    try:
        return dispatch(Path(__file__).resolve().parent, arguments)
    except SetUpError as error:
        say(f"run.py: {error}")
        return 1
    except OSError as error:
        say(
            f"run.py: {error.strerror or error}: {error.filename or '.venv'}; close what uses .venv, "
            "see that this folder may be written, then the same command again"
        )
        return 1
    except KeyboardInterrupt:
        say("run.py: stopped; the next call goes on from there")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
