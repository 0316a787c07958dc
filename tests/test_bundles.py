"""Saved figures afterwards: their words changed, their files checked."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from metoo_research.corpus import read_corpus
from metoo_research.errors import ExportError
from metoo_research.export import check_figures, edit_figure, save_figure, update_figures
from metoo_research.export.record import figures_folder
from metoo_research.export.review import listing, word_findings
from metoo_research.export.words import Words, with_words, words_in_png

CORPUS = {"name": "night buses", "sha256": "ab" * 32, "study_sha256": "12" * 32, "articles": 2}
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)


def save(out: Path, name: str = "buses", **changes: Any) -> None:
    figure = Figure(figsize=(85 / 25.4, 2))
    figure.add_subplot().bar(["night", "day"], [3, 1])
    given: dict[str, Any] = {
        "data": pd.DataFrame({"word": ["night", "day"], "count": [3, 1]}),
        "title": "Buses",
        "caption": "How often each word occurs.",
        "alt": "Two bars: night 3, day 1.",
        "source": "2 articles.",
        "corpus": CORPUS,
    }
    save_figure(figure, name, out=out, **(given | changes))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    save(folder, "buses")
    save(folder, "trams")
    return folder


@pytest.fixture
def figures(saved: Path, tmp_path: Path) -> Path:
    return shutil.copytree(saved, tmp_path / "figures")


def finding(folder: Path, name: str = "buses", corpus: object = None) -> tuple[str, str]:
    rows = check_figures(folder, corpus).to_dict("records")
    row = next(row for row in rows if row["name"] == name)
    return row["status"], row["detail"]


def edit_record(folder: Path, name: str = "buses", **changes: Any) -> None:
    path = folder / f"{name}.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | changes), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# --- damaged records -------------------------------------------------------------------------


def test_a_record_that_cannot_be_read_is_not_lost_from_the_manifest(figures: Path) -> None:
    (figures / "buses.json").write_text("{bad", "utf-8")
    before = (figures / "manifest.json").read_bytes()
    assert update_figures(figures) == []
    assert (figures / "manifest.json").read_bytes() == before
    assert (figures / "buses.json").read_text("utf-8") == "{bad"  # it may be half an edit
    assert finding(figures) == ("changed", "buses.json is no record of a figure")


def test_a_record_that_is_not_there_is_written_again_from_the_manifest(figures: Path) -> None:
    before = contents(figures)
    (figures / "buses.json").unlink()
    update_figures(figures)
    assert contents(figures) == before


def test_a_manifest_that_names_another_folder_writes_nothing_there(figures: Path) -> None:
    path = figures / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["figures"]["../buses"] = manifest["figures"]["buses"]
    (figures.parent / "buses.png").write_bytes(b"another picture")
    manifest["figures"]["x1"] = 5
    path.write_text(json.dumps(manifest), "utf-8")
    update_figures(figures)
    assert not (figures.parent / "buses.json").exists()


def test_a_bundle_that_was_deleted_whole_leaves_the_manifest(figures: Path) -> None:
    for path in figures.glob("buses.*"):
        path.unlink()
    update_figures(figures)
    manifest = json.loads((figures / "manifest.json").read_text("utf-8"))
    assert list(manifest["figures"]) == ["trams"]


# --- changing words --------------------------------------------------------------------------


@pytest.mark.parametrize("alt", ["Night leads.", "Nacht führt \\(3\\) – مرحبا 🚌 <&>"])
def test_an_edited_figure_has_the_bytes_of_one_that_was_saved_with_those_words(
    figures: Path, tmp_path: Path, alt: str
) -> None:
    shown = edit_figure(figures, "buses", alt=alt, caption="Counts.")
    save(tmp_path / "fresh", "buses", alt=alt, caption="Counts.")
    save(tmp_path / "fresh", "trams")
    for name in ("buses.json", "manifest.json"):  # they say in addition that it was edited
        path = figures / name
        edited = path.read_text("utf-8")
        assert edited.count(' "edited": true,\n') == 1
        path.write_text(re.sub(' *"edited": true,\n', "", edited), "utf-8", newline="")
    assert contents(figures) == contents(tmp_path / "fresh")
    assert (shown.alt, shown.caption) == (alt, "Counts.")
    assert finding(figures) == ("ok", "")


@pytest.mark.parametrize("key", ["alt", "caption", "source"])
def test_words_that_were_emptied_in_the_record_are_refused(figures: Path, key: str) -> None:
    edit_record(figures, **{key: " \n"})
    assert update_figures(figures) == []
    status, detail = finding(figures)
    assert status == "changed"
    assert f"the {key} in buses.json is empty; a figure is not without it" in detail


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": {"top": 99}},
        {"width_mm": 40},
        {"captoin": "Counts."},
        {"alt": "Night leads.", "versions": {"metoo-research": "9.9"}},
    ],
)
def test_what_else_was_changed_in_a_record_stays_told(
    figures: Path, changes: dict[str, Any]
) -> None:
    edit_record(figures, **changes)
    before = (figures / "manifest.json").read_bytes()
    assert update_figures(figures) == []
    assert (figures / "manifest.json").read_bytes() == before
    changed = next(key for key in changes if key != "alt")
    assert f"different things ({changed}); save the figure again" in finding(figures)[1]
    with pytest.raises(ExportError, match=changed):
        edit_figure(figures, "buses", caption="Counts.")


def test_an_edit_is_found_in_each_file(figures: Path) -> None:
    edit_figure(figures, "buses", alt="Night leads.")
    with Image.open(figures / "buses.png") as picture:
        assert picture.info["Description"] == "Night leads."
    assert "Night leads.</desc>" in (figures / "buses.svg").read_text(encoding="utf-8")
    assert b"/Subject (Night leads.)" in (figures / "buses.pdf").read_bytes()
    for name in ("buses.json", "manifest.json"):
        assert '"alt": "Night leads."' in (figures / name).read_text(encoding="utf-8")


def test_words_edited_in_the_record_are_told_until_they_are_in_the_pictures(
    figures: Path,
) -> None:
    edit_record(figures, alt="Night leads.")
    status, detail = finding(figures)
    assert status == "changed"
    assert (
        "alt text or caption in buses.json is not yet that in the pictures; use --update"
        in detail
    )
    assert update_figures(figures) == ["buses"]
    assert finding(figures) == ("ok", "")
    assert "Night leads.</desc>" in (figures / "buses.svg").read_text(encoding="utf-8")
    assert update_figures(figures) == []


@pytest.mark.parametrize(
    ("changes", "mended"),
    [
        ({"alt": "Night leads."}, True),
        ({"caption": "Use --update with care."}, True),
        ({"title": "use --update"}, False),
        ({"alt": "Night leads.", "source": "use --update"}, False),
        ({"alt": ""}, False),
    ],
)
def test_only_alt_text_and_caption_are_brought_into_the_pictures(
    figures: Path, changes: dict[str, str], mended: bool
) -> None:
    edit_record(figures, **changes)
    record = json.loads((figures / "buses.json").read_text("utf-8"))
    assert [one.new_words for one in word_findings(figures, "buses", record)] == [mended]
    assert update_figures(figures) == ["buses"] * mended
    assert (finding(figures) == ("ok", "")) is mended


def test_a_title_is_part_of_the_picture_and_cannot_be_edited_beside_it(figures: Path) -> None:
    edit_record(figures, title="Trains")
    before = contents(figures)
    assert "save the figure again" in finding(figures)[1]
    assert update_figures(figures) == []
    assert {**contents(figures), "manifest.json": b""} == {**before, "manifest.json": b""}


def test_a_figure_whose_file_was_changed_is_not_edited(figures: Path) -> None:
    (figures / "buses.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(ExportError, match=r"buses\.svg is not the file that was saved"):
        edit_figure(figures, "buses", alt="Night leads.")


@pytest.mark.parametrize(
    ("name", "alt", "said"),
    [("trains", "x", "no figure 'trains'; figures: buses, trams"), ("buses", " ", "is empty")],
)
def test_an_edit_that_makes_no_sense_is_refused(
    figures: Path, name: str, alt: str, said: str
) -> None:
    with pytest.raises(ExportError, match=said):
        edit_figure(figures, name, alt=alt)


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
@given(first=st.tuples(*[LINES] * 4), second=st.tuples(*[LINES] * 4))
def test_later_words_leave_nothing_of_earlier_ones(
    saved: Path, ending: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    drawn = (saved / f"buses{ending}").read_bytes()
    one = with_words(drawn, ending, "buses", Words(*first))
    both = with_words(one, ending, "buses", Words(*second))
    assert both == with_words(drawn, ending, "buses", Words(*second))


@given(words=st.tuples(*[LINES] * 4))
def test_a_pdf_stays_whole_with_any_words(saved: Path, words: tuple[str, ...]) -> None:
    pypdf = pytest.importorskip("pypdf")
    drawn = (saved / "buses.pdf").read_bytes()
    content = with_words(drawn, ".pdf", "buses", Words(*words))
    document = pypdf.PdfReader(io.BytesIO(content), strict=True)
    title, caption, alt, source = words
    assert dict(document.metadata) == {
        "/Title": title,
        "/Subject": alt,
        "/Caption": caption,
        "/Source": source,
    }
    assert "night" in document.pages[0].extract_text()


@given(words=st.tuples(*[LINES] * 4))
def test_a_png_gives_any_words_back(saved: Path, words: tuple[str, ...]) -> None:
    content = with_words((saved / "buses.png").read_bytes(), ".png", "buses", Words(*words))
    title, caption, alt, source = words
    expected = {"Title": title, "Description": alt, "Comment": f"{caption} {source}"}
    assert words_in_png(content) == expected
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert {key: str(picture.info[key]) for key in expected} == expected


# --- checking --------------------------------------------------------------------------------


def test_figures_as_saved_are_listed_with_what_they_are(figures: Path) -> None:
    table = check_figures(figures, CORPUS)
    assert table.to_dict("records")[0] == {
        "name": "buses",
        "title": "Buses",
        "width_mm": 85.0,
        "height_mm": 50.8,
        "rows": 2,
        "articles": 2,
        "status": "ok",
        "detail": "",
    }
    assert table["name"].tolist() == ["buses", "trams"]
    assert listing(table).splitlines() == [
        "ok      buses, 85 × 50.8 mm, 2 rows, 2 articles, Buses",
        "ok      trams, 85 × 50.8 mm, 2 rows, 2 articles, Buses",
        "2 figures, all as saved",
    ]


def test_the_folder_of_a_run_is_taken_for_its_figures(figures: Path) -> None:
    assert len(check_figures(figures.parent)) == 2


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_a_file_that_was_changed_or_is_gone_is_named(figures: Path, ending: str) -> None:
    path = figures / f"buses.{ending}"
    path.write_bytes(path.read_bytes() + b"\n")
    assert finding(figures) == ("changed", f"buses.{ending} is not the file that was saved")
    path.unlink()
    assert finding(figures) == ("missing", f"buses.{ending}")
    assert finding(figures, "trams") == ("ok", "")


def break_record(figures: Path) -> None:
    (figures / "buses.json").write_text("{", encoding="utf-8")


def remove_record(figures: Path) -> None:
    (figures / "buses.json").unlink()


def swap_records(figures: Path) -> None:
    shutil.copy(figures / "trams.json", figures / "buses.json")


def remove_manifest(figures: Path) -> None:
    (figures / "manifest.json").unlink()


def break_manifest(figures: Path) -> None:
    (figures / "manifest.json").write_text("{}", encoding="utf-8")


def older_manifest(figures: Path) -> None:
    path = figures / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["figures"]["buses"]["rows"] = 3
    path.write_text(json.dumps(manifest), encoding="utf-8")


def manifest_without_it(figures: Path) -> None:
    path = figures / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["figures"]["buses"]
    path.write_text(json.dumps(manifest), encoding="utf-8")


def other_rows(figures: Path) -> None:
    edit_record(figures, rows=3)


def other_columns(figures: Path) -> None:
    edit_record(figures, columns=["word"])


def no_alt_text(figures: Path) -> None:
    edit_record(figures, alt=None)


@pytest.mark.parametrize(
    ("harm", "status", "said"),
    [
        (break_record, "changed", "buses.json is no record of a figure"),
        (remove_record, "missing", "buses.json"),
        (swap_records, "changed", "buses.json is the record of 'trams'"),
        (remove_manifest, "missing", "manifest.json is not there"),
        (break_manifest, "missing", "manifest.json cannot be read"),
        (older_manifest, "changed", "manifest.json and buses.json say different things (rows)"),
        (manifest_without_it, "missing", "manifest.json does not name it"),
        (other_rows, "changed", "buses.csv has 2 rows, buses.json says 3"),
        (other_columns, "changed", "buses.csv has other columns than buses.json says"),
        (no_alt_text, "changed", "buses.json lacks a title, caption, alt text or source line"),
    ],
)
def test_what_does_not_belong_together_is_told(
    figures: Path, harm: Callable[[Path], None], status: str, said: str
) -> None:
    harm(figures)
    found, detail = finding(figures)
    assert found == status
    assert said in detail


def test_files_of_no_bundle_are_told(figures: Path) -> None:
    (figures / "old.png").write_bytes(b"")
    (figures / "old.svg").write_bytes(b"")
    (figures / "notes.txt").write_text("not ours", encoding="utf-8")
    (figures / ".DS_Store").write_bytes(b"")
    assert finding(figures, "old") == (
        "unknown",
        "old.png, old.svg: no old.json says what it shows",
    )
    assert len(check_figures(figures)) == 3


@pytest.mark.parametrize(
    ("today", "status", "said"),
    [
        (CORPUS, "ok", ""),
        (CORPUS | {"sha256": "cd" * 32}, "stale", "drawn from other articles"),
        (
            CORPUS | {"sha256": "cd" * 32, "articles": 3},
            "stale",
            "drawn from other articles (2 then, 3 now)",
        ),
        (CORPUS | {"study_sha256": "34" * 32}, "stale", "drawn with another study file"),
    ],
)
def test_a_figure_of_other_articles_is_stale(
    figures: Path, today: dict[str, Any], status: str, said: str
) -> None:
    assert finding(figures, corpus=today) == (status, said)


def test_a_figure_that_tells_no_articles_is_unknown(tmp_path: Path) -> None:
    save(tmp_path, corpus=None)
    assert finding(tmp_path) == ("ok", "")
    assert finding(tmp_path, corpus=CORPUS)[0] == "unknown"


def test_an_article_or_a_study_that_changes_makes_a_figure_stale(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "herald.txt").write_text("Buses run\n\nThey run at night.\n", encoding="utf-8")
    save(tmp_path / "figures", corpus=read_corpus(articles))
    assert finding(tmp_path / "figures", corpus=read_corpus(articles)) == ("ok", "")

    (articles / "study.toml").write_text('[topic]\nwords = ["night"]\n', encoding="utf-8")
    assert finding(tmp_path / "figures", corpus=read_corpus(articles)) == (
        "stale",
        "drawn with another study file",
    )
    (articles / "post.txt").write_text("Trams stop\n\nThey stop early.\n", encoding="utf-8")
    assert finding(tmp_path / "figures", corpus=read_corpus(articles)) == (
        "stale",
        "drawn from other articles (1 then, 2 now)",
    )


def test_the_gravest_fault_is_the_status_and_all_are_told(figures: Path) -> None:
    (figures / "buses.pdf").unlink()
    (figures / "buses.csv").write_text("word\n", encoding="utf-8")
    assert finding(figures, corpus=CORPUS | {"sha256": ""}) == (
        "missing",
        "buses.pdf; buses.csv is not the file that was saved; drawn from other articles",
    )


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_figures_is_named(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "none"
    if made:
        folder.mkdir()
    with pytest.raises(
        ExportError, match="none: no figures in it" if made else "no such folder"
    ):
        check_figures(folder)


@pytest.mark.parametrize("filled", [False, True])
def test_the_folder_of_a_run_is_known_by_its_bundles_even_without_their_manifest(
    figures: Path, filled: bool
) -> None:
    assert figures_folder(figures.parent, filled=filled) == figures
    (figures / "manifest.json").unlink()
    assert figures_folder(figures.parent, filled=filled) == figures
    assert figures_folder(str(figures), filled=filled) == figures


def test_where_no_figure_is_asked_for_the_folder_is_the_one_named(tmp_path: Path) -> None:
    assert figures_folder(tmp_path, filled=False) == tmp_path
    assert figures_folder(tmp_path / "none", filled=False) == tmp_path / "none"


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize(
    ("named", "said"),
    [("buses.png", "is a file; name the folder of the figures"), (" ", "is empty")],
)
def test_what_can_be_no_folder_of_figures_is_refused(
    figures: Path, monkeypatch: pytest.MonkeyPatch, named: str, said: str, filled: bool
) -> None:
    monkeypatch.chdir(figures)
    with pytest.raises(ExportError, match=said):
        figures_folder(named, filled=filled)


def test_a_process_killed_between_two_files_is_told_afterwards(
    figures: Path, tmp_path: Path
) -> None:
    save(tmp_path / "new", data=pd.DataFrame({"word": ["night"], "count": [9]}))
    shutil.copy(tmp_path / "new" / "buses.csv", figures)
    assert finding(figures) == ("changed", "buses.csv is not the file that was saved")
