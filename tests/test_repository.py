"""What must stay true of the repository: locks, seeds, notebooks, licences, the wheel."""

import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hatch_build import without_outputs
from metoo_research._version import __version__

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# The articles as they were collected; results are comparable only on these very bytes.
SEEDS = {
    "000_02c592e8bc913571.txt": (
        "dde8c81211dfb6c6c948c1abbbbe3d28a3a881514e6fa8979bc61610f4ec09c1"
    ),
    "001_3761942a1c153fdb.txt": (
        "61e86dea1dcb76f996f235e522c2db062dc3e29298f1a297831ca6e3f863676e"
    ),
    "002_db45e86570b01fb7.txt": (
        "753fbf9a9ca5a07c695178fc84826039ef056b89fdd298bb7c1d14ec8cdde24b"
    ),
    "003_638d7a32299807a2.txt": (
        "7d7805b60e4e9e1bec1a6f91352f4ea3d3ae546ab0f20b3b23c78a6a85a1eacf"
    ),
    "004_283a3232f403e90a.txt": (
        "efa83b42bf3027354ed8195c6164902563439aa62f9961c2ecc6f3b86cde1068"
    ),
}


def tracked_files() -> list[Path]:
    """List the files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in done.stdout.decode("utf-8").split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """Return a file's text; of a picture or a table in binary form, none."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", "replace")


def normal(name: str) -> str:
    """Return the normal form of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, str]:
    """Return each requirement of a lock file, by name, with its version and marker."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, rest = line.split("==", 1)
            requirements[normal(name)] = rest.split("--hash")[0].strip()
    return requirements


def names_of(requirements: list[str]) -> set[str]:
    """Return the names of requirements as pyproject.toml writes them."""
    return {normal(re.split(r"[\s<>=!~;\[]", text, maxsplit=1)[0]) for text in requirements}


# --- Locks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.startswith("#")]
    pinned = re.compile(r"[a-z0-9._-]+==\S+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line[:80] for line in requirements if not pinned.fullmatch(line)] == []
    assert len(requirements) > 50


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address_and_no_option(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\w+://\S+|^\s*--(?!hash)\S+|^-\S+", text, re.MULTILINE) == []


def test_what_the_package_needs_is_locked() -> None:
    needed = names_of(PYPROJECT["project"]["dependencies"])
    assert needed - locked("requirements.lock").keys() == set()


def test_what_builds_the_package_is_locked() -> None:
    needed = PYPROJECT["build-system"]["requires"]
    assert names_of(needed) - locked("requirements.lock").keys() == set()
    assert needed == PYPROJECT["dependency-groups"]["build"]


def test_what_the_tests_need_is_locked() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    needed = names_of(extras["test"]) | names_of(extras["model"])
    assert needed - locked("requirements-test.lock").keys() == {"metoo-research"}
    assert "metoo-research[model]" in extras["test"]


def test_the_locks_leave_out_what_the_model_does_not_need() -> None:
    left_out = {"torch", "transformers", "sentence-transformers", "huggingface-hub"}
    assert left_out & locked("requirements-test.lock").keys() == set()


def test_the_locks_agree_on_every_requirement_of_the_package() -> None:
    runtime, test = (locked(lock) for lock in LOCKS)
    assert {name: test.get(name) for name in runtime} == runtime


def test_the_installed_versions_are_those_of_the_lock() -> None:
    installed = {
        normal(distribution.name): distribution.version
        for distribution in importlib.metadata.distributions()
    }
    requirements = locked("requirements-test.lock")
    pinned = {
        name: pin.split(" ")[0] for name, pin in requirements.items() if name in installed
    }
    assert {name: installed[name] for name in pinned} == pinned


# --- Licences


COPYLEFT = re.compile(r"\b[AL]?GPL|\bGNU\b|SSPL|Affero", re.IGNORECASE)


def binds(licence: str) -> bool:
    """Whether what is built on it is bound: no alternative ("A OR B") is free of that."""
    return all(COPYLEFT.search(choice) for choice in licence.split(" OR "))


def stated_licence(name: str) -> str:
    """Return what a distribution's metadata says of its licence; of a whole text, one line."""
    metadata = importlib.metadata.metadata(name)
    lines: list[str] = list(metadata.get_all("License-Expression") or [])
    lines += [text.splitlines()[0] for text in metadata.get_all("License") or [] if text]
    classifiers = metadata.get_all("Classifier") or []
    lines += [text for text in classifiers if text.startswith("License ::")]
    return "; ".join(line for line in lines if line and line != "UNKNOWN")


def test_every_library_states_a_licence_and_none_binds_what_is_built_on_it() -> None:
    licences = {}
    for name in locked("requirements.lock"):
        try:
            licences[name] = stated_licence(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or another Python
    assert len(licences) > 50
    assert {name: text for name, text in licences.items() if not text} == {}
    assert {name: text for name, text in licences.items() if binds(text)} == {}


# --- Seeds


def test_the_five_articles_are_byte_for_byte_the_ones_collected() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "seeds").glob("0*.txt")
    }
    assert found == SEEDS


def runs_of_words(text: str, length: int = 8) -> set[str]:
    """Return every run of so many words, punctuation and case apart."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def article_words() -> set[str]:
    texts = [(ROOT / "seeds" / name).read_text(encoding="utf-8") for name in SEEDS]
    return set().union(*map(runs_of_words, texts))


def test_no_code_test_or_document_repeats_a_sentence_of_the_articles(
    article_words: set[str],
) -> None:
    own = [
        path
        for path in tracked_files()
        if path.suffix in {".py", ".md", ".toml", ".cff", ".jsonl", ".json", ".html"}
        and path.relative_to(ROOT).parts[0] not in {"seeds", "figures"}
    ]
    assert len(own) > 10
    repeated = {path.name: runs_of_words(text_of(path)) & article_words for path in own}
    assert {name: runs for name, runs in repeated.items() if runs} == {}


# --- Texts in the repository


def test_no_file_holds_an_absolute_path_of_a_machine() -> None:
    # The pattern must not find itself.
    folders = "|".join(["home", "Users", "root", "work", "tmp", "opt", "mnt"])
    absolute = re.compile(rf"(?<![\w.~/-])/(?:{folders})/[\w.]|\b[CD]:\\\\?[A-Za-z]")
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in tracked_files()
        if (hits := absolute.findall(text_of(path)))
    }
    assert found == {}


def test_no_file_names_the_host_of_a_package_index() -> None:
    host = re.compile(r"\b(?:pypi|pythonhosted|npmjs|anaconda|test\.pypi)\.(?:org|com|net)\b")
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in tracked_files()
        if (hits := host.findall(text_of(path)))
    }
    assert found == {}


def test_the_citation_names_this_version_and_licence() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {__version__}" in citation
    assert f"license: {PYPROJECT['project']['license']}" in citation


# --- Notebooks


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_was_run_in_order_without_an_error(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code = [cell for cell in code if "".join(cell["source"]).strip()]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_a_template_keeps_the_source_and_the_tags_of_a_notebook_but_no_output() -> None:
    cell = {
        "cell_type": "code",
        "execution_count": 3,
        "metadata": {"tags": ["parameters"], "papermill": {"duration": 1.0}},
        "outputs": [{"output_type": "stream", "name": "stdout", "text": ["quoted\n"]}],
        "source": ['CORPUS = "seeds"'],
    }
    notebook = {"cells": [cell], "metadata": {"papermill": {}}, "nbformat": 4}
    assert without_outputs(notebook) == {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {"tags": ["parameters"]},
                "outputs": [],
                "source": ['CORPUS = "seeds"'],
            }
        ],
        "metadata": {},
        "nbformat": 4,
    }


# --- The wheel and the source distribution


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Build both, offline, and give the files of each: name in the archive to text."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    shutil.unpack_archive(next(folder.glob("*.tar.gz")), folder / "sdist", filter="data")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "wheel")
    return {
        kind: {
            path.relative_to(folder / kind).as_posix(): text_of(path)
            for path in (folder / kind).rglob("*")
            if path.is_file()
        }
        for kind in ("wheel", "sdist")
    }


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_distribution_holds_no_sentence_of_the_articles(
    distributions: dict[str, Any], article_words: set[str], kind: str
) -> None:
    files = distributions[kind]
    assert any(name.endswith("metoo_research/__init__.py") for name in files)
    repeated = {name: runs_of_words(text) & article_words for name, text in files.items()}
    assert {name: runs for name, runs in repeated.items() if runs} == {}


def test_the_wheel_holds_the_package_its_licence_and_the_notebooks_and_nothing_else(
    distributions: dict[str, Any],
) -> None:
    info = f"metoo_research-{__version__}.dist-info"
    names = set(distributions["wheel"])
    assert {name.split("/")[0] for name in names} == {"metoo_research", info}
    assert f"{info}/licenses/LICENSE" in names
    assert "metoo_research/py.typed" in names
    templates = {name for name in names if name.startswith("metoo_research/_notebooks/")}
    assert templates == {f"metoo_research/_notebooks/{path.name}" for path in NOTEBOOKS}


def test_the_templates_in_the_wheel_have_no_outputs(distributions: dict[str, Any]) -> None:
    files = distributions["wheel"]
    templates = [json.loads(text) for name, text in files.items() if name.endswith(".ipynb")]
    cells = [cell for template in templates for cell in template["cells"]]
    assert [cell for cell in cells if cell.get("outputs")] == []
