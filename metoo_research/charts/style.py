"""The one look of all charts: sizes, inks and the Matplotlib settings behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from matplotlib import style

ONE_COLUMN_MM: Final = 85.0
TWO_COLUMNS_MM: Final = 180.0
NARROW_MM: Final = 120.0  # under this width a chart leaves room beside its axis to few words
MM_PER_INCH: Final = 25.4

FONT: Final = "DejaVu Sans"  # comes with Matplotlib, so every machine draws the same letters
TITLE_PT: Final = 9.5
TEXT_PT: Final = 8.0
SMALL_PT: Final = 7.0  # nothing is smaller

INK: Final = "#1A1A1A"
GREY: Final = "#595959"  # 7:1 on white, so that small text in it stays readable
RULE: Final = "#8C8C8C"
PALE: Final = "#D9D9D9"
FAINT: Final = "#F0F0F0"

STYLE: Final[dict[str, Any]] = {
    "font.family": FONT,
    "font.size": TEXT_PT,
    "text.color": INK,
    "text.parse_math": False,  # a `$` in a headline is a dollar sign
    "text.hinting": "none",  # hinted, the same line is up to a third wider at some resolutions
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT_PT,
    "axes.titlesize": TITLE_PT,
    "axes.titleweight": "bold",
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.grid": False,
    "axes.formatter.use_mathtext": False,
    "xtick.color": RULE,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL_PT,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.color": RULE,
    "ytick.labelcolor": INK,
    "ytick.labelsize": TEXT_PT,
    "ytick.major.size": 0,
    "grid.color": PALE,
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.0,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.transparent": False,
    "savefig.bbox": None,  # "tight" would change the width that was asked for
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "metoo_research",
}

P = ParamSpec("P")
R = TypeVar("R")


def styled(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` under our settings alone, whatever the caller's own settings are."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with style.context(["default", STYLE]):
            return function(*args, **kwargs)

    return run
