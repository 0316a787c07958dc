"""The folder of a fresh study, and how folders are told."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from metoo_research.corpus import read_corpus
from metoo_research.errors import CorpusError, ExportError
from metoo_research.folders import NotEmptyError, new_study, notebooks_folder, told_from
from metoo_research.notebook_runner import execute_notebook
from metoo_research.study import (
    About,
    ArticleFacts,
    Campaign,
    ColumnName,
    Event,
    Passages,
    Platform,
    Privacy,
    Study,
    Topic,
    read_study,
)


def notebook(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def without_its_marks(template: str) -> str:
    """The template as it is when every key in it is used."""
    keys = re.compile(r"# (?=\[\[|\[articles|[a-z_]+ = )")
    return "".join(keys.sub("", line, count=1) for line in template.splitlines(keepends=True))


def test_a_fresh_study_has_notebooks_a_study_file_and_an_empty_folder_for_articles(
    tmp_path: Path,
) -> None:
    study = new_study(tmp_path / "studies" / "buses")
    assert sorted(path.name for path in study.iterdir()) == [
        "articles",
        "notebooks",
        "study.toml",
    ]
    assert list((study / "articles").iterdir()) == []
    ours = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
    assert sorted(path.name for path in (study / "notebooks").iterdir()) == ours


def test_its_notebooks_have_no_outputs_and_read_its_own_folders(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    for path in sorted((study / "notebooks").iterdir()):
        cells = notebook(path)["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] for cell in code)
        assert all(cell["execution_count"] is None for cell in code)
        told: dict[str, Any] = {}
        parameters = next(c for c in code if "parameters" in c["metadata"].get("tags", []))
        exec("".join(parameters["source"]), told)  # noqa: S102 - our own cell
        assert told["CORPUS"] == "../articles"
        assert told["OUT"] == "../results"
        assert told["STUDY"] == "../study.toml"


def test_its_notebooks_run_once_an_article_is_there(tmp_path: Path) -> None:
    study = new_study(tmp_path / "Zoës study")
    (study / "articles" / "herald.txt").write_text(
        "Buses at night\n\nMore than 12,000 people rode on Monday, the city said.\n",
        encoding="utf-8",
    )
    first = study / "notebooks" / "00_start_here.ipynb"
    execute_notebook(first, first)
    assert (study / "results" / "figures" / "corpus_overview.png").is_file()


def test_its_study_file_says_nothing_yet(tmp_path: Path) -> None:
    assert read_study(new_study(tmp_path) / "study.toml") == Study()


def test_every_key_of_a_study_is_explained_in_it(tmp_path: Path) -> None:
    path = new_study(tmp_path) / "study.toml"
    path.write_text(without_its_marks(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_study(path).articles["herald.txt"].outlet == "Harbour Herald"
    used = tomllib.loads(path.read_text(encoding="utf-8"))
    sections: dict[str, type[BaseModel]] = {
        "study": About,
        "campaign": Campaign,
        "event": Event,
        "topic": Topic,
        "passages": Passages,
        "privacy": Privacy,
    }
    assert used.keys() == Study.model_fields.keys()
    for name, section in sections.items():
        assert used[name].keys() == section.model_fields.keys()
    assert used["columns"].keys() == set(get_args(ColumnName))
    assert used["platforms"][0].keys() == Platform.model_fields.keys()
    assert used["articles"]["herald.txt"].keys() == ArticleFacts.model_fields.keys()


def test_without_articles_the_way_out_is_told(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    with pytest.raises(CorpusError, match="no articles in it; put files there"):
        read_corpus(study / "articles", study=study / "study.toml")


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(NotEmptyError, match="is not empty"):
        new_study(tmp_path)
    with pytest.raises(NotEmptyError, match=r"thesis\.txt is a file"):
        new_study(tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_disk_that_fills_up_leaves_the_folder_empty_for_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes = Path.write_bytes

    def write_until_full(path: Path, data: bytes) -> int:
        if path.parent.name == "notebooks" and len(list(path.parent.iterdir())) > 2:
            raise OSError(28, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_until_full)
    with pytest.raises(ExportError, match="No space left on device"):
        new_study(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    new_study(tmp_path)


def test_a_path_is_told_from_a_folder_with_forward_slashes(tmp_path: Path) -> None:
    assert told_from(tmp_path / "a", tmp_path / "b" / "c.csv") == "../b/c.csv"
    assert told_from(tmp_path, tmp_path / "b" / ".." / "c.csv") == "c.csv"


def test_there_is_no_way_to_another_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_drive(path: object, start: object) -> str:
        raise ValueError(f"path is on mount {path}, start on mount {start}")

    monkeypatch.setattr("os.path.relpath", other_drive)
    assert told_from(tmp_path, tmp_path / "a") is None
