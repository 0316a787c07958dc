"""Executing the notebooks: same input, same bytes.

Nothing of the machine gets into the file: no clock time, no Python version, no path.
"""

from __future__ import annotations

import asyncio
import atexit
import importlib
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from metoo_research import errors
from metoo_research.errors import MetooResearchError

if TYPE_CHECKING:
    from nbclient import NotebookClient

    from metoo_research.warm_kernels import WarmKernels

_STARTS: Final = 3
# What nbclient logs it raises too; a start that the next one makes good is not for the user.
_LOG: Final = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


class NotebookError(MetooResearchError):
    """A cell of a notebook failed; the message names the notebook and the error."""


def notebook_files(folder: Path) -> list[Path]:
    """Give the notebooks of a folder in reading order.

    Raises
    ------
    NotebookError
        If the folder holds none.
    """
    found = sorted(folder.glob("[0-9]*.ipynb"))
    if not found:
        raise NotebookError(f"{folder}: no notebooks in it; install the package again")
    return found


def execute_notebook(
    source: Path,
    target: Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    kernels: WarmKernels | None = None,
) -> None:
    """Run a notebook from top to bottom and write it with its outputs.

    Parameters
    ----------
    source
        The notebook; outputs it holds are not used.
    target
        Where the executed notebook goes; it may be ``source`` itself. It is written whole
        or not at all. Cells run in its folder.
    parameters
        Values for the cell tagged ``parameters``, put into a cell behind it. None or empty:
        the notebook's own.
    kernels
        From :func:`~metoo_research.warm_kernels.warm_kernels`. None: an ordinary kernel; the
        file comes out the same.

    Raises
    ------
    NotebookError
        If a cell fails, or its Python does not start.
    ExportError
        If the file cannot be written.
    """
    _import_nbformat()
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    from metoo_research.write import make_folder, replace_file

    notebook = (
        _with_parameters(source, dict(parameters))
        if parameters
        else nbformat.read(source, as_version=4)
    )
    make_folder(target.parent)
    managed: dict[str, Any] = (
        {} if kernels is None else {"kernel_manager_class": kernels.manager_class}
    )
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        record_timing=False,
        log=_LOG,
        shutdown_kernel="immediate",  # all it made is here; waiting for its good-bye takes time
        resources={"metadata": {"path": str(target.parent)}},
        **managed,
    )
    try:
        # A loop of its own, which is closed at the end: notebooks run in several threads.
        asyncio.run(_execute(client))
    except CellExecutionError as error:
        # An error of ours says all there is to say; of others the kind is half of it.
        kind = "" if hasattr(errors, error.ename) else f"{error.ename}: "
        raise NotebookError(f"{source.name}: {kind}{error.evalue}") from error
    except DeadKernelError as error:
        raise NotebookError(
            f"{source.name}: its Python stopped (out of memory?); try fewer articles"
        ) from error
    except _NotStartedError as error:
        raise NotebookError(
            f"{source.name}: its Python did not start, in {_STARTS} attempts ({error}); "
            "close other programs and try again; what "
            f"`{Path(sys.executable).name} -m ipykernel_launcher` prints may tell more"
        ) from error
    finally:
        # nbclient would clean up again when Python ends, and fail where a kernel was stopped.
        atexit.unregister(client._cleanup_kernel)
    _clean(notebook)
    replace_file(target, (nbformat.writes(notebook, indent=1) + "\n").encode("utf-8"))


class _NotStartedError(Exception):
    """A kernel ended, or said nothing, each time it was started."""


async def _execute(client: NotebookClient) -> None:
    """Start a kernel and run all cells.

    Jupyter chooses free ports for a kernel before there is one to take them. Another program
    may be quicker, and the kernel ends at once; the next one is given other ports.
    """
    for left in reversed(range(_STARTS)):
        client.create_kernel_manager()
        # The kernel's own warnings are not for the user; its errors come as cell errors.
        await client.async_start_new_kernel(stderr=subprocess.DEVNULL)
        try:
            await client.async_start_new_kernel_client()
            break
        except RuntimeError as error:
            if not left:
                raise _NotStartedError(str(error)) from error
    await client.async_execute()


def _import_nbformat() -> None:
    """Import nbformat without a checker of addresses that takes a second to be built.

    nbformat loads jsonschema, which loads a checker for each format that the JSON schemas of
    this world name, if it is installed. That of a notebook names none of addresses.
    """
    slow = "rfc3987_syntax"
    if slow in sys.modules:
        return
    sys.modules[slow] = None  # type: ignore[assignment]  # "there is no such module"
    try:
        importlib.import_module("nbformat")
    finally:
        sys.modules.pop(slow, None)  # another thread may have been here


def _with_parameters(source: Path, parameters: dict[str, Any]) -> Any:
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    filled = parameterize_notebook(load_notebook_node(str(source)), parameters)
    for cell in filled.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill's own is random
    return filled


def _clean(notebook: Any) -> None:
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": tags} if tags else {}
