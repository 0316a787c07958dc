"""figures.zip holds the bundles of a folder and nothing else, and is the same on every run."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from figure_folders import edit_manifest, save_bundle

from metoo_research.errors import ExportError
from metoo_research.report.archive import write_archive, zipped


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    folder = tmp_path / "figures"
    save_bundle(folder, "words", {"words.png": b"\x89PNG", "words.csv": b"word,count\n"})
    save_bundle(folder, "ages", {"ages.svg": b"<svg/>"})
    return folder


def entries(archive: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        return opened.infolist()


def test_all_bundles_and_the_manifest_are_in_it_by_name(figures: Path, tmp_path: Path) -> None:
    archive = write_archive(figures, tmp_path / "figures.zip")
    assert [entry.filename for entry in entries(archive)] == [
        "figures/ages.json",
        "figures/ages.svg",
        "figures/manifest.json",
        "figures/words.csv",
        "figures/words.json",
        "figures/words.png",
    ]


def test_files_come_out_as_they_went_in(figures: Path, tmp_path: Path) -> None:
    archive = write_archive(figures, tmp_path / "figures.zip")
    with zipfile.ZipFile(archive) as opened:
        for path in figures.iterdir():
            assert opened.read(f"figures/{path.name}") == path.read_bytes()


def test_what_belongs_to_no_bundle_stays_out(figures: Path, tmp_path: Path) -> None:
    for name in ("notes.txt", "old_chart.png", ".DS_Store", "other.json"):
        (figures / name).write_text("not a figure", "utf-8")
    archive = write_archive(figures, tmp_path / "figures.zip")
    names = {entry.filename.removeprefix("figures/") for entry in entries(archive)}
    assert not names & {"notes.txt", "old_chart.png", ".DS_Store", "other.json"}


def test_no_clock_time_and_no_system_is_in_it(figures: Path, tmp_path: Path) -> None:
    for entry in entries(write_archive(figures, tmp_path / "figures.zip")):
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.create_system == 3
        assert oct(entry.external_attr >> 16) == "0o100644"


def test_files_of_another_age_in_another_folder_give_the_same_bytes(tmp_path: Path) -> None:
    archives = []
    for place, seconds in (("here", 1_000_000_000), ("there", 1_600_000_000)):
        folder = tmp_path / place
        save_bundle(folder, "words", {"words.svg": b"<svg/>"})
        for path in folder.iterdir():
            os.utime(path, (seconds, seconds))
        archives.append(write_archive(folder, tmp_path / f"{place}.zip").read_bytes())
    assert archives[0] == archives[1]


def test_text_is_made_smaller_and_pictures_are_left_as_they_are() -> None:
    content = b"word,count\n" * 100
    packed = zipped([("a.csv", content), ("a.png", content)])
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        table, picture = opened.infolist()
    assert table.compress_size < len(content) / 5
    assert picture.compress_size == len(content)


# --- What can be wrong with the folder


def test_a_missing_file_is_named_with_the_way_out(figures: Path, tmp_path: Path) -> None:
    (figures / "words.png").unlink()
    with pytest.raises(ExportError, match=r"words\.png is not there.* delete words\.json"):
        write_archive(figures, tmp_path / "figures.zip")


def test_a_folder_without_figures_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no figures were saved in this folder"):
        write_archive(tmp_path, tmp_path / "figures.zip")


@pytest.mark.parametrize("entry", [1, [], {}, {"files": None}])
def test_an_entry_that_names_no_files_is_told(
    figures: Path, tmp_path: Path, entry: object
) -> None:
    edit_manifest(figures, "words", entry)
    with pytest.raises(ExportError, match=r"manifest\.json: not a list of figures"):
        write_archive(figures, tmp_path / "figures.zip")


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hosts", "..\\secret.txt", "a/b.png"])
def test_a_manifest_cannot_bring_in_files_from_elsewhere(
    figures: Path, tmp_path: Path, name: str
) -> None:
    edit_manifest(figures, "words", {"files": {name: ""}})
    with pytest.raises(ExportError, match="is no file of this folder"):
        write_archive(figures, tmp_path / "figures.zip")


def test_after_an_error_the_old_archive_is_still_there(figures: Path, tmp_path: Path) -> None:
    archive = write_archive(figures, tmp_path / "figures.zip")
    before = archive.read_bytes()
    (figures / "ages.svg").unlink()
    with pytest.raises(ExportError):
        write_archive(figures, archive)
    assert archive.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures", "figures.zip"]
