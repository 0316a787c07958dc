"""The rooms import one another in one direction only (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "metoo_research"

# Earlier rooms know nothing of later ones; rooms on one line know nothing of one another.
LINES = (
    (
        "_version",
        "errors",
        "progress",
        "_names",
        "_wording",
        "_language",
        "results",
        "warm_kernels",
        "_token_rules",
    ),
    ("quotation_rules", "_agreement", "_article_sample", "_token_chunks"),
    ("study", "readers", "passage_rules", "write", "shown"),
    (
        "passages",
        "_files",
        "_resemblance",
        "_pseudonyms",
        "corpus_shown",
        "token_tables",
        "_sheets",
        "_text_facts",
    ),
    ("_reading", "duplicates", "privacy"),
    ("corpus",),
    ("quotations",),
    ("tokens", "limits"),
    ("words", "sentiment", "metrics"),
    ("charts",),
    ("export",),
    ("folders", "tables"),
    ("notebook_runner", "notebook_html", "report"),
    ("pipeline",),
    ("cli",),
    ("__main__",),
)
LINE_OF = {room: number for number, line in enumerate(LINES) for room in line}
ANALYSES = ("words", "sentiment", "metrics")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Rooms that a module imports when it runs; imports for the type checker do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "metoo_research":
                names |= {f"metoo_research.{alias.name}" for alias in node.names}
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("metoo_research.")}


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def test_every_room_has_its_place() -> None:
    assert {room_of(path) for path in MODULES} <= LINE_OF.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_earlier_ones(path: Path) -> None:
    own = room_of(path)
    later = {
        room
        for room in imported_rooms(path) - {own}
        if room in LINE_OF and LINE_OF[room] >= LINE_OF[own]
    }
    assert later == set()


def test_charts_know_tables_not_articles() -> None:
    known = set().union(*(imported_rooms(p) for p in MODULES if room_of(p) == "charts"))
    assert known <= {"charts", "errors", "write", "_names", "_version", "_wording"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_passes_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
