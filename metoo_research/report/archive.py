"""All figure bundles of a run in one file, to be sent or kept."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from metoo_research.errors import ExportError
from metoo_research.export.record import MANIFEST, no_manifest, read_manifest
from metoo_research.write import output_path, read_patiently, replace_file

#: The earliest time that a zip file can hold; a clock time would change the bytes of each run.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16
#: Compressed already: once more costs time and saves nothing.
_PACKED_ALREADY: Final = frozenset({".png", ".pdf", ".jpg", ".jpeg"})


def write_archive(figures: str | os.PathLike[str], out: str | os.PathLike[str]) -> Path:
    """Write all figure bundles of a folder into one zip file.

    Only files that belong to a bundle are taken: those that ``manifest.json`` lists, the
    bundle's own record (``name.json``) and the manifest. They lie in a folder ``figures``
    inside the archive, in the order of their names. The same files give the same bytes.

    Parameters
    ----------
    figures
        Folder of bundles, as :func:`~metoo_research.export.save_figure` writes it.
    out
        The file to write. It is written whole or not at all.

    Returns
    -------
    ``out``.

    Raises
    ------
    ExportError
        If there is no manifest or it cannot be read, a file that it lists is missing, or
        ``out`` cannot be written.
    """
    figures, out = Path(figures), output_path(out)
    files = sorted({MANIFEST, *_listed(figures)})
    replace_file(out, zipped((f"figures/{name}", _read(figures / name)) for name in files))
    return out


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack files into a zip file whose bytes depend on nothing but them and their order.

    Parameters
    ----------
    files
        Names, with forward slashes, and contents.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _NO_TIME)
            # Otherwise the machine's system is written down.
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            stored = PurePosixPath(name).suffix.lower() in _PACKED_ALREADY
            archive.writestr(
                entry, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def _listed(figures: Path) -> set[str]:
    """The files of all bundles, by name."""
    bundles = read_manifest(figures)
    try:
        names = {str(name) for bundle in bundles.values() for name in bundle["files"]}
    except (KeyError, TypeError) as error:
        raise no_manifest(figures) from error
    listed = names | {f"{name}.json" for name in bundles}
    # A manifest may come from elsewhere; it names files of its own folder and no others.
    outside = sorted(name for name in listed if Path(name).name != name or "\\" in name)
    if outside:
        raise ExportError(f"{figures / MANIFEST}: {outside[0]!r} is no file of this folder")
    return listed


def _read(path: Path) -> bytes:
    try:
        return read_patiently(path)
    except FileNotFoundError as error:
        raise ExportError(
            f"{path} is not there; {MANIFEST} lists it; save the figure again, or delete "
            f"{path.stem}.json"
        ) from error
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror or error})") from error
