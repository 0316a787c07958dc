"""Folders of figures as reports and archives find them, without drawing anything."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from metoo_research.export.record import write_bundle

#: The smallest picture there is.
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)


def save_bundle(
    folder: Path, name: str, files: Mapping[str, bytes] | None = None, **facts: Any
) -> None:
    """Write a bundle with its record and the manifest; by default its picture is a stub."""
    words = {"title": "T", "caption": "C.", "alt": "A bar.", "source": "S."}
    record = {"name": name, **words, "width_mm": 85, "parameters": {}, **facts}
    given = {f"{name}.png": b"\x89PNG"} if files is None else files
    write_bundle(folder, record, given)


def edit_manifest(folder: Path, name: str, entry: object) -> None:
    """Put something else in the place of what the manifest says of a bundle."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["figures"][name] = entry
    path.write_text(json.dumps(manifest), "utf-8")
