#!/usr/bin/env python3
"""Set up .venv beside this file and run metoo_research in it. Standard library only.

The whole file must compile on Python 3.6 (no walrus, no match, no `from __future__`
annotations), and what stands before the version check must run there, so that an old
Python can say what is wrong.
"""

import difflib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

NEEDS: str = "run.py needs Python 3.11 or newer"  # Python 2 stops at this line and shows it

HELP = """\
usage: python3 run.py [COMMAND ...]

Every command first sets up .venv beside this file, where that is still to be done.

  (no command)          the main job on the five articles of seeds/: notebooks, tables,
                        figures and report, written into this folder
  lab [DIR]             JupyterLab on the notebooks
  run CORPUS --out DIR  the main job on other articles
  articles|passages|sentences|tokens|words|sentiment|metrics CORPUS [--output FILE]
                        one table, as .csv, .jsonl or .parquet
  test [ARG ...]        ruff, mypy and pytest; the arguments go to pytest
  setup                 the set-up alone

"python3 run.py COMMAND --help" says more about a command of the package.
"""


def too_old(version: "tuple[int, ...]", executable: str, newer: "str | None") -> str:
    """Say that this Python is too old and what to do, in one line."""
    if newer:
        way_out = f"there is a newer one on this machine: {newer} run.py"
    else:
        way_out = "install one (https://www.python.org/downloads/) and start run.py with it"
    this = ".".join(map(str, version))
    return f"{NEEDS}; this is {this} at {executable}; {way_out}"


def newer_python() -> "str | None":
    """Name a Python on the search path that is new enough and starts, or None."""
    for minor in range(19, 10, -1):
        name = f"python3.{minor}"
        found = shutil.which(name)
        # A version manager puts names on the path that do not start.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return name
    return None


if sys.version_info < (3, 11):  # noqa: UP036 - old Pythons do come here
    sys.exit(too_old(sys.version_info[:3], sys.executable, newer_python()))

from venv_setup import Environment, SetUpError, say  # noqa: E402 - newer syntax in there

PACKAGE_COMMANDS = [
    *("run", "articles", "passages", "sentences", "tokens", "words", "sentiment", "metrics"),
    "lab",
]
COMMANDS = [*PACKAGE_COMMANDS, "test", "setup"]

CHECKS = (
    ("ruff check", ["ruff", "check"]),
    ("ruff format", ["ruff", "format", "--check"]),
    ("mypy", ["mypy"]),
)


def run_job(
    command: list[str],
    *,
    cwd: Path | None,
    env: dict[str, str],
    patience: float | None = 10,
) -> int:
    """Run a command in this terminal and return its exit code.

    Ctrl-C reaches the command too; it gets ``patience`` seconds to end by itself. JupyterLab
    asks back first and has no limit.
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


# All tests on all cores; the tests of one file share what they set up.
WHOLE_SUITE = ["-n", "auto", "--dist", "loadfile"]


def run_tests(environment: Environment, arguments: list[str]) -> int:
    """Run ruff, mypy and pytest, whichever fails, and return 0 if none does.

    pytest comes last, so that its closing line is the last one where all is well.
    """
    python, root, env = (
        str(environment.python),
        environment.root,
        environment.job_variables(),
    )
    failed = []
    for name, check in CHECKS:
        say(f"== {name}")
        if run_job([python, "-m", *check], cwd=root, env=env) != 0:
            failed.append(name)
    say("== pytest")
    code = run_job([python, "-m", "pytest", *(arguments or WHOLE_SUITE)], cwd=root, env=env)
    if failed:
        say(f"run.py test: failed: {', '.join([*failed, *(['pytest'] if code else [])])}")
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
        sys.stdout.write(HELP)
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
    # -P: a file named like a library, in the user's folder, is not that library.
    job = [str(environment.python), "-P", "-m", "metoo_research"]
    env = environment.job_variables()
    if not command:
        return run_job([*job, "run", "seeds", "--out", "."], cwd=root, env=env)
    # What the user typed starts at the user's folder; `lab` alone means the notebooks here.
    cwd = root if arguments == ["lab"] else None
    patience = None if command == "lab" else 10
    return run_job([*job, *arguments], cwd=cwd, env=env, patience=patience)


def main(arguments: list[str]) -> int:
    """Run, and turn what can go wrong in the set-up into one line and an exit code."""
    # As an exception, so that what was started here ends as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return dispatch(Path(__file__).resolve().parent, arguments)
    except SetUpError as error:
        say(f"run.py: {error}")
        return 1
    except OSError as error:
        what = error.filename or os.fspath(".venv")
        say(
            f"run.py: {error.strerror or error}: {what}; close what uses .venv, see that this "
            "folder may be written, then give the same command again"
        )
        return 1
    except KeyboardInterrupt:
        say("run.py: stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
