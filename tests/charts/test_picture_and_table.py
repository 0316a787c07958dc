"""Every picture shows the table that is saved beside it, row for row, labels included."""

import inspect
from pathlib import Path
from typing import Any

import chart_tables as tables
import pytest
from chart_cases import CASES
from matplotlib.axes import Axes
from picture_rows import ROWS

from metoo_research import charts
from metoo_research.charts.palettes import Variant
from metoo_research.write import read_table, write_table


def test_no_chart_is_left_out() -> None:
    every = {name for name in charts.__all__ if f"describe_{name}" in charts.__all__}
    assert len(every) >= 24
    assert set(CASES) == every
    assert set(ROWS) == every


@pytest.mark.parametrize("labels", [tables.LABELS, tables.HARD_LABELS], ids=["plain", "hard"])
@pytest.mark.parametrize(("width_mm", "variant"), [(85, "grey"), (180, "colour")])
@pytest.mark.parametrize("name", CASES)
def test_what_is_drawn_is_what_is_saved(
    name: str, width_mm: float, variant: Variant, labels: tuple[str, ...], tmp_path: Path
) -> None:
    with charts.variant(variant):
        ax = CASES[name].draw(tables.articles(labels), width_mm=width_mm)
    write_table(charts.drawn(ax), tmp_path / "drawn.csv")
    picture, expected = ROWS[name](ax, read_table(tmp_path / "drawn.csv"))
    assert len(picture) > 0
    assert picture == expected


@pytest.mark.parametrize("name", CASES)
def test_a_description_is_that_of_the_picture(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = getattr(charts, name)
    given: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def noted(*frames: Any, **options: Any) -> Axes:
        given.append((frames, options))
        drawn: Axes = draw(*frames, **options)
        return drawn

    monkeypatch.setattr(charts, name, noted)
    ax = CASES[name].draw(tables.articles(), width_mm=85)
    frames, options = given[-1]
    describe = getattr(charts, f"describe_{name}")
    assert describe(*frames, **options) == charts.alt_text(ax)


def test_a_description_takes_what_its_chart_takes() -> None:
    given = [
        list(inspect.signature(one).parameters)
        for one in (charts.describe_keyness, charts.keyness)
    ]
    assert given[0] == given[1]
    assert charts.describe_keyness.__name__ == "describe_keyness"
