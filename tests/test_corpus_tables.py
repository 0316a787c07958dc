"""Articles that a table lists: the ids it gives them, and what it names without a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from metoo_research.corpus import LISTED_COLUMNS, Corpus, read_corpus
from metoo_research.errors import CorpusError
from metoo_research.write import write_table

STORY = (
    "The ferries stayed in the harbour on Monday.\n\nNo one knew when they would sail again."
)


def corpus_of(folder: Path, **files: str) -> Corpus:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(content, encoding="utf-8")
    return read_corpus(folder, progress=False)


def table(*ids: str, column: str = "article_id") -> str:
    rows = "".join(f'{one},"{STORY}\n\nThis is story {one}."\n' for one in ids)
    return f"{column},text\n{rows}"


def test_a_table_keeps_the_ids_of_its_articles(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, a__csv=table("herald-17", "18", "x:1/2"))
    assert corpus.articles["article_id"].tolist() == ["herald-17", "18", "x:1/2"]
    assert set(corpus.passages["article_id"]) == {"herald-17", "18", "x:1/2"}
    assert corpus.problems.empty


def test_the_tables_that_we_write_give_back_their_ids(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    first = corpus_of(tmp_path / "first", a__txt=STORY, **{"b c__txt": f"{STORY} Or where."})
    (tmp_path / "again").mkdir()
    write_table(first.articles, tmp_path / "again" / "articles.csv")
    again = read_corpus(tmp_path / "again", progress=False)
    assert again.articles["article_id"].tolist() == first.articles["article_id"].tolist()


def test_other_numbers_of_a_database_name_the_record_and_not_the_article(
    tmp_path: Path,
) -> None:
    corpus = corpus_of(tmp_path, a__csv=table("17", column="stories_id"))
    assert corpus.articles["record"].tolist() == ["17"]
    assert corpus.articles["article_id"].str.startswith("a.csv-17~").all()


def test_the_study_may_name_the_column_of_ids(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('[columns]\narticle_id = "Number"\n', encoding="utf-8")
    corpus = corpus_of(tmp_path, a__csv=table("17", column="Number"))
    assert corpus.articles["article_id"].tolist() == ["17"]


def test_an_id_of_two_articles_is_that_of_the_first_and_told(tmp_path: Path) -> None:
    other = table("17", "18").replace("story 17", "another story")
    corpus = corpus_of(tmp_path, a__csv=table("17"), b__csv=other)
    ids = corpus.articles["article_id"].tolist()
    assert (ids[0], ids[2]) == ("17", "18")
    assert ids[1].startswith("b.csv-17~")
    assert corpus.problems[["source_file", "record", "reason"]].to_numpy().tolist() == [
        ["b.csv", "17", f"its article_id is not kept, it is called {ids[1]!r}"]
    ]


def test_an_id_never_takes_the_name_of_another_file(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, a__csv=table("b"), b__txt=f"{STORY} It rained.")
    ids = dict(zip(corpus.articles["source_file"], corpus.articles["article_id"], strict=True))
    assert ids["b.txt"] == "b"
    assert ids["a.csv"].startswith("a.csv-b~")


@pytest.mark.parametrize("odd", ["with space", "a\tb", "<b>", "x" * 101])
def test_an_id_that_no_address_can_hold_is_not_kept(tmp_path: Path, odd: str) -> None:
    corpus = corpus_of(tmp_path, a__csv=table(odd))
    assert corpus.articles["article_id"].str.startswith("a.csv-").all()
    assert len(corpus.problems) == 1


def test_a_list_of_links_is_read_as_metadata(tmp_path: Path) -> None:
    links = (
        "stories_id,publish_date,title,url,media_name,language\n"
        "1,2017-10-15,Ferries stay,https://h.example/1,Herald,en\n"
        "2,2017-10-20T08:00:00Z,Ferries sail,https://p.example/2,Post,en\n"
    )
    corpus = corpus_of(tmp_path, links__csv=links, story__txt=STORY)
    listed = corpus.listed
    assert tuple(listed.columns) == LISTED_COLUMNS
    assert listed["url"].tolist() == ["https://h.example/1", "https://p.example/2"]
    assert listed["outlet"].tolist() == ["Herald", "Post"]
    assert listed["headline"].tolist() == ["Ferries stay", "Ferries sail"]
    assert listed["record"].tolist() == ["1", "2"]
    assert [f"{when:%Y-%m-%d %H:%M}" for when in listed["published"]] == [
        "2017-10-15 00:00",
        "2017-10-20 08:00",
    ]
    assert listed["published_precision"].tolist() == ["day", "minute"]
    assert corpus.articles["source_file"].tolist() == ["story.txt"]
    said = corpus.problems["reason"].tolist()
    assert said == ["a list of 2 links without text; read as metadata"]
    numbers = dict(corpus.summary().to_numpy().tolist())
    assert numbers["articles listed without text"] == "2"


def test_a_list_of_links_alone_holds_nothing_to_analyse(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="a link without text; read as metadata"):
        corpus_of(tmp_path, links__json='[{"url": "https://h.example", "title": "A"}]')


def test_a_corpus_without_lists_has_an_empty_table_of_them(tmp_path: Path) -> None:
    listed = corpus_of(tmp_path, story__txt=STORY).listed
    assert (len(listed), tuple(listed.columns)) == (0, LISTED_COLUMNS)


def test_an_article_in_an_archive_names_what_read_it(tmp_path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("story.txt", STORY)
        archive.writestr("page.html", f"<article><p>{STORY}</p></article>")
    articles = read_corpus(tmp_path, progress=False).articles
    assert dict(zip(articles["record"], articles["reader"], strict=True)) == {
        "page.html": "html",
        "story.txt": "plain_text",
    }
