"""The report's page as a file: whole in itself, and the same bytes wherever it is made."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from figure_folders import ONE_PIXEL, save_bundle

from metoo_research.corpus import read_corpus
from metoo_research.errors import ExportError
from metoo_research.report import write_report
from metoo_research.report.html import page_of
from metoo_research.report.parts import Link, Report

ROOT = Path(__file__).parents[2]
WriteFiles = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("page") / "report.html"
    write_report(read_corpus(ROOT / "seeds"), figures=ROOT / "figures", out=out)
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["style", "script"])
def test_the_policy_names_the_hash_of_what_stands_in_the_page(page: str, part: str) -> None:
    [content] = re.findall(rf"<{part}>(.*?)</{part}>", page, re.DOTALL)
    digest = base64.b64encode(sha256(content.encode()).digest()).decode()
    assert f"{part}-src 'sha256-{digest}'" in page


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    sources = re.findall(r"""\s(?:src|srcset|poster|data)=["']?([^"'\s>]{0,10})""", page)
    assert sources
    assert set(sources) == {"data:image"}
    assert "<link" not in page
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_no_style_or_script_stands_in_an_attribute(page: str) -> None:
    # The policy forbids them, so that they would have no effect.
    tags = re.findall(r"<[a-z][^>]*>", page)
    assert [tag[:80] for tag in tags if re.search(r"\s(?:style|on\w+)=", tag)] == []


MAKE = """\
import sys
from pathlib import Path
from metoo_research.corpus import read_corpus
from metoo_research.report import write_report
here = Path(sys.argv[1])
write_report(read_corpus(here / "seeds"), figures=here / "figures", out=here / "report.html")
"""


def test_two_folders_time_zones_and_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for folder, zone, seed in (("one", "Asia/Tokyo", "1"), ("two é", "America/Lima", "2")):
        here = tmp_path / folder
        for part in ("seeds", "figures"):
            shutil.copytree(ROOT / part, here / part)
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", MAKE, here], check=True, env=environment)
        made.append((here / "report.html").read_bytes())
    assert made[0] == made[1]


def test_a_character_that_is_none_does_not_stop_the_report(
    write_files: WriteFiles, tmp_path: Path
) -> None:
    corpus = read_corpus(write_files({"a.txt": "Nothing.\n"}), progress=False)
    save_bundle(tmp_path, "words", {"words.png": ONE_PIXEL}, caption="Half of \ud83d")
    out = write_report(corpus, figures=str(tmp_path), out=str(tmp_path / "report.html"))
    assert "Half of &#55357;" in out.read_text(encoding="utf-8")


def test_a_file_in_place_of_the_folder_is_an_error_that_names_it(
    write_files: WriteFiles, tmp_path: Path
) -> None:
    corpus = read_corpus(write_files({"a.txt": "Nothing.\n"}), progress=False)
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "report.html"
    with pytest.raises(ExportError, match="cannot be written"):
        write_report(corpus, figures=tmp_path / "figures", out=out)


def test_a_file_whose_name_is_no_text_does_not_stop_the_page() -> None:
    report = Report("T", "L.", "1", (), (), (Link("Table", "tables/a\udcff.csv"),))
    page = page_of(report, name="report.html")
    assert 'href="tables/a%5Cudcff.csv"' in page
