"""People whose posts are embedded get pseudonyms, wherever they stand; all else stays."""

# ruff: noqa: E501 - sentences are data here

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import WriteFiles
from hypothesis import given
from hypothesis import strategies as st

import metoo_research as mr
from metoo_research._pseudonyms import Edited
from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import StudyError
from metoo_research.privacy import list_pseudonyms, pseudonymise

FERRY = """Sailors Tell of Their Nights

By Ana Ruiz

Many sailors answered the cook on Twitter, and some of them told how long they had been awake.

Thirty hours, and then the fog came.
— Ida Brandt (@ida_brandt) May 4, 2021

Same here. https://t.co/Ab12Cd34
— José Ruiz-Lund (@joselund) May 4, 2021

Brandt, 34, said later that she had thought twice before she wrote it. “Ida is the bravest of
us,” said José Ruiz‑Lund’s brother. More than 4,000 people shared what Ida Brandt had written.

The county answered as @Norrby_County. Write to us: desk@quay.example
"""
HARBOUR = """Two Weeks After the Ferry

@IDA_BRANDT has a new job. “I would do it again,” Ms. Brandt told us, and so would IDA BRANDT's
friends: 52 percent of them, according to a poll by @joselund. Ida Norling, who leads the union,
did not call. See https://twitter.com/ida_brandt/status/99 and https://twitter.com/hashtag/ferry.
"""
STUDY = '[privacy]\npublic = ["@norrby_county"]\n'
HIDDEN = re.compile(r"brandt|joselund|Ruiz.Lund|Ab12Cd34", re.IGNORECASE)


def corpus_of(write_files: WriteFiles, study: str = STUDY, **texts: str) -> Corpus:
    files = {f"{name}.txt": text for name, text in texts.items()}
    return read_corpus(write_files({**files, "study.toml": study}), progress=False)


@pytest.fixture
def corpus(write_files: WriteFiles) -> Corpus:
    return corpus_of(write_files, ferry=FERRY, harbour=HARBOUR)


def texts(corpus: Corpus) -> dict[str, str]:
    return dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))


def test_the_same_person_has_the_same_pseudonym_in_all_articles(corpus: Corpus) -> None:
    ferry, harbour = texts(pseudonymise(corpus)).values()
    assert "— Person A (@person_a) May 4, 2021" in ferry
    assert "— Person B (@person_b) May 4, 2021" in ferry
    assert "Person A, 34, said later" in ferry
    assert "“Person A is the bravest of\nus,” said Person B’s brother" in ferry
    assert "what Person A had written" in ferry
    assert "@person_a has a new job" in harbour
    assert "Ms. Person A told us" in harbour
    assert "would Person A's\nfriends" in harbour
    assert "a poll by @person_b" in harbour


def test_what_is_public_or_no_handle_or_another_person_stays(corpus: Corpus) -> None:
    ferry, harbour = texts(pseudonymise(corpus)).values()
    assert "The county answered as @Norrby_County. Write to us: desk@quay.example" in ferry
    assert "Ida Norling, who leads the union" in harbour
    assert "By Ana Ruiz" in ferry


def test_links_to_posts_lose_what_follows_the_network(corpus: Corpus) -> None:
    ferry, harbour = texts(pseudonymise(corpus)).values()
    assert "Same here. https://t.co/link\n" in ferry
    assert "See https://twitter.com/link and https://twitter.com/hashtag/ferry." in harbour


def test_no_table_names_anyone(corpus: Corpus) -> None:
    assert HIDDEN.search(" ".join(texts(corpus).values()))
    hidden = pseudonymise(corpus)
    sentences = mr.split_sentences(hidden, kinds=mr.PASSAGE_KINDS)
    tokens = mr.tokenize(sentences)
    patterns = ["person", "ida", "brandt", "@*"]
    tables = {
        "articles": hidden.articles,
        "passages": hidden.passages,
        "sentences": sentences,
        "tokens": tokens.astype("str"),
        "concordance": mr.concordance(tokens, hidden.articles, patterns, width=60),
        "metrics": mr.reported_metrics(sentences, hidden.study),
    }
    for name, table in tables.items():
        assert not HIDDEN.search(table.to_csv()), name
        assert len(table), name


def test_offsets_are_those_of_the_new_texts(corpus: Corpus) -> None:
    hidden = pseudonymise(corpus)
    whole, new = texts(corpus), texts(hidden)
    pd.testing.assert_frame_equal(
        corpus.passages[["article_id", "passage_id", "kind", "rule"]],
        hidden.passages[["article_id", "passage_id", "kind", "rule"]],
    )
    for before, after in zip(
        corpus.passages.itertuples(), hidden.passages.itertuples(), strict=True
    ):
        passage = whole[str(before.article_id)][int(str(before.start)) : int(str(before.end))]
        moved = new[str(after.article_id)][int(str(after.start)) : int(str(after.end))]
        assert moved.split()[-1:] == passage.split()[-1:] or HIDDEN.search(passage)
        assert moved.split()[0] == passage.split()[0] or HIDDEN.search(passage)
        assert moved == moved.strip()


def test_what_else_changes_and_what_does_not(corpus: Corpus) -> None:
    hidden = pseudonymise(corpus)
    same = ["article_id", "source_file", "sha256", "outlet", "published"]
    pd.testing.assert_frame_equal(corpus.articles[same], hidden.articles[same])
    assert hidden.sha256 != corpus.sha256
    assert hidden.changes == ("pseudonymised (2 people)",)
    assert hidden.articles["notes"].tolist() == ["pseudonymised", "pseudonymised"]
    again = pseudonymise(corpus)
    pd.testing.assert_frame_equal(hidden.articles, again.articles)


def test_the_key_tells_who_is_who(corpus: Corpus) -> None:
    key = list_pseudonyms(corpus)
    assert key.to_dict("list") == {
        "pseudonym": ["Person A", "Person B"],
        "handle_pseudonym": ["@person_a", "@person_b"],
        "handle": ["@ida_brandt", "@joselund"],
        "name": ["Ida Brandt", "José Ruiz-Lund"],
    }


def test_public_names_and_handles_each_stand_for_themselves(write_files: WriteFiles) -> None:
    corpus = corpus_of(write_files, study="", ferry=FERRY)
    (ferry,) = texts(pseudonymise(corpus, public=["ida brandt", "@joselund"])).values()
    assert "— Ida Brandt (@person_a)" in ferry
    assert "Brandt, 34, said" in ferry
    assert "— Person B (@joselund)" in ferry
    with pytest.raises(StudyError, match="a list of names"):
        pseudonymise(corpus, public="Ida Brandt")


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("A post shared by Mo Dahl (@mo.dahl) on May 4, 2021", "A post shared by Person A (@person_a) on May 4, 2021"),
        ("— 🌊 (@wave9) May 4, 2021", "— Person A (@person_a) May 4, 2021"),
        ("— hope (@hope) May 4, 2021", "— Person A (@person_a) May 4, 2021"),
        ("— MO DAHL (@modahl) May 4, 2021", "— Person A (@person_a) May 4, 2021"),
    ],
)  # fmt: skip
def test_forms_of_credit(write_files: WriteFiles, line: str, hidden: str) -> None:
    text = f"They said so online:\n\nAwake for thirty hours and still no end.\n{line}\n\nWe hope for rest.\n"
    (new,) = texts(pseudonymise(corpus_of(write_files, a=text))).values()
    assert new.splitlines()[3] == hidden
    assert new.endswith("We hope for rest.\n")


def test_a_name_before_a_handle_in_running_text(write_files: WriteFiles) -> None:
    text = "It was then that Mo Dahl (@modahl) wrote about it. Dahl has not slept since, friends say.\n"
    (new,) = texts(pseudonymise(corpus_of(write_files, a=text))).values()
    assert (
        new
        == "It was then that Person A (@person_a) wrote about it. Person A has not slept since, friends say.\n"
    )


def test_the_campaign_is_no_person(write_files: WriteFiles) -> None:
    text = "Many wrote “Me Too” that night.\n\nMe too\n— Me Too (@metoo) October 16, 2017\n"
    study = '[campaign]\nnames = ["Me Too"]\n'
    (new,) = texts(pseudonymise(corpus_of(write_files, study, a=text))).values()
    assert (
        new
        == "Many wrote “Me Too” that night.\n\nMe too\n— Me Too (@person_a) October 16, 2017\n"
    )


def test_authors_of_posts_that_the_page_names(corpus: Corpus) -> None:
    passages = corpus.passages.copy()
    place = passages.index[passages["kind"] == "embedded_tweet"][0]
    passages.loc[place, ["post_author", "post_handle"]] = ["Ida Brandt", "@ida_brandt"]
    of_page = Corpus(**{**vars(corpus), "passages": passages})
    row = pseudonymise(of_page).passages.loc[place]
    assert (row["post_author"], row["post_handle"]) == ("Person A", "@person_a")


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Brandt has slept.", "Person A has slept."),
        ("Sailor Brandt has slept.", "Sailor Person A has slept."),
        ("We know that Per Brandt has slept.", "We know that Per Brandt has slept."),
        ("We know that Mrs Brandt has slept.", "We know that Mrs Person A has slept."),
        ("We know that Ida Norling has slept.", "We know that Ida Norling has slept."),
        (
            "Sailors Hear That Brandt Has Slept Well",
            "Sailors Hear That Person A Has Slept Well",
        ),
        ("A brandt is no person.", "A brandt is no person."),
    ],
)
def test_parts_of_names(write_files: WriteFiles, said: str, hidden: str) -> None:
    text = (
        f"Thirty hours, and then the fog came.\n— Ida Brandt (@ida_b) May 4, 2021\n\n{said}\n"
    )
    (new,) = texts(pseudonymise(corpus_of(write_files, a=text))).values()
    assert new.splitlines()[-1] == hidden


def test_an_address_that_spells_a_name_is_left_out(write_files: WriteFiles) -> None:
    study = (
        '[articles."a.txt"]\nurl = "https://quay.example/2021/ida-brandt-speaks"\n'
        '[articles."b.txt"]\nurl = "https://quay.example/2021/ferry"\n'
    )
    hidden = pseudonymise(corpus_of(write_files, study, a=FERRY, b=HARBOUR))
    assert hidden.articles["url"].fillna("-").tolist() == [
        "-",
        "https://quay.example/2021/ferry",
    ]


def test_the_seeds_name_only_who_is_listed(seeds: Path) -> None:
    corpus = read_corpus(seeds, progress=False)
    hidden = pseudonymise(corpus, public=["Alyssa Milano", "@Alyssa_Milano"])
    people = list_pseudonyms(corpus, public=["Alyssa Milano", "@Alyssa_Milano"])
    everything = hidden.articles.drop(columns=["article_id", "source_file"]).to_csv()
    for name in [*people["name"].dropna(), *people["handle"].dropna()]:
        assert name not in everything
    assert set(re.findall(r"@\w+", everything)) == {
        "@Alyssa_Milano", *people["handle_pseudonym"],
    }  # fmt: skip
    assert "Alyssa Milano (@Alyssa_Milano)" in everything


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.text(max_size=3)), max_size=6)
)
def test_offsets_outside_replacements_keep_their_characters(
    parts: list[tuple[int, int, str]],
) -> None:
    old = new = ""
    starts: list[int] = []
    ends: list[int] = []
    moved: list[int] = []
    kept: list[int] = []
    for gap, length, said in parts:
        kept += range(len(old), len(old) + gap)
        old, new = old + "abc"[:gap], new + "abc"[:gap]
        starts.append(len(old))
        old, new = old + "x" * length, new + said
        ends.append(len(old))
        moved.append(len(new) - len(old))
    edited = Edited(new, starts, ends, moved)
    assert all(new[edited.place(at)] == old[at] for at in kept)
    assert edited.place(len(old)) == len(new)
    places = [edited.place(at) for at in range(len(old) + 1)]
    assert places == sorted(places)
