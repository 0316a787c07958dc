"""Kernels that start with their libraries loaded, for a run that needs several at once.

Most of what a notebook of ours costs is Python importing the same libraries once more. On
Linux a run therefore starts one process that imports them, and every kernel is a fork of it: a
process of its own, with a namespace, a folder and an environment of its own, that has run
nothing but imports. Elsewhere, and wherever this fails, kernels are Jupyter's ordinary ones;
the notebooks come out the same, byte for byte.

Nothing is registered with Jupyter: only who uses the class that `warm_kernels` gives is
concerned.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

#: What our notebooks load, and what that loads at its first use. Not tqdm.auto and ipywidgets:
#: they look for a running kernel when they are imported.
MODULES: Final = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell"),
    *("metoo_research.corpus", "metoo_research.limits", "metoo_research.shown"),
    "metoo_research.folders",
    *("metoo_research.words", "metoo_research.sentiment", "metoo_research.metrics"),
    *(
        "metoo_research.quotations",
        "metoo_research.charts",
        "metoo_research.export",
        "metoo_research.folders",
    ),
    *("nltk.tokenize.punkt", "vaderSentiment.vaderSentiment", "stopwords", "lxml.etree"),
    *("pyarrow.pandas_compat", "PIL.PngImagePlugin"),
    *(f"matplotlib.backends.backend_{kind}" for kind in ("agg", "svg", "pdf")),
)
# What ipykernel sets before a cell can load Matplotlib, which reads it once.
_PICTURES_IN_THE_NOTEBOOK: Final = "module://matplotlib_inline.backend_inline"
_LAUNCHER: Final = "ipykernel_launcher"
# Without the folder of the caller on the path, where a file may have the name of a library.
_SERVE: Final = """
import sys
if sys.path[0] == "":
    del sys.path[0]
from {0} import serve
serve(int(sys.argv[1]), sys.argv[2:])
"""


@contextmanager
def warm_kernels(
    modules: Sequence[str] = MODULES,
) -> Iterator[WarmKernels | None]:
    """Start the process that kernels are forked from, and end it with all of them.

    Parameters
    ----------
    modules
        What it imports. A module that cannot be imported is left to the cell that needs it.

    Returns
    -------
    Its `manager_class` is for nbclient; it may be used in several threads. None where kernels
    can only be ordinary ones.
    """
    kernels = WarmKernels.started(modules)
    try:
        yield kernels
    finally:
        if kernels is not None:
            kernels.close()


class WarmKernels:
    """The process that kernels are forked from, as the run sees it."""

    def __init__(self, process: subprocess.Popen[bytes], connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self._one_at_a_time = threading.Lock()
        self._has_forked = False
        self._closed = False

    @classmethod
    def started(cls, modules: Sequence[str]) -> WarmKernels | None:
        """Start the process; None where it cannot be used."""
        # Elsewhere a process that has loaded the system's libraries cannot be forked safely,
        # or not watched by one that is not its parent.
        if not (sys.platform == "linux" and hasattr(os, "pidfd_open")):
            return None
        from multiprocessing import Pipe

        ours, theirs = Pipe()
        command = [sys.executable, "-c", _SERVE.format(__name__), str(theirs.fileno())]
        try:
            # A session of its own: Ctrl-C in the terminal is for the run, which then ends it.
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*command, *modules],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # as the kernels' own
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except OSError:
            ours.close()
            return None
        finally:
            theirs.close()
        return cls(process, ours)

    def fork(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path) -> _Fork | None:
        """Start a kernel; None if that cannot be done."""
        if self._closed:  # the run was stopped: no kernel of another kind either
            raise RuntimeError("no kernels are started any more")
        try:
            with self._one_at_a_time:
                self._connection.send((list(arguments), dict(env), cwd))
                pid = self._connection.recv()
                self._has_forked = True
            return _Fork(pid) if pid else None
        except (OSError, EOFError, ValueError):
            return None

    def close(self) -> None:
        """End the process and the kernels that still run; start none any more."""
        self._closed = True
        if not self._has_forked:  # it may still be importing; nobody waits for that
            self._process.kill()
        self._connection.close()  # it reads the end, ends its kernels, and itself
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def manager_class(self) -> type[AsyncKernelManager]:
        """A kernel manager whose kernels are forks; a kernel of another kind is ordinary."""
        from jupyter_client.manager import AsyncKernelManager
        from jupyter_client.provisioning.local_provisioner import LocalProvisioner

        kernels = self

        class Provisioner(LocalProvisioner):
            async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
                fork = None
                arguments = _arguments_of_ours(cmd)
                if arguments is not None:
                    folder = Path(kwargs.get("cwd") or ".").absolute()
                    fork = kernels.fork(arguments, kwargs.get("env") or os.environ, folder)
                if fork is None:
                    return await super().launch_kernel(cmd, **kwargs)
                self.process = cast("subprocess.Popen[bytes]", fork)
                # It leads a group of its own, now or in a moment.
                self.pid = self.pgid = fork.pid
                self.cwd = kwargs.get("cwd")
                return self.connection_info

        class Manager(AsyncKernelManager):
            def __init__(self, **traits: Any) -> None:
                super().__init__(**traits)
                self.provisioner = Provisioner(parent=self, kernel_spec=self.kernel_spec)

        return Manager


def _arguments_of_ours(command: Sequence[str]) -> list[str] | None:
    """What is told to the kernel, if the command starts an IPython kernel on this Python."""
    if command[:3] != [sys.executable, "-m", _LAUNCHER]:
        return None
    return list(command[3:])


class _Fork:
    """A kernel that is no child of ours, watched through its file descriptor like a child.

    It has what the provisioner uses of `subprocess.Popen`.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._watched = os.pidfd_open(pid)
        self._ended = select.poll()
        self._ended.register(self._watched, select.POLLIN)

    def poll(self) -> int | None:
        """Give None while it runs; its exit code is for its parent to know."""
        return 0 if self._watched < 0 or self._ended.poll(0) else None

    def wait(self) -> int:
        if self._watched >= 0:
            self._ended.poll()
            os.close(self._watched)
            self._watched = -1
        return 0

    def send_signal(self, number: int) -> None:
        if self._watched >= 0:
            signal.pidfd_send_signal(self._watched, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def serve(handle: int, modules: Sequence[str]) -> None:
    """Import modules, then fork a kernel for each request, until the other side hangs up."""
    connection = Connection(handle)
    _import(modules)
    gc.freeze()  # or the first collection in each fork would copy all that is shared
    forks: set[int] = set()

    def reap(*_: object) -> None:
        """Leave no zombies; the time they used is then counted as ours."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                forks.discard(ended)

    signal.signal(signal.SIGCHLD, reap)
    while True:
        try:
            arguments, env, cwd = connection.recv()
        except (EOFError, OSError):
            break
        pid = os.fork()
        if pid == 0:
            connection.close()
            _become_kernel(arguments, env, cwd)
            return
        forks.add(pid)
        with suppress(OSError):  # nobody is there any more; the next turn will see it
            connection.send(pid)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in forks:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    for pid in forks:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _import(modules: Sequence[str]) -> None:
    """Import modules, without the threads that some of them start: only one survives a fork."""
    started_with = dict(os.environ)
    os.environ.setdefault("MPLBACKEND", _PICTURES_IN_THE_NOTEBOOK)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    for name in modules:
        with suppress(Exception):
            importlib.import_module(name)
    os.environ.clear()
    os.environ.update(started_with)


def _become_kernel(arguments: list[str], env: dict[str, str], cwd: Path) -> None:
    """Do what ``python -m ipykernel_launcher`` does, in a process as fresh as can be."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()  # Python's own generator does this by itself
    launcher = importlib.import_module(_LAUNCHER)
    sys.argv = [str(launcher.__file__), *arguments]
    kernelapp = importlib.import_module("ipykernel.kernelapp")
    kernelapp.launch_new_instance()
