"""run.py: what it says, what it starts, and how .venv is set up, checked and repaired."""

import ast
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import run
import venv_setup
from venv_setup import Environment, Problem, SetUpError

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="signals and process groups of POSIX")


# --- Too old a Python


def test_an_old_python_gets_one_line_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "run.py"))
    line = str(stopped.value)
    assert line.startswith("run.py needs Python 3.11 or newer; this is 3.8.18 at ")
    assert "\n" not in line


def test_where_no_newer_python_is_at_hand_the_line_says_where_to_get_one() -> None:
    line = run.too_old((3, 6, 15), "/usr/bin/python3", None)
    assert line == (
        "run.py needs Python 3.11 or newer; this is 3.6.15 at /usr/bin/python3; "
        "install one (https://www.python.org/downloads/) and start run.py with it"
    )


def test_where_a_newer_python_is_at_hand_the_line_names_it() -> None:
    line = run.too_old((3, 8, 18), "python3", "python3.12")
    assert line.endswith("; there is a newer one on this machine: python3.12 run.py")


def test_run_py_compiles_on_python_3_7() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_first_thing_python_2_does_not_understand_says_what_is_needed() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    new_syntax = [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign | ast.JoinedStr)
        or (isinstance(node, ast.arg) and node.annotation is not None)
    ]
    first = source.splitlines()[min(new_syntax) - 1]
    assert "run.py needs Python 3.11 or newer" in first  # Python 2 prints this line
    assert source.isascii()  # or Python 2 stops before it


# --- Commands


class Started:
    """The commands that run.py would have started, with the folder of each."""

    def __init__(self) -> None:
        self.commands: list[tuple[list[str], Path | None]] = []
        self.code = {"ruff": 0, "mypy": 0, "pytest": 0, "metoo_research": 0}

    def __call__(
        self,
        command: list[str],
        *,
        cwd: Path | None,
        env: dict[str, str],
        patience: float | None = 10,
    ) -> int:
        words = command[command.index("-m") + 1 :]
        self.commands.append((words, cwd))
        return self.code[words[0]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()
    monkeypatch.setattr(run, "run_job", started)
    monkeypatch.setattr(Environment, "ready", lambda self, tests: None)
    return started


def test_without_a_command_the_main_job_runs_on_the_seeds(started: Started) -> None:
    run.dispatch(ROOT, [])
    assert started.commands == [(["metoo_research", "run", "seeds", "--out", "."], ROOT)]


@pytest.mark.parametrize("command", run.PACKAGE_COMMANDS)
def test_a_command_of_the_package_is_passed_on_from_the_users_folder(
    started: Started, command: str
) -> None:
    run.dispatch(ROOT, [command, "my articles", "--output", "x.csv"])
    assert started.commands == [
        (["metoo_research", command, "my articles", "--output", "x.csv"], None)
    ]


def test_lab_alone_opens_the_notebooks_of_the_checkout(started: Started) -> None:
    run.dispatch(ROOT, ["lab"])
    assert started.commands == [(["metoo_research", "lab"], ROOT)]


def test_the_exit_code_of_a_command_is_passed_on(started: Started) -> None:
    started.code["metoo_research"] = 2
    assert run.dispatch(ROOT, ["metrics", "no such folder"]) == 2


def test_an_unknown_command_gets_a_suggestion_and_starts_nothing(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.dispatch(ROOT, ["metric"]) == 2
    assert capsys.readouterr().err == (
        'run.py: no command "metric"; did you mean "metrics"? '
        "(python3 run.py --help lists them)\n"
    )
    assert started.commands == []


def test_help_lists_every_command(started: Started, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.dispatch(ROOT, ["--help"]) == 0
    text = capsys.readouterr().out
    assert [command for command in run.COMMANDS if command not in text] == []
    assert started.commands == []


def test_test_gives_its_arguments_to_pytest_which_comes_last(started: Started) -> None:
    assert run.dispatch(ROOT, ["test", "-k", "offsets"]) == 0
    assert [words[0] for words, _ in started.commands] == ["ruff", "ruff", "mypy", "pytest"]
    assert started.commands[-1] == (["pytest", "-k", "offsets"], ROOT)


def test_a_failing_check_stops_no_other_and_is_named_at_the_end(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    started.code["mypy"] = 1
    assert run.dispatch(ROOT, ["test"]) == 1
    assert started.commands[-1][0] == ["pytest", *run.WHOLE_SUITE]
    assert capsys.readouterr().err.endswith("run.py test: failed: mypy\n")


def test_pytests_closing_line_stays_last_where_only_pytest_fails(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    started.code["pytest"] = 5  # no test was run: not a success either
    assert run.dispatch(ROOT, ["test"]) == 5
    assert capsys.readouterr().err.endswith("== pytest\n")


# --- Running a job


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_job_runs_in_its_folder_and_its_exit_code_comes_back(tmp_path: Path) -> None:
    code = "import pathlib; raise SystemExit(7 if pathlib.Path('mark').exists() else 1)"
    (tmp_path / "mark").touch()
    assert run.run_job(python(code), cwd=tmp_path, env=dict(os.environ)) == 7


@posix
def test_a_job_ended_by_a_signal_gives_128_and_its_number() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run.run_job(python(code), cwd=None, env=dict(os.environ)) == 128 + 9


@posix
def test_ctrl_c_ends_job_and_run_py_with_130_and_without_a_traceback_of_run_py() -> None:
    job = "import signal, time; signal.signal(2, signal.SIG_DFL); print('up'); time.sleep(60)"
    code = (
        "import os, sys, run\n"
        f"job = [sys.executable, '-uc', {job!r}]\n"
        "sys.exit(run.run_job(job, cwd=None, env=dict(os.environ)))"
    )
    with subprocess.Popen(
        python(code),
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, b"")


def test_variables_that_lead_another_python_astray_are_left_out() -> None:
    caller = {"PYTHONHOME": "x", "PYTHONPATH": "x", "PIP_TARGET": "x", "HTTPS_PROXY": "kept"}
    assert venv_setup.clean_variables(caller) == {"HTTPS_PROXY": "kept"}


# --- The state of .venv


class FakeInstall(Environment):
    """An environment whose installers write one small library and the path to the package."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.steps: list[str] = []

    def step(self, what: str, commands: dict[str, list[str]]) -> None:
        self.steps.append(what)
        if what == "making the environment":
            venv.create(self.folder, symlinks=os.name != "nt")
            return
        probe = self.probe()
        assert probe is not None
        site_packages = Path(probe.site_packages)
        if what == "installing the package itself":
            (site_packages / "package.pth").write_text(f"{self.root}\n", encoding="utf-8")
            return
        (site_packages / "library").mkdir(exist_ok=True)
        (site_packages / "library" / "__init__.py").touch()
        (site_packages / "library-1.0.dist-info").mkdir(exist_ok=True)
        (site_packages / "library-1.0.dist-info" / "RECORD").touch()

    def site_packages(self) -> Path:
        return self.folder / str(self.read_stamp()["site_packages"])


@pytest.fixture
def environment(tmp_path: Path) -> FakeInstall:
    """A small checkout, not yet set up."""
    root = tmp_path / "checkout"
    package = root / "metoo_research"
    package.mkdir(parents=True)
    for path in ("__init__.py", "_version.py"):
        (package / path).touch()
    for name in ("pyproject.toml", venv_setup.RUNTIME_LOCK, venv_setup.TEST_LOCK):
        (root / name).touch()
    return FakeInstall(root.resolve())


@pytest.fixture
def ready(environment: FakeInstall) -> FakeInstall:
    """The same, set up without test tools."""
    environment.ready(tests=False)
    environment.steps.clear()
    return environment


def test_a_first_call_makes_the_environment_and_installs_lock_and_package(
    environment: FakeInstall,
) -> None:
    environment.ready(tests=False)
    assert environment.steps == [
        "making the environment",
        "installing requirements.lock",
        "installing the package itself",
    ]


def test_a_second_call_does_nothing_and_says_nothing(
    ready: FakeInstall, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    ready.ready(tests=False)
    assert ready.steps == []
    assert capsys.readouterr().err == ""


def test_for_the_tests_only_their_tools_are_added(ready: FakeInstall) -> None:
    ready.ready(tests=True)
    assert ready.steps == ["installing requirements-test.lock", "installing the package itself"]


def test_after_the_tests_the_main_job_needs_no_set_up(ready: FakeInstall) -> None:
    ready.ready(tests=True)
    assert ready.diagnose(tests=False) is None


def test_after_a_new_version_number_only_the_package_is_installed_anew(
    ready: FakeInstall,
) -> None:
    ready.ready(tests=True)
    ready.steps.clear()
    (ready.root / "metoo_research" / "_version.py").write_text('__version__ = "2"\n')
    ready.ready(tests=False)
    assert ready.steps == ["installing the package itself"]
    assert ready.diagnose(tests=True) is None  # the test tools are still known


def lose_stamp(environment: FakeInstall) -> None:
    environment.stamp.unlink()


def cut_stamp(environment: FakeInstall) -> None:
    environment.stamp.write_text('{"root": "', encoding="utf-8")


def change_lock(environment: FakeInstall) -> None:
    (environment.root / venv_setup.RUNTIME_LOCK).write_text("# newer\n", encoding="utf-8")


def lose_dist_info(environment: FakeInstall) -> None:
    shutil.rmtree(environment.site_packages() / "library-1.0.dist-info")


def empty_a_library(environment: FakeInstall) -> None:
    (environment.site_packages() / "library" / "__init__.py").unlink()


def replace_python(environment: FakeInstall) -> None:
    environment.python.unlink()
    environment.python.write_bytes(b"not a program")


def lose_pyvenv_cfg(environment: FakeInstall) -> None:
    (environment.folder / "pyvenv.cfg").unlink()


def set_other_version(environment: FakeInstall) -> None:
    stamp = environment.read_stamp() | {"python": [3, 10]}
    environment.stamp.write_text(json.dumps(stamp), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lose_stamp, "the last set-up was not finished"),
        (cut_stamp, "the last set-up was not finished"),
        (change_lock, "requirements.lock has changed"),
        (lose_dist_info, "library-1.0.dist-info in it is gone or damaged"),
        (empty_a_library, "library in it is gone or damaged"),
        (replace_python, "its Python does not start, or not in it"),
        (lose_pyvenv_cfg, "its Python does not start, or not in it"),
        (set_other_version, "it was made by Python 3.10, this is {}.{}"),
    ],
)
def test_a_broken_environment_is_named_and_made_anew_in_the_same_call(
    ready: FakeInstall, harm: Callable[[FakeInstall], None], why: str
) -> None:
    harm(ready)
    why = why.format(*sys.version_info)
    assert ready.diagnose(tests=False) == Problem("new", why)
    ready.ready(tests=False)
    assert ready.steps[0] == "making the environment"
    assert ready.diagnose(tests=False) is None


def test_a_copied_or_moved_checkout_gets_its_own_environment(
    ready: FakeInstall, tmp_path: Path
) -> None:
    ready.root.rename(tmp_path / "elsewhere")
    moved = FakeInstall(tmp_path / "elsewhere")
    assert moved.diagnose(tests=False) == Problem("new", "this folder was moved or copied")
    moved.ready(tests=False)
    assert moved.diagnose(tests=False) is None


def test_an_environment_that_does_not_find_the_package_gets_it_again(
    ready: FakeInstall,
) -> None:
    (ready.site_packages() / "package.pth").write_text("elsewhere\n", encoding="utf-8")
    assert ready.diagnose(tests=False) == Problem("package", "it does not find this package")
    ready.ready(tests=False)
    assert ready.diagnose(tests=False) is None


def test_a_file_in_the_place_of_the_environment_is_replaced(environment: FakeInstall) -> None:
    environment.folder.touch()
    environment.ready(tests=False)
    assert environment.diagnose(tests=False) is None


@posix
def test_a_link_in_the_place_of_the_environment_goes_but_not_what_it_leads_to(
    environment: FakeInstall, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine").touch()
    environment.folder.symlink_to(other)
    environment.ready(tests=False)
    assert environment.diagnose(tests=False) is None
    assert [path.name for path in other.iterdir()] == ["mine"]


def test_an_interrupted_installation_does_not_count_as_done(
    environment: FakeInstall, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_step = environment.step

    def step(what: str, commands: dict[str, list[str]]) -> None:
        whole_step(what, commands)
        if what == "installing requirements.lock":
            raise KeyboardInterrupt

    monkeypatch.setattr(environment, "step", step)
    with pytest.raises(KeyboardInterrupt):
        environment.ready(tests=False)
    assert environment.diagnose(tests=False) == Problem(
        "new", "the last set-up was not finished"
    )


def test_a_checkout_without_its_lock_is_named(ready: FakeInstall) -> None:
    (ready.root / venv_setup.RUNTIME_LOCK).unlink()
    with pytest.raises(SetUpError, match=r"requirements\.lock is missing; this checkout"):
        ready.diagnose(tests=False)


def test_a_python_that_cannot_make_environments_is_told_how(
    environment: FakeInstall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)  # Debian's python3
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SetUpError, match="sudo apt install python3-venv"):
        environment.ready(tests=False)


# --- Installers


@contextmanager
def log_of(environment: Environment) -> Iterator[list[str]]:
    """Give the lines of the log after the block."""
    environment.folder.mkdir()
    lines: list[str] = []
    yield lines
    lines += environment.log.read_text(encoding="utf-8").splitlines()


def test_a_failing_installer_leaves_its_words_in_the_log_and_one_line(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    command = python("print('Failed to establish a new connection'); raise SystemExit(1)")
    with log_of(environment) as log, pytest.raises(SetUpError) as error:
        environment.step("installing requirements.lock", {" with pip": command})
    assert log[-1] == "Failed to establish a new connection"
    assert str(error.value) == (
        "installing requirements.lock failed: no connection to the package index; check the "
        f"network (details: {os.path.relpath(environment.log)})"
    )


def test_where_uv_fails_pip_is_tried(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    with log_of(environment) as log:
        commands = {
            " with uv": python("print('no'); raise SystemExit(2)"),
            " with pip": python("print('yes')"),
        }
        environment.step("installing", commands)
    assert [line for line in log if not line.startswith("$")] == ["no", "yes"]


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("error: client error (Connect): dns error", "no connection to the package index"),
        ("connection broken by 'ProxyError(", "the proxy refused"),
        ("(SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED)", "certificate is not trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the file in the lock"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: Failed building wheel for x", "no ready build for this Python"),
        ("something new", "the installer gave up"),
    ],
)
def test_the_likely_reason_is_read_from_what_the_installer_wrote(
    output: str, reason: str
) -> None:
    assert reason in venv_setup.likely_reason(output)


# --- Two at a time


def is_locked(environment: Environment) -> bool:
    with environment.lock.open("ab") as handle:
        return not venv_setup.try_lock(handle.fileno())


def test_only_one_sets_up_at_a_time(environment: FakeInstall) -> None:
    with environment.alone():
        assert is_locked(environment)
    assert not is_locked(environment)


@posix
def test_an_installer_that_outlives_a_killed_run_py_keeps_the_lock(
    environment: FakeInstall,
) -> None:
    installer = "import time; print('up', flush=True); time.sleep(1.5)"
    code = (
        "import sys, pathlib, venv_setup\n"
        "environment = venv_setup.Environment(pathlib.Path(sys.argv[1]))\n"
        "with environment.alone():\n"
        f"    environment.wait('', [sys.executable, '-c', {installer!r}], 1)\n"
    )
    with subprocess.Popen(
        [*python(code), str(environment.root)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        process.kill()
        process.wait()
        assert is_locked(environment)
        process.stdout.read()  # until the installer ends
    assert not is_locked(environment)


# --- The whole set-up, with the real installers


LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis")


class Checkout:
    """A copy of this checkout under a name with spaces and letters beyond ASCII."""

    def __init__(self, parent: Path) -> None:
        self.root = parent / "Müller & Söhne résumé"
        shutil.copytree(ROOT, self.root, ignore=LEFT_OUT)
        self.git("init", "--quiet")
        self.git("add", "--all")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=self.root,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout

    def setup(self) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.root / "run.py"), "setup"]
        return subprocess.run(
            command, cwd=self.root.parent, capture_output=True, encoding="utf-8", check=False
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    first = checkout.setup()
    assert first.returncode == 0, first.stderr
    assert first.stderr.startswith("Setting up .venv (once, a minute or two) ...\n")
    yield checkout
    shutil.rmtree(checkout.root)  # 700 MB, of which pytest would keep three


def test_a_real_second_call_sets_nothing_up(checkout: Checkout) -> None:
    second = checkout.setup()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_a_real_set_up_leaves_nothing_for_git(checkout: Checkout) -> None:
    assert checkout.git("ls-files", "--others", "--exclude-standard") == ""
    assert checkout.git("diff", "--name-only") == ""


def test_a_real_set_up_finds_the_package_from_any_folder(
    checkout: Checkout, tmp_path: Path
) -> None:
    code = "import metoo_research; print(ascii(metoo_research.__file__))"
    command = [str(Environment(checkout.root).python), "-c", code]
    env = venv_setup.clean_variables(dict(os.environ))
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    found = Path(ast.literal_eval(done.stdout))
    assert found == checkout.root / "metoo_research" / "__init__.py"
