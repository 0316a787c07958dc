"""How long a start takes, as ratios in one run: our import to pandas', a table to an import.

Run: ``python benchmarks/start.py``
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RUNS = 7

COMMANDS = {
    "python alone": "pass",
    "import metoo_research": "import metoo_research",
    "import pandas": "import pandas",
    "read, label, split, tokenize the seeds": (
        "import metoo_research as mr; mr.tokenize(mr.split_sentences(mr.read_corpus('seeds')))"
    ),
}


def seconds(code: str) -> float:
    """Time one process from its start to its end."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the median of each command and its ratio to importing pandas."""
    # In turn, so that a machine that slows down slows all of them.
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, code in COMMANDS.items():
            times[name].append(seconds(code))
    medians = {name: median(values) for name, values in times.items()}
    for name, value in medians.items():
        print(f"{name:40} {value:6.3f} s   {value / medians['import pandas']:5.2f} × pandas")


if __name__ == "__main__":
    main()
