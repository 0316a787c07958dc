"""Changing the alt text or the caption of a saved figure, without drawing it again."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from metoo_research.errors import ExportError
from metoo_research.export.figure import SavedFigure, saved_figure
from metoo_research.export.record import (
    FILES,
    PICTURES,
    figures_folder,
    manifest_records,
    records,
    restore_records,
    update_manifest,
    write_bundle,
)
from metoo_research.export.review import (
    differing,
    file_findings,
    other_differences,
    record_findings,
    word_findings,
    words_of,
)
from metoo_research.export.words import one_line, with_words
from metoo_research.write import read_patiently


def edit_figure(
    folder: str | os.PathLike[str],
    name: str,
    *,
    alt: str | None = None,
    caption: str | None = None,
) -> SavedFigure:
    """Give a saved figure another alt text or caption: in its files, record and manifest.

    The picture is not drawn again; its files get the bytes that they would have if they had
    been saved with these words. Title and source line are part of the picture: to change
    them, save the figure again. Saving it again replaces edited words; to keep them, give
    them to `save_figure`.

    Parameters
    ----------
    folder
        The folder of the bundles, or the folder of a run.
    name
        The bundle.
    alt, caption
        The new words; None keeps the old.

    Returns
    -------
    The bundle, for a notebook to show.

    Raises
    ------
    ExportError
        If there is no such bundle, a text is empty, a file of the bundle is not the one that
        was saved, or the folder cannot be written.
    """
    from PIL.Image import open as open_picture

    place = figures_folder(folder)
    known = records(place)
    if name not in known:
        raise ExportError(f"{place}: no figure {name!r}; figures: {', '.join(known)}")
    record = known[name]
    for key, text in (("alt", alt), ("caption", caption)):
        if text is not None:
            record[key] = one_line(text)
            if not record[key]:
                raise ExportError(f"{name}: the {key} is empty; a figure is not without it")
    wrong = [*record_findings(name, record), *file_findings(place, name, record)]
    if wrong:
        raise ExportError(f"{name}: {wrong[0].said}; save the figure again")
    others = other_differences(
        (manifest_records(place) or {}).get(name, known[name]), known[name]
    )
    if others:
        raise ExportError(f"{name}: {differing(name, others)}; save the figure again")
    _rewrite(place, record)
    png = io.BytesIO(read_patiently(place / f"{name}.png"))
    return saved_figure(record, place, open_picture(png).convert("RGB"))


def update_figures(folder: str | os.PathLike[str]) -> list[str]:
    """Bring alt texts and captions that were edited in ``name.json`` into the other files.

    Bundles that have another fault are left as they are, and so is what the manifest says of
    them; `check_figures` names them. A record that is not there is written again from the
    manifest, where files of the bundle still are; the manifest is then collected anew, without
    bundles of which no file is left.

    Returns
    -------
    The names of the bundles that were rewritten.

    Raises
    ------
    ExportError
        If there is no such folder, no figure in it, or it cannot be written.
    """
    place = figures_folder(folder)
    updated = []
    restore_records(place)
    listed = manifest_records(place) or {}
    faulty: dict[str, Any] = {}
    for name, record in records(place).items():
        others = other_differences(listed[name], record) if name in listed else []
        if others or record_findings(name, record) or file_findings(place, name, record):
            faulty |= {name: listed[name]} if name in listed else {}
            continue
        if any(one.new_words for one in word_findings(place, name, record)):
            _rewrite(place, record)
            updated.append(name)
    update_manifest(place, saved=faulty)
    return updated


def _rewrite(folder: Path, record: Mapping[str, Any]) -> None:
    name = record["name"]
    words = words_of(record)
    files = {f"{name}{ending}": read_patiently(folder / f"{name}{ending}") for ending in FILES}
    for ending in PICTURES:
        key = f"{name}{ending}"
        files[key] = with_words(files[key], ending, name, words)
    write_bundle(folder, {**record, **words.as_dict(), "edited": True}, files)
