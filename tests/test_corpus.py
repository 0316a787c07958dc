"""Reading a corpus: everything becomes an article or a row in problems, nothing vanishes."""

from __future__ import annotations

import gc
import os
import random
import tracemalloc
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest
from conftest import WriteFiles
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research._names import article_ids
from metoo_research._reading import read_file
from metoo_research.corpus import (
    ARTICLE_COLUMNS,
    PROBLEM_COLUMNS,
    Corpus,
    read_corpus,
    with_labels,
)
from metoo_research.errors import CorpusError, StudyError, TableError
from metoo_research.readers import (
    Declared,
    File,
    Item,
    RawArticle,
    RawProblem,
    endings_read,
    read_items,
)

STORY = "Nurses marched through the town on Monday to ask for more rest between shifts."


def read(*paths: Path, study: Path | None = None) -> Corpus:
    return read_corpus(paths, study=study, progress=False)


def problems(corpus: Corpus) -> list[tuple[str, str]]:
    return list(zip(corpus.problems["source_file"], corpus.problems["reason"], strict=True))


def refused(*paths: Path | str) -> str:
    with pytest.raises(CorpusError) as told:
        read_corpus(paths, progress=False)
    assert "\n" not in str(told.value)
    return str(told.value)


def links_are_allowed(folder: Path) -> bool:
    try:
        (folder / "link").symlink_to(folder / "nothing")
    except OSError:
        return False
    (folder / "link").unlink()
    return True


# What is read


def test_the_seeds(seeds: Path) -> None:
    corpus = read(seeds)
    articles = corpus.articles
    assert list(articles.columns) == list(ARTICLE_COLUMNS)
    assert articles["article_id"].str[:3].tolist() == ["000", "001", "002", "003", "004"]
    assert articles["label"].tolist() == [
        "000 Global Citizen", "001", "002", "003", "004 The Debrief",
    ]  # fmt: skip
    assert articles["author"].fillna("-").tolist() == [
        "Daniele Selby", "-", "-", "-", "Millie Hurst",
    ]  # fmt: skip
    assert articles["headline"].notna().tolist() == [True, False, True, True, True]
    assert articles["truncated"].tolist() == [False, False, True, False, False]
    assert articles["published"].isna().all()
    assert set(articles["language"]) == {"en"}
    for row in articles.to_dict("records"):
        assert row["text"].encode() == (seeds / row["source_file"]).read_bytes()
    assert len(corpus.problems) == 0
    assert corpus.set_aside == ("README.md", "study.toml")
    assert (
        repr(corpus)
        == "<Corpus 'Five articles on #MeToo, October 2017': 5 articles, 0 problems>"
    )


def test_a_corpus_without_study(write_files: WriteFiles) -> None:
    corpus = read(write_files({"a.txt": STORY}))
    assert corpus.name == "articles"
    row = corpus.articles.iloc[0]
    assert (row["article_id"], row["label"], row["text"]) == ("a", "a", STORY)
    assert row[["outlet", "headline", "author", "url", "language", "published"]].isna().all()


def test_missing_facts_are_missing_not_empty(write_files: WriteFiles) -> None:
    corpus = read(
        write_files({"a.txt": STORY, "b.txt": f"Nurses March\n\nBy Ana Ruiz\n\n{STORY}"})
    )
    assert corpus.articles["headline"].isna().tolist() == [True, False]
    assert str(corpus.articles["headline"].dtype) == "str"
    assert str(corpus.articles["published"].dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("by Ana Ruiz |", "Ana Ruiz"),
        ("BY ANA RUIZ | TIDELINE", "ANA RUIZ"),
        ("Words by Ana Ruiz and Tom Okafor", "Ana Ruiz and Tom Okafor"),
        ("*By Ana Ruiz*", "Ana Ruiz"),
        ("By Ana Ruiz and Tom Okafor, Staff Writers", "Ana Ruiz and Tom Okafor"),
        ("By Ana Ruiz in Harwich, 14 May 2019", "Ana Ruiz"),
        ("By Ana Ruiz, The Harwich Gazette", "Ana Ruiz"),
    ],
)
def test_headline_and_author_from_the_text(
    write_files: WriteFiles, byline: str, author: str
) -> None:
    corpus = read(write_files({"a.txt": f"# Nurses march\n\n{byline}\n\n{STORY}"}))
    row = corpus.articles.iloc[0]
    assert (row["headline"], row["author"]) == ("Nurses march", author)


def test_a_hashtag_at_the_beginning_of_a_headline_stays(write_files: WriteFiles) -> None:
    corpus = read(write_files({"a.txt": f"#NursesMarch Fills the Streets\n\n{STORY}"}))
    assert corpus.articles["headline"].tolist() == ["#NursesMarch Fills the Streets"]


def test_a_byline_comes_before_an_outlet_named_as_author(write_files: WriteFiles) -> None:
    article = f"Nurses March\n\nBy Ana Ruiz\n\n{STORY}"
    folder = write_files({"a.csv": f'author,text\nThe Harwich Gazette,"{article}"\n'})
    assert read(folder).articles["author"].tolist() == ["Ana Ruiz"]


def test_the_study_comes_before_the_text(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": f"Nurses March\n\nBy Ana Ruiz\n\n{STORY}",
            "study.toml": """
                [study]
                title = "Nurses"
                language = "en"
                time_zone = "Europe/Dublin"
                [articles."a.txt"]
                label = "The march"
                outlet = "Tideline"
                headline = "Nurses march for rest"
                author = "A. Ruiz"
                published = 2019-05-14
                url = "https://www.example.org/a"
            """,
        }
    )
    corpus = read(folder)
    row = corpus.articles.iloc[0]
    assert corpus.name == "Nurses"
    assert row["label"] == "The march"
    assert row["outlet"] == "Tideline"
    assert row["headline"] == "Nurses march for rest"
    assert row["author"] == "A. Ruiz"
    assert row["published"] == pd.Timestamp("2019-05-14", tz="Europe/Dublin")
    assert row["published_precision"] == "day"
    assert row["url"] == "https://www.example.org/a"
    assert row["language"] == "en"


@pytest.mark.parametrize(
    "end", [f"{STORY} They were tired…", f"{STORY}\n\nRead the full article here"]
)
def test_an_article_cut_short_at_its_source(write_files: WriteFiles, end: str) -> None:
    corpus = read(write_files({"a.txt": f"{STORY}\n\n{end}", "b.txt": STORY}))
    assert corpus.articles["truncated"].tolist() == [True, False]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_stay_as_they_are(write_files: WriteFiles, end: str) -> None:
    text = f"Nurses March{end}{end}{STORY}{end}"
    corpus = read(write_files({"a.txt": text}))
    assert corpus.articles["text"].tolist() == [text]
    assert corpus.articles["headline"].tolist() == ["Nurses March"]


def test_encodings_are_recorded(write_files: WriteFiles) -> None:
    text = "“We are tired,” said the nurse at the café."
    corpus = read(
        write_files(
            {
                "a.txt": text.encode("cp1252"),
                "b.txt": text.encode("utf-16"),
                "c.txt": text.encode("utf-16-le"),
                "d.txt": text.encode("utf-8-sig"),
                "e.txt": text.encode(),
            }
        )
    )
    assert corpus.articles["text"].tolist() == [text] * 5
    assert corpus.articles["encoding"].tolist() == [
        "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-8",
    ]  # fmt: skip


# Files, folders, names


def test_folders_within_folders(write_files: WriteFiles) -> None:
    folder = write_files({"b/x.txt": STORY, "a/deep/er/y.txt": STORY, "c.txt": STORY})
    corpus = read(folder)
    assert corpus.articles["source_file"].tolist() == ["a/deep/er/y.txt", "b/x.txt", "c.txt"]
    assert corpus.articles["article_id"].tolist() == ["a/deep/er/y", "b/x", "c"]


def test_a_single_file_and_the_study_beside_it(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": STORY,
            "b.txt": STORY,
            "study.toml": '[articles."a.txt"]\noutlet = "Tideline"\n'
            '[articles."b.txt"]\noutlet = "Another"',
        }
    )
    corpus = read(folder / "a.txt")
    assert corpus.articles["article_id"].tolist() == ["a"]
    assert corpus.articles["outlet"].tolist() == ["Tideline"]
    assert len(corpus.problems) == 0
    assert corpus.name == "a.txt"


def test_a_path_may_be_one_or_several_as_text_or_path(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY, "b.txt": STORY})
    assert len(read_corpus(folder, progress=False)) == 2
    assert len(read_corpus(str(folder), progress=False)) == 2
    assert len(read_corpus([str(folder / "a.txt"), folder / "b.txt"], progress=False)) == 2


def test_the_same_file_named_twice_is_one_article(write_files: WriteFiles) -> None:
    folder = write_files({"sub/a.txt": STORY, "b.txt": STORY})
    for paths in (
        [folder / "b.txt", folder / "b.txt"],
        [folder / "b.txt", folder / "sub" / ".." / "b.txt"],
    ):
        assert len(read(*paths)) == 1
    assert read(folder, folder / "sub", folder / "b.txt").articles["article_id"].tolist() == [
        "b",
        "sub/a",
    ]


def test_two_folders_that_hold_the_same_names(write_files: WriteFiles) -> None:
    folder = write_files({"north/a.txt": STORY, "south/a.txt": f"{STORY} Again."})
    one = read(folder / "north", folder / "south")
    other = read(folder / "south", folder / "north")
    assert one.articles["article_id"].tolist() == ["north/a", "south/a"]
    pd.testing.assert_frame_equal(one.articles, other.articles)
    assert one.sha256 == other.sha256


def test_two_folders_that_have_the_same_name(write_files: WriteFiles) -> None:
    folder = write_files({"2017/texts/a.txt": STORY, "2018/texts/a.txt": STORY})
    corpus = read(folder / "2017" / "texts", folder / "2018" / "texts")
    assert corpus.articles["article_id"].tolist() == ["2017/texts/a", "2018/texts/a"]


def test_a_study_in_the_first_of_several_folders_knows_its_own_names(
    write_files: WriteFiles,
) -> None:
    folder = write_files(
        {
            "north/a.txt": STORY,
            "north/study.toml": '[articles."a.txt"]\noutlet = "Tideline"',
            "south/a.txt": f"{STORY} It rained.",
        }
    )
    corpus = read(folder / "north", folder / "south")
    assert corpus.articles["outlet"].fillna("-").tolist() == ["Tideline", "-"]
    assert len(corpus.problems) == 0


def test_a_study_file_elsewhere(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "texts/a.txt": STORY,
            "texts/mine.toml": '[articles."a.txt"]\noutlet = "One"',
            "other.toml": '[articles."a.txt"]\noutlet = "Two"',
        }
    )
    for study, outlet, set_aside in (
        (folder / "texts" / "mine.toml", "One", ("mine.toml",)),
        (folder / "other.toml", "Two", ()),
    ):
        corpus = read(folder / "texts", study=study)
        assert corpus.articles["outlet"].tolist() == [outlet]
        assert corpus.set_aside == set_aside


def test_ids_are_made_of_the_path_alone(write_files: WriteFiles) -> None:
    names = ["a.txt", "A b.txt", "A (b).txt", "a.md", "sub/a.txt", "sub-a.txt", "ä ö.txt"]
    folder = write_files(dict.fromkeys(names, STORY))
    together = read(folder).articles.set_index("source_file")["article_id"]
    assert together.is_unique
    assert together["a.txt"] == "a"
    assert together["sub/a.txt"] == "sub/a"
    assert together["A b.txt"].startswith("A-b~")
    assert together["A (b).txt"].startswith("A-b~")
    for name in ("a.txt", "A b.txt", "ä ö.txt"):
        assert read(folder / name).articles["article_id"].tolist() == [together[name]]


def test_endings_tell_articles_apart(write_files: WriteFiles) -> None:
    names = ["a", "a.txt", "a.md", "a.md.txt", "b/a", "b/a.txt"]
    assert len({*article_ids(names)}) == len(names)
    assert article_ids(["a.txt", "a.md", "b/a.txt"]) == ["a", "a.md", "b/a"]


def test_accents_have_one_spelling_on_every_system(write_files: WriteFiles) -> None:
    decomposed, composed = (
        unicodedata.normalize(form, "Übung é.txt") for form in ("NFD", "NFC")
    )
    folder = write_files(
        {decomposed: STORY, "study.toml": f'[articles."{composed}"]\noutlet = "Tideline"'}
    )
    corpus = read(folder)
    assert corpus.articles["source_file"].tolist() == [composed]
    assert corpus.articles["outlet"].tolist() == ["Tideline"]
    assert corpus.articles["article_id"].str.startswith("Übung-é~").all()


def test_names_that_differ_only_in_case_or_accents_stay_apart(write_files: WriteFiles) -> None:
    names = ["a.txt", "A.txt", "e\u0301.txt", "é.txt", "e\u0301/x.txt", "é/x.txt"]
    folder = write_files(dict.fromkeys(names, STORY))
    there = sum(len(files) for _, _, files in os.walk(folder))  # fewer where case is not kept
    corpus = read(folder)
    assert len(corpus) == there
    assert corpus.articles["article_id"].is_unique
    assert corpus.articles["source_file"].is_unique


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems only")
def test_a_name_that_is_no_text(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(STORY)
    except OSError:
        pytest.skip("this file system refuses such names")
    assert read(folder).articles["source_file"].tolist() == ["a.txt", "caf\\udce9.txt"]


def test_what_the_system_and_the_study_leave_is_set_aside(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": STORY,
            ".hidden.txt": STORY,
            ".git/a.txt": STORY,
            "Thumbs.db": b"\0",
            "~$a.docx": b"\0",
            "README.md": "About these articles.",
            "LICENSE": "Terms.",
            "study.toml": "",
        }
    )
    corpus = read(folder)
    assert corpus.articles["article_id"].tolist() == ["a"]
    assert corpus.set_aside == (
        ".hidden.txt", "LICENSE", "README.md", "Thumbs.db", "study.toml", "~$a.docx",
    )  # fmt: skip
    assert len(corpus.problems) == 0


# Labels and fingerprints


def test_labels_are_the_shortest_that_tell_articles_apart(write_files: WriteFiles) -> None:
    names = ["000_ab12.txt", "001_ab12.txt", "north_x_1.txt", "north_x_2.txt", "south.txt"]
    corpus = read(write_files(dict.fromkeys(names, STORY)))
    assert corpus.articles["label"].tolist() == [
        "000",
        "001",
        "north_x_1",
        "north_x_2",
        "south",
    ]


def test_a_label_holds_the_whole_name_of_an_outlet(write_files: WriteFiles) -> None:
    outlet = "The Independent Weekly Gazette of Upper and Lower Northwold and Its Isles"
    study = "".join(f'[articles."{n}.txt"]\noutlet = "{outlet}"\n' for n in (1, 2))
    corpus = read(write_files({"1.txt": STORY, "2.txt": STORY, "study.toml": study}))
    assert corpus.articles["label"].tolist() == [f"1 {outlet}", f"2 {outlet}"]


def test_no_two_labels_are_alike(write_files: WriteFiles) -> None:
    long = "a" * 70
    folder = write_files(
        {
            f"{long}1.txt": STORY,
            f"{long}2.txt": STORY,
            "b.txt": STORY,
            "b_.txt": STORY,
            "c.txt": STORY,
            "d.txt": STORY,
            "study.toml": '[articles."c.txt"]\nlabel = "C"\n[articles."d.txt"]\nlabel = "C"',
        }
    )
    labels = read(folder).articles.set_index("article_id")["label"]
    assert labels.is_unique
    assert labels["c"] == "C (c)"
    assert labels["d"] == "C (d)"


def test_with_labels(write_files: WriteFiles) -> None:
    corpus = read(write_files({"a_1.txt": STORY, "b_1.txt": STORY}))
    table = pd.DataFrame({"count": [3, 4], "article_id": pd.Categorical(["b_1", "a_1"])})
    assert with_labels(table, corpus.articles).astype(str).to_dict("list") == {
        "count": ["3", "4"],
        "article_id": ["b_1", "a_1"],
        "label": ["b", "a"],
    }
    with pytest.raises(TableError, match="no column article_id"):
        with_labels(table[["count"]], corpus.articles)


def test_the_fingerprint_changes_with_bytes_and_names(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    first = read(folder).sha256
    assert read(folder).sha256 == first
    write_files({"a.txt": STORY + " "})
    second = read(folder).sha256
    (folder / "a.txt").rename(folder / "b.txt")
    assert len({first, second, read(folder).sha256}) == 3


def test_a_file_that_is_no_article_does_not_change_the_fingerprint(
    write_files: WriteFiles,
) -> None:
    folder = write_files({"a.txt": STORY})
    first = read(folder).sha256
    write_files({"notes.txt": ""})
    corpus = read(folder)
    assert len(corpus.problems) == 1
    assert corpus.sha256 == first


def test_reading_twice_gives_the_same_tables(write_files: WriteFiles) -> None:
    folder = write_files({f"{n}.txt": f"{STORY} {n}" for n in range(20)})
    pd.testing.assert_frame_equal(read(folder).articles, read(folder).articles)


# Bad input


def test_a_path_that_does_not_exist(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    wrong = folder.parent / "artcles"
    assert refused(wrong) == f"{wrong}: no such file or folder; did you mean {folder}?"
    nowhere = folder / "no" / "such" / "thing"
    assert refused(nowhere) == f"{nowhere}: no such file or folder"


@pytest.mark.parametrize("paths", [[], [""], ["  "]])
def test_no_path(paths: list[str]) -> None:
    assert refused(*paths) == "no corpus named; name a folder of articles"


def test_a_path_too_long_for_the_system() -> None:
    assert "x: " in refused(Path("x" * 5_000))


def test_an_empty_folder(tmp_path: Path) -> None:
    said = f"{tmp_path}: no articles in it; put files there ({', '.join(endings_read())})"
    assert refused(tmp_path) == said
    (tmp_path / "study.toml").touch()
    assert refused(tmp_path) == said


def test_a_folder_with_nothing_that_can_be_read(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": b"", "b.xyz": b"\0", "c.txt": " \n", "d.txt": b"\0"})
    assert refused(folder) == (
        f"{folder}: none of 4 files can be read: a.txt: empty file; b.xyz: no reader for .xyz; "
        "c.txt: no text in it; and 1 more"
    )
    assert refused(folder / "a.txt") == (
        f"{folder / 'a.txt'}: its only file cannot be read: a.txt: empty file; "
        "0 bytes; copy it again from its source"
    )


def test_one_bad_file_stops_nothing_and_does_not_vanish(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": STORY,
            "binary.txt": bytes(range(256)) * 20,
            "damaged.txt": b"\xef\xbb\xbfabc\xff",
            "empty.txt": b"",
            "noending": STORY,
            "spaces.txt": " \r\n",
            "table.xyz": STORY,
            "z.txt": f"{STORY} It rained.",
        }
    )
    corpus = read(folder)
    assert corpus.articles["article_id"].tolist() == ["a", "z"]
    assert list(corpus.problems.columns) == list(PROBLEM_COLUMNS)
    assert problems(corpus) == [
        ("binary.txt", "not text (no known encoding fits)"),
        ("damaged.txt", "damaged utf-8 text at byte 3"),
        ("empty.txt", "empty file"),
        ("noending", "no reader for files without an ending"),
        ("spaces.txt", "no text in it"),
        ("table.xyz", "no reader for .xyz"),
    ]
    assert corpus.problems["detail"].str.len().gt(10).all()
    assert len(corpus) + len(corpus.problems) == 8


def test_a_file_that_cannot_be_opened(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_files({"a.txt": STORY, "locked.txt": STORY})
    read_bytes = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    corpus = read(folder)
    assert len(corpus) == 1
    assert problems(corpus) == [("locked.txt", "cannot be opened (Permission denied)")]


def test_a_folder_that_cannot_be_opened(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_files({"a.txt": STORY, "locked/b.txt": STORY})
    scandir = os.scandir

    def locked(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    corpus = read(folder)
    assert len(corpus) == 1
    assert problems(corpus) == [("locked", "folder cannot be opened (Permission denied)")]


def test_a_link_to_nothing_and_a_link_to_a_folder(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    if not links_are_allowed(folder):
        pytest.skip("this system does not let us make links")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "loop").symlink_to(folder)
    corpus = read(folder)
    assert len(corpus) == 1
    (loop, gone) = problems(corpus)
    assert loop == ("loop", "link to a folder, not followed")
    assert gone[0] == "gone.txt"
    assert gone[1].startswith("cannot be opened (")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_named_pipe_is_not_waited_for(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    os.mkfifo(folder / "pipe.txt")
    corpus = read(folder)
    assert problems(corpus) == [("pipe.txt", "not a regular file")]


def test_a_study_file_that_does_not_exist(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": STORY})
    with pytest.raises(StudyError, match=r"other\.toml: no such study file"):
        read(folder, study=folder / "other.toml")


def test_a_mistake_in_the_study_is_told_before_anything_is_read(
    write_files: WriteFiles,
) -> None:
    folder = write_files({"a.txt": STORY, "study.toml": '[study]\ntitel = "x"'})
    with pytest.raises(StudyError) as told:
        read(folder)
    assert str(told.value) == (
        f"{folder / 'study.toml'}, line 2, study.titel: unknown key; did you mean 'title'?"
    )


def test_a_name_in_the_study_that_no_file_has(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "article_one.txt": STORY,
            "empty.txt": b"",
            "README.md": "About.",
            "study.toml": '[study]\n[articles."articel_one.txt"]\noutlet = "X"\n'
            '[articles."empty.txt"]\noutlet = "Y"\n[articles."zzz"]\noutlet = "Z"',
        }
    )
    corpus = read(folder)
    assert problems(corpus) == [
        ("empty.txt", "empty file"),
        ("articel_one.txt", "study.toml names it, but there is no such file"),
        ("zzz", "study.toml names it, but there is no such file"),
    ]
    assert corpus.problems["detail"].tolist()[1:] == [
        "study.toml, line 2: did you mean 'article_one.txt'?",
        "study.toml, line 6: correct the name or remove the entry",
    ]


# Every file has its rows


def test_two_thousand_mixed_files(
    write_files: WriteFiles, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metoo_research.progress._SECONDS_BEFORE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    contents: list[str | bytes] = [
        f"{STORY} March number {{n}}.\n", "", b"\x00\x01\x02\xff" * 40, "12 345 – 67\n",
        b"\x89PNG\r\n\x1a\n" + bytes(64), "  \n\t\n", f"Nurses March\n\n{STORY} {{n}}\n",
        "404 Not Found\n\nnginx\n",
    ]  # fmt: skip
    endings = (".txt", ".txt", ".txt", ".md", ".xyz", ".txt", ".txt", ".txt")
    files: dict[str, str | bytes] = {}
    for n in range(1_980):
        content = contents[n % len(contents)]
        content = content.replace("{n}", str(n)) if isinstance(content, str) else content
        files[f"{n % 7}/übung {n:04}{endings[n % len(endings)]}"] = content
    folder = write_files(files)
    odd = 0
    if os.name == "posix":
        for n in range(5):
            (folder / f"two\nlines {n}.txt").write_text(f"{STORY} Odd {n}.")
            (folder / f"circle {n}.txt").symlink_to(folder / f"circle {(n + 1) % 5}.txt")
            (folder / f"circle of folders {n}").symlink_to(folder)
            (folder / f"gone {n}.txt").write_text(STORY)
        odd = 20

    def vanishing(source: str, path: Path, *more: object) -> object:
        if source.startswith("gone"):
            path.unlink()
        return read_file(source, path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("metoo_research.corpus.read_file", vanishing)
    corpus = read_corpus(folder)
    assert "Reading" in capfd.readouterr().err
    assert len(corpus) + len(corpus.problems) == len(files) + odd
    named = [*corpus.articles["source_file"], *corpus.problems["source_file"]]
    assert len(set(named)) == len(files) + odd
    assert sorted(named) == corpus.files["source_file"].tolist()
    assert (corpus.files["articles"] + corpus.files["problems"]).eq(1).all()
    assert corpus.articles["article_id"].is_unique
    assert set(corpus.problems["reason"]) >= {"empty file", "no text in it", "not an article"}
    if odd:
        assert set(corpus.problems["reason"]) >= {
            "cannot be opened (Too many levels of symbolic links)",
            "cannot be opened (it is gone since the folder was listed)",
            "link to a folder, not followed",
        }


def peak_of_reading(folder: Path) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        read(folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_is_for_articles_not_for_files(write_files: WriteFiles) -> None:
    draw = random.Random(1)  # noqa: S311
    words = ["".join(draw.choices("abcdefghij", k=6)) for _ in range(3_000)]

    def article() -> str:
        return "\n\n".join(" ".join(draw.choices(words, k=60)) + "." for _ in range(20))

    folder = write_files({f"{n}.txt": article() for n in range(60)})
    read(folder)  # imports
    few = peak_of_reading(folder)
    write_files({f"empty/{n}.txt": "" for n in range(500)})
    assert peak_of_reading(folder) - few < 500 * 2_000  # names and reasons
    texts = {f"more/{n}.txt": article() for n in range(150)}
    write_files(texts)
    more = peak_of_reading(folder) - few - 500 * 2_000
    assert more < 5 * sum(map(len, texts.values())), more / sum(map(len, texts.values()))


def test_a_file_of_nothing_has_a_row_too(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def items(file: File) -> Iterator[Item]:
        yield from () if file.name == "b.txt" else read_items(file)

    monkeypatch.setattr("metoo_research._reading.read_items", items)
    folder = write_files({"a.txt": STORY, "b.txt": STORY})
    assert problems(read(folder)) == [("b.txt", "holds no article")]


def test_a_reader_that_fails_stops_nothing(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def items(file: File) -> Iterator[Item]:
        yield from read_items(file)
        raise KeyError("sheet")

    monkeypatch.setattr("metoo_research._reading.read_items", items)
    corpus = read(write_files({"a.txt": STORY}))
    assert len(corpus) == 1
    assert problems(corpus) == [("a.txt", "its reader failed")]
    assert corpus.files["problems"].tolist() == [1]


def test_where_in_its_file_an_article_is(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def items(file: File) -> Iterator[Item]:
        yield Declared(3)
        yield RawArticle(text=f"{STORY} One.", record="row 1")
        yield RawProblem("no text in it", record="row 2", member="two.csv")
        yield RawArticle(text=f"{STORY} Two.", record="row 3", published="2021-05-04")

    monkeypatch.setattr("metoo_research._reading.read_items", items)
    corpus = read(write_files({"a.txt": "-"}))
    assert corpus.articles["source_file"].tolist() == ["a.txt", "a.txt"]
    assert corpus.articles["record"].tolist() == ["row 1", "row 3"]
    assert corpus.articles["article_id"].tolist() == article_ids(["a.txt#row 1", "a.txt#row 3"])
    assert corpus.articles["published_precision"].tolist()[1:] == ["day"]
    assert corpus.problems["record"].fillna("-").tolist() == ["two.csv#row 2", "-"]
    assert problems(corpus) == [
        ("a.txt", "no text in it"),
        ("a.txt", "says it holds 3 articles, 2 were found"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1,204 3,300 – 12 %\n",
        "403 Forbidden\n\nopenresty\n",
        "Error 404\nPage not found\n",
        "Just a moment...\nPlease enable JavaScript and cookies to continue\n",
        "Access Denied\nYou don't have permission to access this page on this server.\n",
        "17;0.5;3\n" * 100 + "total",
    ],
)
def test_what_is_no_article(write_files: WriteFiles, text: str) -> None:
    corpus = read(write_files({"a.txt": text, "b.txt": STORY}))
    assert problems(corpus) == [("a.txt", "not an article")]


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Strike over.",
        "404 nurses marched on Monday.",
        "Access denied: the clinic closed its doors to reporters.",
        f"{STORY} The page you are looking for is gone, said the site. " * 5,
    ],
)
def test_a_short_text_is_an_article(write_files: WriteFiles, text: str) -> None:
    assert len(read(write_files({"a.txt": text}))) == 1


# Language

ENGLISH = (
    "The nurses said that they had not slept for two days and that the rota was to blame."
    " It is not the first time that the county has been told about it, but the board would"
    " not answer.\n"
)
SPANISH = (
    "Las enfermeras dijeron que no habían dormido en dos días y que la culpa era de los turnos."
    " No es la primera vez que se lo dicen a la junta, pero los responsables no quisieron"
    " contestar a las preguntas de este periódico.\n"
)


def test_the_language_of_a_text_is_told_by_its_small_words(write_files: WriteFiles) -> None:
    corpus = read(write_files({"a.txt": ENGLISH, "b.txt": SPANISH, "c.txt": "Huelga."}))
    assert corpus.articles["language"].fillna("-").tolist() == ["en", "es", "-"]
    assert corpus.articles["basis"].fillna("-").tolist()[1:] == [
        "language: small words of the text (es)", "-",
    ]  # fmt: skip
    assert len(corpus.problems) == 0


def test_an_article_in_another_language_than_expected(write_files: WriteFiles) -> None:
    study = '[study]\nlanguage = "en"\n'
    folder = write_files({"a.txt": ENGLISH, "b.txt": SPANISH, "study.toml": study})
    corpus = read(folder)
    assert corpus.articles["language"].tolist() == ["en", "es"]
    assert problems(corpus) == [("b.txt", "language other than expected")]
    assert "in Spanish" in corpus.problems["detail"][0]
    assert "in Spanish" in corpus.articles["notes"][1]
    (folder / "study.toml").write_text(f'{study}[articles."b.txt"]\nlanguage = "es"\n')
    assert problems(read(folder)) == []


# The same in any order


def tables(corpus: Corpus) -> tuple[pd.DataFrame, ...]:
    return corpus.articles, corpus.passages, corpus.problems, corpus.files


_NAMES = st.lists(
    st.text("abäß ~-_.#(é)", min_size=1, max_size=6).filter(
        lambda name: not name.startswith((".", "~$", "-")) and name.strip(" .") == name
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda name: unicodedata.normalize("NFC", name).casefold(),
)


@settings(max_examples=40)
@given(_NAMES, st.randoms(use_true_random=False))
def test_ids_and_tables_do_not_depend_on_the_order_of_files(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], draw: random.Random
) -> None:
    texts = {f"{name}.txt": f"{STORY} {n % 3}." for n, name in enumerate(names)}

    def written(order: Sequence[str]) -> Corpus:
        folder = tmp_path_factory.mktemp("any") / "articles"
        folder.mkdir()
        for name in order:
            (folder / name).write_text(texts[name], encoding="utf-8")
        return read(folder)

    mixed = draw.sample(list(texts), len(texts))
    one, other, part = written(list(texts)), written(mixed), written(mixed[:-1])
    for table, same in zip(tables(one), tables(other), strict=True):
        pd.testing.assert_frame_equal(table, same)
    assert one.sha256 == other.sha256
    ids, ids_before = (
        dict(zip(c.articles["source_file"], c.articles["article_id"], strict=True))
        for c in (one, part)
    )
    assert ids_before.items() <= ids.items()  # adding a file changes no id


# Size and progress


def test_many_files(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            f"{n // 100:02}/{n:04}.txt": f"{STORY}\n\n{n}." if n % 50 else ""
            for n in range(2_000)
        }
    )
    corpus = read(folder)
    assert len(corpus) == 1_960
    assert len(corpus.problems) == 40
    assert corpus.articles["article_id"].is_unique
    assert corpus.articles["label"].is_unique


def test_a_large_file(write_files: WriteFiles) -> None:
    text = (f"{STORY} " * 12 + "\n") * 22_000
    corpus = read(write_files({"large.txt": text}))
    assert len(text) > 20_000_000
    assert corpus.articles["text"].tolist() == [text]


def test_a_quick_read_shows_no_progress(
    write_files: WriteFiles, capfd: pytest.CaptureFixture[str]
) -> None:
    read_corpus(write_files({"a.txt": STORY}))
    assert capfd.readouterr() == ("", "")


def test_a_slow_read_shows_progress_on_standard_error(
    write_files: WriteFiles,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("metoo_research.progress._SECONDS_BEFORE", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    read_corpus(write_files({"a.txt": STORY, "b.txt": STORY}))
    out, err = capfd.readouterr()
    assert out == ""
    assert "Reading" in err
    assert "2/2" in err


# How a corpus shows itself


def test_summary(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": STORY,
            "b.txt": f"{STORY} And so they…",
            "c.txt": b"",
            "study.toml": '[articles."a.txt"]\noutlet = "X"\npublished = 2019-05-14\n'
            '[articles."b.txt"]\noutlet = "X"\npublished = 2019-05-16',
        }
    )
    summary = read(folder).summary()
    assert dict(zip(summary["what"], summary["number"], strict=True)) == {
        "articles": "2",
        "problems": "1",
        "files set aside (the study's own)": "1",
        "words, roughly (between spaces)": "31",
        "outlets named": "1",
        "articles with a date": "2",
        "articles cut short at their source": "1",
        "files found": "4",
        "copies of other articles": "0",
        "languages": "not known (2)",
        "outlets": "X (2)",
        "published": "2019-05-14 to 2019-05-16",
    }


def test_html_is_escaped(write_files: WriteFiles) -> None:
    folder = write_files(
        {"a.txt": STORY, "<b>.txt": b"", "study.toml": '[study]\ntitle = "<script>"'}
        if os.name == "posix"
        else {"a.txt": STORY, "b&.txt": b"", "study.toml": '[study]\ntitle = "<script>"'}
    )
    shown = read(folder)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<b>" not in shown.replace("<b></b>", "")
    assert "empty file" in shown


def test_a_study_beside_the_folder_is_the_folders_own(write_files: WriteFiles) -> None:
    home = write_files({"articles/a.txt": STORY, "study.toml": '[study]\ntitle = "Boats"\n'})
    assert read(home / "articles").name == "Boats"


def test_a_study_in_the_folder_comes_before_one_beside_it(write_files: WriteFiles) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.txt": STORY,
        "articles/study.toml": '[study]\ntitle = "Boats"\n',
        "study.toml": '[study]\ntitle = "Trains"\n',
    }
    assert read(write_files(files) / "articles").name == "Boats"
