"""Put the notebooks into the wheel and the source distribution, without their outputs.

The outputs quote articles that are not under this project's licence.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook (nbformat 4) as its author wrote it: no outputs, counts or timings."""
    cells = []
    for cell in notebook["cells"]:
        metadata = {
            key: value
            for key, value in cell["metadata"].items()
            if key not in ("execution", "papermill")
        }
        cleared = {**cell, "metadata": metadata}
        if cell["cell_type"] == "code":
            cleared |= {"outputs": [], "execution_count": None}
        cells.append(cleared)
    metadata = {
        key: value
        for key, value in notebook["metadata"].items()
        if key not in ("papermill", "widgets")
    }
    return {**notebook, "metadata": metadata, "cells": cells}


class NotebookTemplates(BuildHookInterface[Any]):
    """The wheel carries the notebooks as templates for other studies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Clear the notebooks into a temporary folder and add them from there."""
        self.folder = Path(tempfile.mkdtemp())
        if version == "editable":  # the notebooks of the checkout are at hand
            return
        target = "notebooks" if self.target_name == "sdist" else "metoo_research/_notebooks"
        for path in sorted((Path(self.root) / "notebooks").glob("*.ipynb")):
            notebook = without_outputs(json.loads(path.read_text(encoding="utf-8")))
            template = self.folder / path.name
            text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
            template.write_text(text, encoding="utf-8", newline="\n")
            build_data["force_include"][str(template)] = f"{target}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        shutil.rmtree(self.folder)
