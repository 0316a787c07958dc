"""A notebook runs also where other programs take what Jupyter has chosen for its kernel."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.connect import LocalPortCache
from nbformat.v4 import new_code_cell, new_notebook

from metoo_research.notebook_runner import NotebookError, execute_notebook
from metoo_research.warm_kernels import warm_kernels

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell")
# Of each kernel: shell, output, input, heartbeat and control.
PORTS_OF_A_KERNEL = 5


class Ports:
    """What Jupyter is given when it looks for free ports."""

    def __init__(self, taken: int) -> None:
        self.taken = taken
        self.given = 0
        self.taken_given = 0
        self._find = LocalPortCache.find_available_port

    def find(self, cache: LocalPortCache, ip: str) -> int:
        self.given += 1
        if self.taken_given:
            self.taken_given -= 1
            return self.taken
        return self._find(cache, ip)


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ports]:
    with socket.create_server(("127.0.0.1", 0)) as another_program:
        ports = Ports(taken=another_program.getsockname()[1])
        monkeypatch.setattr(
            LocalPortCache, "find_available_port", lambda cache, ip: ports.find(cache, ip)
        )
        yield ports


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    made = new_notebook(cells=[new_code_cell("print(6 * 7)", id="cell")])
    nbformat.write(made, tmp_path / "1_a.ipynb")
    return tmp_path / "1_a.ipynb"


def printed(executed: Path) -> str:
    return str(nbformat.read(executed, as_version=4).cells[0].outputs[0].text)


@pytest.mark.parametrize("forked", [False, True])
def test_a_kernel_whose_port_is_taken_is_followed_by_one_with_other_ports(
    notebook: Path, ports: Ports, capfd: pytest.CaptureFixture[str], *, forked: bool
) -> None:
    ports.taken_given = 1
    with warm_kernels(KERNEL) as kernels:
        execute_notebook(notebook, notebook, kernels=kernels if forked else None)
    assert printed(notebook) == "42\n"
    assert ports.given == 2 * PORTS_OF_A_KERNEL
    assert capfd.readouterr().err == ""


def test_a_kernel_that_never_starts_is_told_with_the_way_out(
    notebook: Path, ports: Ports
) -> None:
    before = notebook.read_bytes()
    ports.taken_given = 100
    with pytest.raises(NotebookError) as told:
        execute_notebook(notebook, notebook)
    assert str(told.value).startswith("1_a.ipynb: its Python did not start, in 3 attempts (")
    assert "ipykernel_launcher" in str(told.value)
    assert ports.given == 3 * PORTS_OF_A_KERNEL
    assert notebook.read_bytes() == before
