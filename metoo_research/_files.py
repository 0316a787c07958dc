"""Finding the files of a corpus and naming them the same on every system."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from metoo_research.errors import CorpusError
from metoo_research.study import STUDY_FILE

# What systems and programs leave in folders, and a study's own papers: no articles.
_SYSTEM_FILES = frozenset({STUDY_FILE, "thumbs.db", "desktop.ini", "icon\r"})
_STUDY_PAPERS = re.compile(r"(?:readme|licen[cs]e)(?:\.\w+)?$", re.IGNORECASE)


@dataclass(slots=True)
class Walk:
    """What lies below the named folders and files; all names are those in the corpus."""

    files: dict[str, Path] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)


def real(path: Path) -> Path:
    """Where a path leads to; the path itself if that is nowhere, as links in a circle are."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.abspath(path))  # noqa: PTH100 - follows no link


def is_there(path: Path) -> bool:
    """Whether a file or folder is there; a name that no file can have is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def existing_roots(paths: Sequence[str | os.PathLike[str]]) -> list[Path]:
    """The named folders and files, each once; a folder within a named folder is part of it.

    Raises
    ------
    CorpusError
        If none is named, or one does not exist.
    """
    if not paths or not all(os.fspath(path).strip() for path in paths):
        raise CorpusError("no corpus named; name a folder of articles")
    roots: dict[Path, Path] = {}
    for path in paths:
        root = Path(path).expanduser()
        try:
            exists = root.exists()
        except OSError as error:
            raise CorpusError(f"{root}: cannot be opened ({error.strerror})") from error
        if not exists:
            raise CorpusError(f"{root}: no such file or folder{_suggestion(root)}")
        roots.setdefault(real(root), root)
    return [root for at, root in roots.items() if not roots.keys() & set(at.parents)]


def _suggestion(root: Path) -> str:
    try:
        siblings = [entry.name for entry in root.absolute().parent.iterdir()]
    except OSError:
        return ""
    near = difflib.get_close_matches(root.name, siblings, n=1)
    return f"; did you mean {root.parent / near[0]}?" if near else ""


def walk(roots: Sequence[Path], *, study_file: Path) -> Walk:
    """List all files below the roots, in the order of their names.

    Names are POSIX paths with composed accents, so that the same corpus has the same names
    on every system, relative to the root where there is one folder, else with the roots'
    own names before them.
    """
    found = Walk()
    for root, prefix in zip(roots, _prefixes(roots), strict=True):
        if root.is_dir():
            _walk_folder(root, prefix, study_file, found)
        else:
            found.files[_free_name(prefix or root.name, found.files)] = root
    found.files = dict(sorted(found.files.items()))
    found.problems.sort()
    found.set_aside.sort()
    return found


def _walk_folder(root: Path, prefix: str, study_file: Path, found: Walk) -> None:
    def name_of(path: str | Path) -> str:
        return (PurePosixPath(prefix) / Path(path).relative_to(root).as_posix()).as_posix()

    def cannot_open(error: OSError) -> None:
        reason = f"folder cannot be opened ({error.strerror})"
        found.problems.append(
            (_portable(name_of(error.filename)), reason, "check its permissions")
        )

    for folder, subfolders, files in os.walk(root, onerror=cannot_open):
        subfolders[:] = sorted(
            (n for n in subfolders if not n.startswith(".")), key=_composed_first
        )
        for name in subfolders:
            if (link := Path(folder, name)).is_symlink():
                reason = "link to a folder, not followed"
                found.problems.append(
                    (_portable(name_of(link)), reason, "name that folder too")
                )
        for name in sorted(files, key=_composed_first):
            file = Path(folder, name)
            if _is_set_aside(file, study_file):
                found.set_aside.append(_portable(name_of(file)))
            else:
                found.files[_free_name(name_of(file), found.files)] = file


def _prefixes(roots: Sequence[Path]) -> list[str]:
    """For each root as much of the end of its path as tells it from the others."""
    if len(roots) == 1:
        return [""]
    parts = [Path(os.path.abspath(root)).parts for root in roots]  # noqa: PTH100 - keeps links
    length = 1
    while len({part[-length:] for part in parts}) < len(parts):
        length += 1
    return ["/".join(part[-length:]) for part in parts]


def _portable(name: str) -> str:
    """A name as text: accents composed, bytes that are no characters written out."""
    return normalize("NFC", name.encode("utf-8", "backslashreplace").decode("utf-8"))


def _composed_first(name: str) -> tuple[bool, str]:
    return normalize("NFC", name) != name, name


def _free_name(name: str, taken: Collection[str]) -> str:
    """The portable name; where two differ only in how an accent is coded, the second's own."""
    portable = _portable(name)
    if portable in taken:
        portable = name.encode("utf-8", "backslashreplace").decode("utf-8")
    while portable in taken:
        portable += "~"
    return portable


def _is_set_aside(file: Path, study_file: Path) -> bool:
    name = file.name
    return (
        name.startswith((".", "~$"))
        or name.lower() in _SYSTEM_FILES
        or bool(_STUDY_PAPERS.match(name))
        or (name == study_file.name and real(file) == real(study_file))
    )
