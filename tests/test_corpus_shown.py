"""What a corpus shows of itself in a notebook."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import WriteFiles

from metoo_research.corpus import Corpus, read_corpus

STORY = "Nurses marched through the town on Monday to ask for more rest between shifts."
_WIDTH_OF_A_NOTEBOOK = 848


def corpus_of(
    write_files: WriteFiles, number: int, *, days: int = 0, outlets: int = 0
) -> Corpus:
    study = ""
    for n in range(number):
        study += f'[articles."{n:03}.txt"]\n'
        study += f"published = 2021-03-{n % days + 1:02}\n" if n and days else ""
        study += f'outlet = "Paper {n % outlets}"\n' if n and outlets else ""
    texts = {f"{n:03}.txt": f"{STORY} It was march number {n}.\n" for n in range(number)}
    return read_corpus(write_files({**texts, "study.toml": study}), progress=False)


def picture(shown: str) -> ElementTree.Element:
    (coded,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', shown)
    return ElementTree.fromstring(base64.b64decode(coded))  # noqa: S314 - our own


def alt(shown: str) -> str:
    (said,) = re.findall(r'<img alt="([^"]*)"', shown)
    return str(said)


def bars(drawing: ElementTree.Element) -> int:
    return len([one for one in drawing if one.tag.endswith("rect")]) - 1  # the ground


def test_articles_per_day(write_files: WriteFiles) -> None:
    shown = corpus_of(write_files, 8, days=4, outlets=2)._repr_html_()
    assert alt(shown) == (
        "Articles per day, 2021-03-01 to 2021-03-04: at most 2 (day of 2021-03-02)."
    )
    assert "1 without a date is not shown." in shown
    assert bars(picture(shown)) == 4


def test_articles_per_outlet_where_no_days_are_known(write_files: WriteFiles) -> None:
    shown = corpus_of(write_files, 6, outlets=2)._repr_html_()
    assert alt(shown) == "Articles per outlet: Paper 1 3, Paper 0 2, outlet not known 1."
    assert bars(picture(shown)) == 3


def test_many_outlets_are_counted_together(write_files: WriteFiles) -> None:
    shown = corpus_of(write_files, 31, outlets=30)._repr_html_()
    assert "18 other outlets 18, outlet not known 1." in alt(shown)
    assert bars(picture(shown)) == 14


def test_articles_by_length_where_nothing_else_is_known(write_files: WriteFiles) -> None:
    shown = corpus_of(write_files, 3)._repr_html_()
    assert alt(shown) == "Articles by length: 0 to 99 words 3."


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2021-03-01", "day"),
        ("2021-09-01", "week"),
        ("2024-03-01", "month"),
        ("2041-03-01", "year"),
    ],
)
def test_longer_times_have_longer_units(write_files: WriteFiles, last: str, unit: str) -> None:
    dates = ["2021-02-01", "2021-02-11", last]
    study = "".join(f'[articles."{n}.txt"]\npublished = {day}\n' for n, day in enumerate(dates))
    texts = {f"{n}.txt": f"{STORY} {n}" for n in range(3)}
    shown = read_corpus(
        write_files({**texts, "study.toml": study}), progress=False
    )._repr_html_()
    assert alt(shown).startswith(f"Articles per {unit}, ")


def test_nothing_is_wider_than_a_notebook(write_files: WriteFiles) -> None:
    shown = corpus_of(write_files, 31, outlets=30)._repr_html_()
    assert int(picture(shown).get("width", "")) <= _WIDTH_OF_A_NOTEBOOK
    assert "max-width: 100%" in shown


def test_the_same_bytes_each_time(seeds: Path) -> None:
    one, other = (read_corpus(seeds, progress=False)._repr_html_() for _ in range(2))
    assert one == other


def test_the_seeds(seeds: Path) -> None:
    corpus = read_corpus(seeds, progress=False)
    shown = dict(corpus.summary().itertuples(index=False, name=None))
    assert shown["files found"] == "7"
    assert shown["languages"] == "English (5)"
    assert shown["copies of other articles"] == "0"
    assert alt(corpus._repr_html_()) == (
        "Articles per outlet: Global Citizen 1, The Debrief 1, outlet not known 3."
    )


def test_names_are_escaped_in_text_and_picture(write_files: WriteFiles) -> None:
    study = (
        '[study]\ntitle = "<i>"\n[articles."a.txt"]\noutlet = "<b>&\\u0001"\n'
        '[articles."b.txt"]\noutlet = "B"\n'
    )
    folder = write_files({"a.txt": STORY, "b.txt": f"{STORY} Again.", "study.toml": study})
    shown = read_corpus(folder, progress=False)._repr_html_()
    assert "<i>" not in shown
    assert "&lt;b&gt;&amp;" in alt(shown)
    drawn = [one.text for one in picture(shown) if one.tag.endswith("text")]
    assert "<b>& " in drawn


def test_only_the_first_problems_are_shown_and_their_number_told(
    write_files: WriteFiles,
) -> None:
    files = {f"{n:02}.txt": "" for n in range(30)}
    corpus = read_corpus(write_files({**files, "story.txt": STORY}), progress=False)
    shown = corpus._repr_html_()
    assert "the first 20 of 30 rows" in shown
    assert "29.txt" not in shown
