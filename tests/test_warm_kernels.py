"""Kernels forked from a process with the libraries loaded do what ordinary kernels do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from metoo_research.notebook_runner import NotebookError, execute_notebook
from metoo_research.warm_kernels import WarmKernels, warm_kernels

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(os, "pidfd_open"), reason="forks on Linux only"
)
MODULES = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "numpy.random")

Run = Callable[..., str]


@pytest.fixture(scope="module")
def kernels() -> Iterator[WarmKernels]:
    with warm_kernels(MODULES) as kernels:
        assert kernels is not None
        yield kernels


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of these cells."""

    def write(*cells: str, name: str = "1_a.ipynb") -> Path:
        made = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        for number, cell in enumerate(made.cells):
            cell.id = f"cell-{number}"
        path = tmp_path / name
        nbformat.write(made, path)
        return path

    return write


@pytest.fixture
def printed(kernels: WarmKernels, notebook: Callable[..., Path], tmp_path: Path) -> Run:
    """Execute these cells in a forked kernel and give what they print."""

    def run(*cells: str) -> str:
        target = tmp_path / "out" / "1_a.ipynb"
        execute_notebook(notebook(*cells), target, kernels=kernels)
        outputs = [one for cell in nbformat.read(target, 4).cells for one in cell.outputs]
        return "".join(one.get("text", "") for one in outputs)

    return run


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(pid)


EVERY_KIND_OF_OUTPUT = (
    "import sys, os\nprint('out'); print('error', file=sys.stderr)",
    "1 + 1",
    "!echo from a program",
    "import pandas as pd\npd.DataFrame({'a': [1.5]})",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>b</b>'))",
    "import matplotlib\nmatplotlib.rcParams['backend']",
    "sys.argv[0], len(sys.argv), sys.argv[1]",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
    "import warnings\nsorted(map(str, warnings.filters))",
    "__name__, sys.path, type(get_ipython()), os.getcwd()",
    "import tqdm.auto\ntqdm.auto.tqdm.__module__",
)


def test_a_notebook_comes_out_byte_for_byte_as_from_an_ordinary_kernel(
    notebook: Callable[..., Path], tmp_path: Path
) -> None:
    source = notebook(*EVERY_KIND_OF_OUTPUT)
    execute_notebook(source, tmp_path / "ordinary.ipynb")
    with warm_kernels() as kernels:  # with all that a run preloads
        execute_notebook(source, tmp_path / "forked.ipynb", kernels=kernels)
    assert (tmp_path / "forked.ipynb").read_bytes() == (
        tmp_path / "ordinary.ipynb"
    ).read_bytes()


@pytest.mark.parametrize("name", ["00_start_here", "01_articles"])
def test_our_notebooks_come_out_the_same(tmp_path: Path, name: str, seeds: Path) -> None:
    source = Path(__file__).parents[1] / "notebooks" / f"{name}.ipynb"
    told = {"CORPUS": str(seeds), "OUT": ".."}
    made = {}
    with warm_kernels() as kernels:
        for way, used in (("ordinary", None), ("forked", kernels)):
            target = tmp_path / way / "notebooks" / source.name
            execute_notebook(source, target, parameters=told, kernels=used)
            made[way] = {
                path.relative_to(tmp_path / way).as_posix(): path.read_bytes()
                for path in sorted((tmp_path / way).rglob("*.*"))
            }
    assert len(made["forked"]) > 5
    assert made["forked"] == made["ordinary"]


def test_one_kernel_leaves_nothing_to_the_next(printed: Run) -> None:
    assert printed("x = 1\nimport os, math; os.environ['LEFT'] = '1'; math.left = 1") == ""
    assert printed(
        "import os, math; print('x' in globals(), 'LEFT' in os.environ, hasattr(math, 'left'))"
    ) == ("False False False\n")


def test_random_numbers_differ_from_kernel_to_kernel(printed: Run) -> None:
    cell = "import random, numpy; print(random.random(), numpy.random.random())"
    first, second = printed(cell).split(), printed(cell).split()
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_kernel_has_the_environment_and_the_folder_of_its_notebook(
    printed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_SINCE_THE_START", "yes")
    told = printed("import os; print(os.environ['SET_SINCE_THE_START'], os.getcwd())")
    assert told == f"yes {(tmp_path / 'out').resolve()}\n"


def test_settings_of_the_start_are_not_left_in_the_environment(printed: Run) -> None:
    told = printed("import os; print('OPENBLAS_NUM_THREADS' in os.environ)")
    assert told == f"{'OPENBLAS_NUM_THREADS' in os.environ}\n"


def test_a_kernel_that_ends_is_no_zombie(printed: Run) -> None:
    assert gone(int(printed("import os; print(os.getpid())")))
    parent = int(printed("import os; print(os.getppid())"))
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    assert [child for child in children if not gone(int(child))] == []


def test_a_kernel_that_dies_is_told(
    kernels: WarmKernels, notebook: Callable[..., Path], tmp_path: Path
) -> None:
    deadly = notebook("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(NotebookError, match=r"1_a\.ipynb: its Python stopped"):
        execute_notebook(deadly, tmp_path / "out" / "1_a.ipynb", kernels=kernels)


def test_where_the_process_has_died_kernels_are_ordinary(
    notebook: Callable[..., Path], tmp_path: Path
) -> None:
    deadly = notebook("import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    with warm_kernels(MODULES) as kernels:
        with suppress(NotebookError):  # the kernel follows it within a second
            execute_notebook(deadly, tmp_path / "deadly.ipynb", kernels=kernels)
        execute_notebook(notebook("print(1)"), tmp_path / "done.ipynb", kernels=kernels)
    assert nbformat.read(tmp_path / "done.ipynb", 4).cells[0].outputs[0].text == "1\n"


def test_once_closed_it_starts_no_kernel_of_any_kind(
    notebook: Callable[..., Path], tmp_path: Path
) -> None:
    with warm_kernels(MODULES) as kernels:
        pass
    with pytest.raises(RuntimeError, match="no kernels are started any more"):
        execute_notebook(notebook("print(1)"), tmp_path / "done.ipynb", kernels=kernels)


def test_a_module_that_cannot_be_imported_is_left_to_the_cell_that_needs_it(
    notebook: Callable[..., Path], tmp_path: Path
) -> None:
    with warm_kernels((*MODULES, "no_such_module_here")) as kernels:
        execute_notebook(notebook("print(1)"), tmp_path / "done.ipynb", kernels=kernels)
        with pytest.raises(NotebookError, match="ModuleNotFoundError"):
            execute_notebook(
                notebook("import no_such_module_here"), tmp_path / "x.ipynb", kernels=kernels
            )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_whatever_ends_the_run_ends_its_kernels(
    notebook: Callable[..., Path], tmp_path: Path, number: signal.Signals
) -> None:
    pids = tmp_path / "pids"
    source = notebook(
        "import os, time\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}.')\n"
        "time.sleep(120)"
    )
    code = (
        "from pathlib import Path\n"
        "from metoo_research.warm_kernels import warm_kernels\n"
        "from metoo_research.notebook_runner import execute_notebook\n"
        f"with warm_kernels({MODULES!r}) as kernels:\n"
        f"    execute_notebook(Path({str(source)!r}), Path({str(tmp_path / 'x.ipynb')!r}), "
        "kernels=kernels)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        until = time.monotonic() + 60
        while not (pids.is_file() and pids.read_text().endswith(".")):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        os.killpg(process.pid, number)
        process.wait(timeout=30)
    for pid in pids.read_text().rstrip(".").split():
        assert gone(int(pid))
