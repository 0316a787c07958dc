"""What is recorded of each bundle, in ``name.json`` and collected in ``manifest.json``."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from metoo_research._version import __version__
from metoo_research.errors import ExportError
from metoo_research.write import read_patiently, replace_file, replace_files

MANIFEST: Final = "manifest.json"
PICTURES: Final = (".png", ".svg", ".pdf")
FILES: Final = (*PICTURES, ".csv")  # what the record holds the hashes of

_SCHEMA: Final = "metoo-research figure 1"
_MANIFEST_SCHEMA: Final = "metoo-research figures 1"
_NAME: Final = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_RESERVED: Final = re.compile(r"manifest|con|prn|aux|nul|com\d|lpt\d")  # the last by Windows
# What the numbers and the drawing depend on. Python and the platform are left out: they
# change neither, and the manifest is to be the same on every machine.
_PACKAGES: Final = (
    *("numpy", "pandas", "matplotlib", "nltk", "vaderSentiment", "textblob", "stopwords"),
    *("simplemma", "dateparser", "regex", "charset-normalizer"),
)


def is_name(name: str) -> bool:
    """Say whether every system could hold files of this name."""
    return bool(_NAME.fullmatch(name)) and len(name) <= 80 and not _RESERVED.fullmatch(name)


def check_name(name: str) -> None:
    """Raise `ExportError` where some system could not hold files of this name."""
    if not is_name(name):
        raise ExportError(
            f"{name[:80]!r} cannot name a figure; use small letters, digits and _, "
            "such as word_frequency"
        )


def package_versions() -> dict[str, str]:
    """Give the versions of this package and of those that decide numbers and drawings."""
    return dict(_package_versions())


@lru_cache(maxsize=1)
def _package_versions() -> dict[str, str]:
    versions = {"metoo-research": __version__}
    for package in _PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def corpus_facts(corpus: object | None) -> dict[str, Any]:
    """Give what tells a corpus from others: name, fingerprints, number of articles."""
    if corpus is None:
        return {}
    if isinstance(corpus, Mapping):
        return dict(corpus)
    facts: dict[str, Any] = {key: getattr(corpus, key, None) for key in ("name", "sha256")}
    facts["articles"] = len(corpus) if hasattr(corpus, "__len__") else None
    facts["study_sha256"] = getattr(getattr(corpus, "study", None), "sha256", None)
    return {key: value for key, value in facts.items() if value is not None}


def figures_folder(named: str | os.PathLike[str], *, filled: bool = True) -> Path:
    """Give the folder of the bundles: the one named, or ``figures`` in the folder of a run.

    Parameters
    ----------
    named
        Either of the two.
    filled
        Whether there must be a figure. Without, the folder need not be there.

    Raises
    ------
    ExportError
        If it is a file or an empty text, or there is no figure where there must be one.
    """
    if not os.fspath(named).strip():
        raise ExportError("the folder of figures is empty (a variable that is not set?)")
    folder = Path(named)
    if folder.is_file():
        raise ExportError(f"{folder} is a file; name the folder of the figures")
    for place in (folder, folder / "figures"):
        if (place / MANIFEST).is_file() or (place.is_dir() and records(place)):
            return place
    if not filled:
        return folder
    if not folder.is_dir():
        raise ExportError(f"{folder}: no such folder")
    raise ExportError(f"{folder}: no figures in it; make them with metoo-research run")


def write_bundle(folder: Path, record: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Write a bundle's files, its record with their hashes, and the manifest: all or none.

    Raises
    ------
    ExportError
        If the record cannot be written as JSON, or the folder cannot be written; the bundle
        and the manifest that were there are then whole.
    """
    name = record["name"]
    hashes = {key: sha256(content).hexdigest() for key, content in files.items()}
    written = {"schema": _SCHEMA, **record, "files": hashes}
    record_file = {f"{name}.json": _json(written, name)}
    manifest = {MANIFEST: _collected({**_kept(folder), name: written})}
    replace_files(folder, {**files, **record_file, **manifest})
    update_manifest(folder)


def update_manifest(folder: Path, *, saved: Mapping[str, Any] | None = None) -> None:
    """Collect the records of all bundles; of those in `saved`, what stands there.

    Each bundle has its own record, so processes that save at the same time never write the
    same file but this one. Each reads the records again after writing it: whoever writes
    last has seen them all.
    """
    path = folder / MANIFEST
    saved = saved or {}
    collected = _collected({**_kept(folder), **saved})
    while not path.is_file() or read_patiently(path) != collected:
        replace_file(path, collected)
        collected = _collected({**_kept(folder), **saved})


def _kept(folder: Path) -> dict[str, Any]:
    """The records of a folder; where a file of one cannot be read, what the manifest says."""
    listed = manifest_records(folder) or {}
    with_file = {key: one for key, one in listed.items() if (folder / f"{key}.json").is_file()}
    return {**with_file, **records(folder)}


def restore_records(folder: Path) -> None:
    """Write records that are not there again, from the manifest, so far as it can be read."""
    known = records(folder)
    for name, record in (manifest_records(folder) or {}).items():
        if name in known or not isinstance(record, dict) or not is_name(name):
            continue
        path = folder / f"{name}.json"
        files = [folder / f"{name}{ending}" for ending in FILES]
        if not path.exists() and any(one.is_file() for one in files):
            replace_file(path, _json(record, name))


def records(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the records of all bundles of a folder, by their names."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        record = read_json(path)
        if record is not None and record.get("schema") == _SCHEMA:
            found[path.stem] = record
    return found


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what the manifest says of each bundle, by its name.

    What stands there may have been edited: a reader checks what it needs of an entry, and
    raises `no_manifest` where it lacks.

    Raises
    ------
    ExportError
        If the manifest is not there, cannot be read, or is none of this package's.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(read_patiently(path))
    except FileNotFoundError as error:
        raise ExportError(
            f"{path} is not there; no figures were saved in this folder"
        ) from error
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise no_manifest(folder) from error
    ours = isinstance(manifest, dict) and manifest.get("schema") == _MANIFEST_SCHEMA
    figures = manifest.get("figures") if ours else None
    if not isinstance(figures, dict):
        raise no_manifest(folder)
    return figures


def no_manifest(folder: Path) -> ExportError:
    """Give the error of a manifest that is none."""
    return ExportError(
        f"{folder / MANIFEST}: not a list of figures; delete it and save the figures again"
    )


def manifest_records(folder: Path) -> dict[str, Any] | None:
    """Read what the manifest says of each bundle; None where it cannot be read."""
    try:
        return read_manifest(folder)
    except ExportError:
        return None


def drawn_from(record: object) -> str | None:
    """Give the fingerprint of the articles that a figure was drawn from; None if untold."""
    corpus = record.get("corpus") if isinstance(record, dict) else None
    digest = corpus.get("sha256") if isinstance(corpus, dict) else None
    return digest if isinstance(digest, str) else None


def read_json(path: Path) -> dict[str, Any] | None:
    """Read an object from a JSON file; None where it is not ours, or just being replaced."""
    try:
        found = json.loads(read_patiently(path))
    except (ValueError, OSError):
        return None
    return found if isinstance(found, dict) else None


def _collected(found: Mapping[str, Any]) -> bytes:
    return _json({"schema": _MANIFEST_SCHEMA, "figures": dict(found)}, MANIFEST)


def _json(value: object, name: str) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise ExportError(f"{name}: parameters or corpus cannot be written: {error}") from error
    return f"{text}\n".encode("utf-8", errors="backslashreplace")
