"""The import: quick, light, and every public name is there."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import metoo_research as mr

# What costs seconds, or belongs to the notebooks and not to the library.
HEAVY = (
    "IPython", "charset_normalizer", "dateparser", "ipykernel", "ipywidgets", "jupyter_client",
    "matplotlib", "nbclient", "nltk", "numpy", "pandas", "papermill", "pyarrow", "pydantic",
    "regex", "scipy", "sklearn", "tqdm", "vaderSentiment",
)  # fmt: skip


def python(code: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    ).stdout


def modules_after(code: str) -> set[str]:
    names = json.loads(
        python(f"{code}; import json, sys; print(json.dumps(list(sys.modules)))")
    )
    return {name.split(".")[0] for name in names}


def test_the_import_loads_nothing_heavy() -> None:
    assert modules_after("import metoo_research") & set(HEAVY) == set()


def test_reading_and_cutting_text_loads_neither_jupyter_nor_matplotlib() -> None:
    code = (
        "import metoo_research as mr; mr.tokenize(mr.split_sentences(mr.read_corpus('seeds')))"
    )
    unwanted = {"IPython", "ipykernel", "jupyter_client", "matplotlib", "charset_normalizer"}
    assert modules_after(code) & unwanted == set()


@pytest.mark.parametrize("name", mr.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(mr, name) is not None
    assert name in dir(mr)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'read_corpsu'"):
        _ = mr.read_corpsu


def test_the_package_says_that_it_is_typed() -> None:
    assert (files("metoo_research") / "py.typed").is_file()


def test_executing_notebooks_does_not_wait_for_a_checker_of_addresses() -> None:
    # It takes a second to be built, and the schema of notebooks names no format for it.
    code = (
        "import sys; from metoo_research import notebook_runner\n"
        "notebook_runner._import_nbformat(); import nbformat.validator\n"
        "print('rfc3987_syntax' in sys.modules)\n"
        "import rfc3987_syntax"  # still there for whoever wants it
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False"]
