"""Replacing files: whole or not at all, one or several that belong together."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from metoo_research.errors import ExportError

_T = TypeVar("_T")
_WAY_OUT: Final = {
    errno.ENOSPC: "free some space there",
    errno.EDQUOT: "free some space there",
    errno.EACCES: "choose a folder that you may write to",
    errno.EPERM: "choose a folder that you may write to",
    errno.EROFS: "choose a folder that you may write to",
    **dict.fromkeys(
        (errno.EEXIST, errno.ENOTDIR), "name a folder; this is a file, or lies in one"
    ),
}


def output_path(path: str | os.PathLike[str]) -> Path:
    """Give the path to write to.

    Raises
    ------
    ExportError
        If it is an empty text: that would be the current folder, which nobody has named.
    """
    if not os.fspath(path).strip():
        raise ExportError("the path to write to is empty (a variable that is not set?)")
    return Path(path)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, unless it is there.

    Raises
    ------
    ExportError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made ({error.strerror or error})") from error


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole, in place of one that may be there.

    Raises
    ------
    ExportError
        If it cannot be written; a file that was there is then still the old one.
    """
    with replacing(Path(path)) as partial:
        partial.write_bytes(content)


def remove_file(path: Path) -> None:
    """Remove a file that may not be there.

    Raises
    ------
    ExportError
        If it cannot be removed: on Windows, a file that is open elsewhere.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{path}: cannot be replaced ({error.strerror or error})") from error


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together: all of them, or none.

    Raises
    ------
    ExportError
        If one cannot be written; all files that were there are then still the old ones.
    """
    work = folder / f".{secrets.token_hex(6)}.tmp"
    new, old = work / "new", work / "old"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.mkdir(parents=True)
        old.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        # All old files are kept before the first is replaced: on a full disk there is room
        # for a change of names, but none for bringing back their content.
        for name in files:
            if (folder / name).is_file():
                _keep(folder / name, old / name)
        _swap(folder, new, old, list(files))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _keep(path: Path, kept: Path) -> None:
    """Give a file a second name, or copy it where the file system knows no second names."""
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)


def _swap(folder: Path, new: Path, old: Path, names: list[str]) -> None:
    """Move the new files over the old ones; if one cannot be moved, bring the old ones back."""
    moved: list[str] = []
    try:
        for name in names:
            _move(new / name, folder / name)
            moved.append(name)
    except BaseException:  # Ctrl-C too
        for name in moved:
            with suppress(OSError):
                if (old / name).is_file():
                    _move(old / name, folder / name)
                else:
                    (folder / name).unlink(missing_ok=True)
        raise


def _move(path: Path, target: Path) -> None:
    _patiently(lambda: path.replace(target))


def read_patiently(path: Path) -> bytes:
    """Read a file that another process may be replacing."""
    return _patiently(path.read_bytes)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` when the block is done."""
    partial = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        _move(partial, path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> ExportError:
    if ".." in path.parts:  # told from a notebook's folder, which is not the reader's
        path = path.resolve()
    way_out = _WAY_OUT.get(error.errno or 0)
    reason = f"{path} cannot be written ({error.strerror or error})"
    return ExportError(f"{reason}; {way_out}" if way_out else reason)


def _patiently(action: Callable[[], _T]) -> _T:
    """Run `action`; on Windows, again while another process has the file open."""
    for _ in range(40 if os.name == "nt" else 0):
        try:
            return action()
        except PermissionError:
            time.sleep(0.05)
    return action()
