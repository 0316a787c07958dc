"""Whether the files of a folder of figures belong together, and to the articles of today."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from metoo_research._wording import plural
from metoo_research.errors import TableError
from metoo_research.export.record import (
    FILES,
    MANIFEST,
    PICTURES,
    corpus_facts,
    figures_folder,
    manifest_records,
    read_json,
    records,
)
from metoo_research.export.words import Words, one_line, with_words, words_in_png
from metoo_research.write import read_patiently, read_table

Status = Literal["ok", "missing", "changed", "unknown", "stale"]

_WORDS: Final = ("title", "caption", "alt", "source")

_EDITED: Final = ("alt", "caption", "edited")
_GRAVEST_FIRST: Final[tuple[Status, ...]] = ("missing", "changed", "unknown", "stale", "ok")
_COLUMNS: Final = {
    "name": "str",
    "title": "str",
    "width_mm": "float64",
    "height_mm": "float64",
    "rows": "Int64",
    "articles": "Int64",
    "status": "str",
    "detail": "str",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was saved, and a sentence about it."""

    status: Status
    said: str
    #: Whether it is mended by putting the record's words into the pictures.
    new_words: bool = False


def check_figures(folder: str | os.PathLike[str], corpus: object | None = None) -> pd.DataFrame:
    """List the figure bundles of a folder, and say what is wrong with each.

    Parameters
    ----------
    folder
        The folder of the bundles, or the folder of a run.
    corpus
        The articles of today, as `read_corpus` gives them, to tell which figures show others.

    Returns
    -------
    One row per bundle, and per set of files that belong to none, in the order of their names:
    ``name``, ``title``, ``width_mm``, ``height_mm``, ``rows`` (of its table), ``articles`` (n),
    ``status``, ``detail`` (what was found; empty where all is well). The status is the first
    of these that holds: "missing" (a file is not there), "changed" (a file is not the one that
    was saved, or record, manifest and files say different things), "unknown" (no record says
    what the files are, or the record does not tell from which articles), "stale" (drawn from
    other articles, or with another study file), "ok".

    Raises
    ------
    ExportError
        If there is no such folder, or no figure in it.
    """
    place = figures_folder(folder)
    known, listed = records(place), manifest_records(place)
    today = corpus_facts(corpus)
    rows = [
        _row(name, record, _findings(place, name, record, listed, today))
        for name, record in known.items()
    ]
    for name, record in (listed or {}).items():
        if name not in known:
            there = (place / f"{name}.json").is_file()
            found = (
                Finding("changed", f"{name}.json is no record of a figure")
                if there
                else Finding("missing", f"{name}.json")
            )
            rows.append(_row(name, record if isinstance(record, dict) else {}, [found]))
    for name, files in _strays(place, {*known, *(listed or {})}).items():
        said = f"{', '.join(files)}: no {name}.json says what it shows"
        rows.append(_row(name, {}, [Finding("unknown", said)]))
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return table.sort_values("name", ignore_index=True)


def _row(name: str, record: Mapping[str, Any], found: list[Finding]) -> dict[str, Any]:
    status = min((one.status for one in found), key=_GRAVEST_FIRST.index, default="ok")
    title = record.get("title")
    facts = {key: _number(record.get(key)) for key in ("width_mm", "height_mm", "rows")}
    facts["articles"] = _number(_within(record, "corpus").get("articles"))
    detail = "; ".join(one.said for one in found)
    shown = title if isinstance(title, str) else None
    return {"name": name, "title": shown, **facts, "status": status, "detail": detail}


def _findings(
    folder: Path,
    name: str,
    record: Mapping[str, Any],
    listed: Mapping[str, Any] | None,
    today: Mapping[str, Any],
) -> list[Finding]:
    found = file_findings(folder, name, record)
    if not found:
        found += _table_findings(folder / f"{name}.csv", record) + word_findings(
            folder, name, record
        )
    if listed is None:
        what = "cannot be read" if (folder / MANIFEST).exists() else "is not there"
        found.append(Finding("missing", f"{MANIFEST} {what}"))
    elif name not in listed:
        found.append(Finding("missing", f"{MANIFEST} does not name it"))
    elif listed[name] != record:
        said = differing(name, others := other_differences(listed[name], record))
        found.append(Finding("changed", f"{said}; save the figure again" if others else said))
    return found + (_age_findings(record, today) if today else [])


def other_differences(listed: object, record: Mapping[str, Any]) -> list[str]:
    """Name what a record says otherwise than the manifest, besides words that may be edited."""
    saved = listed if isinstance(listed, dict) else {}
    return sorted(
        key
        for key in saved.keys() | record.keys()
        if key not in _EDITED
        and (key in saved, saved.get(key)) != (key in record, record.get(key))
    )


def differing(name: str, keys: Sequence[str]) -> str:
    """Say that manifest and record differ, and in what."""
    said = f"{MANIFEST} and {name}.json say different things"
    return f"{said} ({', '.join(keys)})" if keys else said


def file_findings(folder: Path, name: str, record: Mapping[str, Any]) -> list[Finding]:
    """Compare the files of a bundle with the hashes in its record."""
    found: list[Finding] = []
    if record.get("name") != name:
        found.append(Finding("changed", f"{name}.json is the record of {record.get('name')!r}"))
    hashes = _within(record, "files")
    for ending in FILES:
        path = folder / f"{name}{ending}"
        try:
            content = read_patiently(path)
        except OSError as error:
            there = path.exists()
            said = f"{path.name} cannot be opened ({error.strerror})" if there else path.name
            found.append(Finding("missing", said))
            continue
        if sha256(content).hexdigest() != hashes.get(path.name):
            found.append(Finding("changed", f"{path.name} is not the file that was saved"))
    return found


def _table_findings(path: Path, record: Mapping[str, Any]) -> list[Finding]:
    try:
        table = read_table(path)
    except TableError as error:
        return [Finding("changed", str(error))]
    found: list[Finding] = []
    if list(table.columns) != record.get("columns"):
        found.append(
            Finding("changed", f"{path.name} has other columns than {path.stem}.json says")
        )
    if len(table) != record.get("rows"):
        said = (
            f"{path.name} has {len(table):,} rows, {path.stem}.json says {record.get('rows')}"
        )
        found.append(Finding("changed", said))
    return found


def words_of(record: Mapping[str, Any]) -> Words:
    """Give the words of a record in which `record_findings` finds no fault."""
    return Words(**{key: one_line(record[key]) for key in _WORDS})


def record_findings(name: str, record: Mapping[str, Any]) -> list[Finding]:
    """Say which words a record lacks."""
    if not all(isinstance(record.get(key), str) for key in _WORDS):
        return [
            Finding("changed", f"{name}.json lacks a title, caption, alt text or source line")
        ]
    empty = [key for key in _WORDS if key != "title" and not one_line(record[key])]
    if empty:
        said = f"the {empty[0]} in {name}.json is empty; a figure is not without it"
        return [Finding("changed", said)]
    return []


def word_findings(folder: Path, name: str, record: Mapping[str, Any]) -> list[Finding]:
    """Compare the words in the record with those inside the pictures."""
    if wrong := record_findings(name, record):
        return wrong
    words = words_of(record)
    pictures = {ending: read_patiently(folder / f"{name}{ending}") for ending in PICTURES}
    try:
        if all(with_words(old, end, name, words) == old for end, old in pictures.items()):
            return []
        inside = words_in_png(pictures[".png"])
    except ValueError as error:
        return [Finding("changed", f"{name}: {error}")]
    drawn = inside.get("Title", "") == words.title
    if not drawn or not inside.get("Comment", "").endswith(f" {words.source}"):
        said = (
            f"title or source line in {name}.json is not the one drawn; save the figure again"
        )
        return [Finding("changed", said)]
    said = f"alt text or caption in {name}.json is not yet that in the pictures; use --update"
    return [Finding("changed", said, new_words=True)]


def _age_findings(record: Mapping[str, Any], today: Mapping[str, Any]) -> list[Finding]:
    then = _within(record, "corpus")
    if "sha256" not in then:
        return [Finding("unknown", "its record does not tell from which articles it is drawn")]
    if then["sha256"] != today.get("sha256"):
        numbers = (then.get("articles"), today.get("articles"))
        said = " ({} then, {} now)".format(*numbers) if numbers[0] != numbers[1] else ""
        return [Finding("stale", f"drawn from other articles{said}")]
    if then.get("study_sha256") != today.get("study_sha256"):
        return [Finding("stale", "drawn with another study file")]
    return []


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) else None


def _within(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give a part of a record; an empty one where an edit has made it something else."""
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _strays(folder: Path, known: set[str]) -> dict[str, list[str]]:
    """Find the files that look like those of a bundle, and belong to none."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == MANIFEST or path.stem in known:
            continue
        ours = path.suffix in FILES or (path.suffix == ".json" and read_json(path) is None)
        if ours and path.is_file():
            found.setdefault(path.stem, []).append(path.name)
    return found


def listing(table: pd.DataFrame) -> str:
    """Write what `check_figures` gives as lines: what each figure is, and what is wrong."""
    lines = []
    for row in table.to_dict("records"):
        said = [str(row["name"])]
        if pd.notna(row["width_mm"]):
            said.append(f"{row['width_mm']:g} × {row['height_mm']:g} mm")
        for number, what in (("rows", "row"), ("articles", "article")):
            if pd.notna(row[number]):
                said.append(plural(row[number], what))
        if pd.notna(row["title"]):
            said.append(row["title"])
        lines.append(f"{row['status']:8}{', '.join(said)}")
        if row["detail"]:
            lines.append(f"{'':8}! {row['detail']}")
    wrong = int((table["status"] != "ok").sum())
    number = plural(len(table), "figure")
    lines.append(f"{number}, {wrong:,} to look at" if wrong else f"{number}, all as saved")
    return "\n".join(lines) + "\n"
