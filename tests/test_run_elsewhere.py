"""The main job on other articles, twice: the same bytes wherever and whenever it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from metoo_research.cli import main
from metoo_research.corpus import read_corpus
from metoo_research.export import edit_figure
from metoo_research.folders import notebooks_folder
from metoo_research.notebook_runner import execute_notebook
from metoo_research.pipeline import write_tables

ARTICLES = {
    "herald.txt": (
        "Marchers fill the capital for clean air\n\n"
        "By Ana Ruiz\n\n"
        "Some 40,000 people marched through the capital on Saturday, according to police. "
        "The hashtag #CleanAir was tweeted more than 90,000 times in 24 hours, Twitter said."
        "\n\n"
        "“We are proud and hopeful,” one organiser said. Fumes make children ill.\n"
    ),
    "post/second.txt": (
        "Clean-air march draws thousands\n\n"
        "Thousands of people joined the march. The organisers’ post was shared 3,000 times "
        "on Facebook. Doctors warned of terrible harm.\n\n"
        "Up Next: How to choose a mask\n"
    ),
    "empty.txt": "",
}


def results(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run_in(folder: Path, **variables: str) -> tuple[Path, str]:
    corpus = folder / "articles"
    for name, text in ARTICLES.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(text, encoding="utf-8", newline="\n")
    done = subprocess.run(
        [sys.executable, "-m", "metoo_research", "run", "articles", "--out", "results"],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return folder / "results", done.stderr


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    first, said = run_in(tmp_path_factory.mktemp("one"), PYTHONHASHSEED="1", TZ="UTC")
    second, _ = run_in(
        tmp_path_factory.mktemp("zwei ö"), PYTHONHASHSEED="2", TZ="Asia/Kathmandu"
    )
    return first, second, said


def test_two_runs_in_different_places_and_zones_give_the_same_bytes(
    two_runs: tuple[Path, Path, str],
) -> None:
    first, second = (results(folder) for folder in two_runs[:2])
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


def test_a_run_without_a_study_file_makes_everything(two_runs: tuple[Path, Path, str]) -> None:
    made = results(two_runs[0])
    assert "report.html" in made
    assert sum(name.endswith(".ipynb") for name in made) == 5
    assert sum(name.endswith(".png") for name in made) >= 8


def test_an_unreadable_file_is_told_in_the_run_and_in_its_table(
    two_runs: tuple[Path, Path, str],
) -> None:
    out, _, said = two_runs
    assert "empty.txt: empty file" in said
    assert "empty.txt,empty file" in (out / "tables" / "problems.csv").read_text("utf-8")
    assert "empty.txt" in (out / "report.html").read_text("utf-8")


def test_nothing_half_written_is_left(two_runs: tuple[Path, Path, str]) -> None:
    assert [name for name in results(two_runs[0]) if "part" in name or "tmp" in name] == []


def test_edited_words_come_into_the_reports_and_a_later_run_says_that_it_replaced_them(
    two_runs: tuple[Path, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(two_runs[0].parent, tmp_path, dirs_exist_ok=True)
    out = tmp_path / "results"
    edit_figure(out / "figures", "word_frequency", alt="Clean and air lead.")
    record = out / "figures" / "passage_map.json"
    edited = json.loads(record.read_text("utf-8")) | {"caption": "Where the quotes stand."}
    record.write_text(json.dumps(edited), "utf-8")
    asked = ["figures", str(out), "--update", "--corpus", str(tmp_path / "articles")]
    assert main(asked) == 0
    assert "reports made anew" in capsys.readouterr().err
    page = (out / "report.html").read_text("utf-8")
    assert "Clean and air lead." in page
    assert "Where the quotes stand." in page

    not_put_in = out / "figures" / "corpus_overview.json"
    edited = json.loads(not_put_in.read_text("utf-8")) | {"alt": "Three short bars."}
    not_put_in.write_text(json.dumps(edited), "utf-8")
    (out / "report.pdf").write_bytes(b"%PDF- of an earlier run")
    _, said = run_in(tmp_path, METOO_RESEARCH_CHROMIUM="no such browser")
    names = "corpus_overview, passage_map, word_frequency"
    assert f"edited words replaced by the run's own: {names}" in said
    assert not (out / "report.pdf").exists()
    assert 'href="report.pdf"' not in (out / "report.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["02_word_frequency", "03_sentiment"])
def test_a_notebook_that_compares_runs_on_a_single_article(tmp_path: Path, name: str) -> None:
    article = tmp_path / "herald.txt"
    article.write_text(ARTICLES["herald.txt"], encoding="utf-8")
    where = {"CORPUS": str(article), "OUT": str(tmp_path / "results")}
    made = tmp_path / "made.ipynb"
    execute_notebook(notebooks_folder() / f"{name}.ipynb", made, parameters=where)
    said = "only one group of articles has words: nothing to compare"
    assert said in made.read_text(encoding="utf-8")


def test_a_list_of_an_earlier_run_does_not_pass_for_this_ones(tmp_path: Path) -> None:
    article = tmp_path / "herald.txt"
    article.write_text(ARTICLES["herald.txt"], encoding="utf-8")
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "listed.csv").write_text("source_file\nold.txt\n", encoding="utf-8")
    made = write_tables(read_corpus(article, progress=False), tables, model=False)
    assert {path.stem for path in tables.iterdir()} == {*made, "problems"}
