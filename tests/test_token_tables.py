"""Tables of tokens: the same tokens as the rules give text by text, in less time and memory."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research import _token_chunks, token_tables
from metoo_research.corpus import read_corpus
from metoo_research.errors import TableError
from metoo_research.token_tables import TOKEN_COLUMNS, compact_tokens
from metoo_research.tokens import (
    TokenKind,
    normal_form,
    split_sentences,
    token_spans,
    tokenize,
)

# Spaces of all kinds, marks that rules look at on either side, and things that they keep whole.
PIECES = st.sampled_from(
    [
        *" \t\n\v\f\r.?!…,:;'\"’‘“”()[]<>#@+-–—*_&%$/01aAbBéß中🙏🏽⚖©",
        *"\u00a0\u2028\u3000\x1c\x1f\x85\x00\u200d\ufe0f\u20e3\u0301\u00ad",
        "U.S.", "us.", "me,", "Too!", "#MeToo", "@jo", "http://", "www.", "t.co/x", "a@b.org",
        "1,700", "20-year-old", "🇬🇧", "’s", "'s", "AT&T", "it's",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


def texts(*written: str | None) -> pd.DataFrame:
    """One article per text."""
    names = [f"article-{number}" for number in range(len(written))]
    return pd.DataFrame({"article_id": names, "text": pd.Series(written, dtype="object")})


def by_the_rules(sentences: pd.DataFrame) -> list[tuple[object, ...]]:
    """What the table must hold: every text cut by itself."""
    return [
        (article_id, sentence_id, offset + start, offset + end, text[start:end],
         normal_form(text[start:end]), kind)
        for article_id, sentence_id, offset, text in zip(
            *(sentences[name] for name in ("article_id", "sentence_id", "start", "text")),
            strict=True,
        )
        for start, end, kind in token_spans(text)
    ]  # fmt: skip


def rows(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(table.astype({"sentence_id": object}).itertuples(index=False, name=None))


@settings(max_examples=300)
@given(before=ANY_TEXT, space=st.sampled_from(" \t\n\v\f\r"), after=ANY_TEXT)
def test_no_rule_looks_over_white_space(before: str, space: str, after: str) -> None:
    shift = len(before) + 1
    assert list(token_spans(before + space + after)) == [
        *token_spans(before),
        *((start + shift, end + shift, kind) for start, end, kind in token_spans(after)),
    ]


@settings(max_examples=200)
@given(
    written=st.lists(st.tuples(ANY_TEXT, st.integers(0, 10**6)), max_size=6),
    batch=st.sampled_from([1, 20, 10**6]),
)
def test_the_table_holds_the_tokens_of_the_rules(
    written: list[tuple[str, int]], batch: int
) -> None:
    sentences = pd.DataFrame(
        {
            "article_id": [f"article-{number % 2}" for number in range(len(written))],
            "sentence_id": np.arange(len(written)) * 7,
            "start": [start for _, start in written],
            "text": [text for text, _ in written],
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_tables, "_BATCH_BYTES", batch)
        assert rows(tokenize(sentences)) == by_the_rules(sentences)


def test_the_table_of_the_seeds_holds_the_tokens_of_the_rules(seeds: Path) -> None:
    sentences = split_sentences(read_corpus(seeds, progress=False))
    assert rows(tokenize(sentences)) == by_the_rules(sentences)


@pytest.mark.parametrize("word", ["a", "U", "us", "www", "http", "com", "s", "it"])
@pytest.mark.parametrize("mark", ["", *'.,;:!?)"('])
def test_a_plain_word_with_a_mark_is_cut_as_the_rules_cut_it(word: str, mark: str) -> None:
    table = tokenize(texts(word + mark))
    assert list(zip(table["start"], table["end"], table["kind"], strict=True)) == list(
        token_spans(word + mark)
    )


def test_each_distinct_chunk_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of the rules does not grow with a text that says the same again."""
    cut: list[str] = []

    def recorded(text: str) -> Iterator[tuple[int, int, TokenKind]]:
        cut.extend(text.split())
        return token_spans(text)

    monkeypatch.setattr(_token_chunks, "token_spans", recorded)
    monkeypatch.setattr(token_tables, "_BATCH_BYTES", 1000)
    tokenize(texts(*["1,700 #MeToo posts, they’d say.\n"] * 500))
    assert cut == ["1,700", "#MeToo", "they’d"]


def test_missing_and_empty_texts_keep_their_place() -> None:
    for missing in (None, np.nan, pd.NA):
        tokens = compact_tokens(texts("", "One two", missing, "", "three"))  # type: ignore[arg-type]
        assert tokens.ends.tolist() == [0, 2, 2, 2, 3]
    table = tokens.frame()
    assert table["article_id"].cat.categories.tolist() == texts(*"abcde")["article_id"].tolist()
    assert table["article_id"].astype(str).tolist() == ["article-1", "article-1", "article-4"]


def test_no_texts_give_an_empty_table_of_the_same_types() -> None:
    empty, full = tokenize(texts()), tokenize(texts("One."))
    assert len(empty) == 0
    assert empty.columns.tolist() == list(TOKEN_COLUMNS)
    for column in ("sentence_id", "start", "end"):
        assert empty[column].dtype == full[column].dtype == np.int32
    assert compact_tokens(texts()).counts() == {}


def test_texts_without_place_begin_at_0_and_are_numbered_in_their_article() -> None:
    table = tokenize(
        pd.DataFrame({"article_id": ["b", "a", "b"], "text": ["One two", "three", "four"]})
    )
    assert table[["article_id", "sentence_id", "start"]].astype(str).to_numpy().tolist() == [
        ["b", "0", "0"],
        ["b", "0", "4"],
        ["a", "0", "0"],
        ["b", "1", "0"],
    ]


def test_counts_are_those_of_the_column_of_words() -> None:
    tokens = compact_tokens(
        texts("They didn't, they DIDN’T #march.", "Women’s march, they say")
    )
    table = tokens.frame(["word", "kind"])
    counted = table.loc[table["kind"].isin(["word", "hashtag"]), "word"]
    assert tokens.counts() == Counter(counted.astype(str))
    assert tokens.counts(leave_out=["they", "absent"]) == {
        "didn't": 2, "#march": 1, "women": 1, "march": 1, "say": 1,
    }  # fmt: skip
    assert tokens.counts(kinds=["punctuation"]) == {",": 2, ".": 1}


def varied_text(n_words: int) -> str:
    """More distinct words than two bytes can number: the costly case."""
    return " ".join(np.base_repr(number + 50_000, 36).lower() for number in range(n_words))


def test_a_token_takes_eight_bytes_and_at_most_fourteen_as_a_frame() -> None:
    tokens = compact_tokens(texts(*[varied_text(40_000)] * 3))
    assert len(tokens) >= 120_000
    assert tokens.start.nbytes + tokens.code.nbytes == 8 * len(tokens)
    for columns, most in (
        (("article_id", "start", "word", "kind"), 14),
        (("article_id", "start", "end", "word"), 14),
        (TOKEN_COLUMNS, 25),
    ):
        frame = tokens.frame(columns)
        codes = sum(frame[name].memory_usage(index=False, deep=False) for name in columns)
        vocabularies = sum(
            frame[name].cat.categories.memory_usage()
            for name in columns
            if isinstance(frame[name].dtype, pd.CategoricalDtype)
        )
        assert (codes - vocabularies) / len(tokens) <= most


def test_a_script_that_only_counts_does_not_start_pandas() -> None:
    script = (
        "import sys; from metoo_research.token_tables import compact_tokens\n"
        "texts = {'article_id': ['a', 'b'], 'text': ['One, two’s.', '3 for #MeToo']}\n"
        "assert compact_tokens(texts).counts(leave_out=['for'])['#metoo'] == 1\n"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"text": ["a"]}, "no column 'article_id'"),
        ({"article_id": ["a"]}, "no column 'text'"),
        ({"article_id": ["a", "b"], "text": ["One", 2]}, "text of row 1: 2 is no text"),
        (
            {"article_id": ["a"], "text": ["on\ud800e"]},
            "text of row 0: half a character .* at 2",
        ),
        (
            {"article_id": ["a"], "text": ["One"], "start": [2**31 - 3]},
            "row 0 reaches to character 2,147,483,648",
        ),
        (
            {"article_id": ["a"], "text": ["One"], "start": [0.5]},
            "'start' .* something else than whole",
        ),
        (
            {"article_id": ["a"], "text": ["One"], "sentence_id": [None]},
            "'sentence_id' .* something else than whole",
        ),
    ],
)
def test_a_table_that_cannot_be_cut_is_told(
    table: dict[str, list[object]], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        compact_tokens(table)


def test_a_column_or_kind_that_does_not_exist_is_told() -> None:
    tokens = compact_tokens(texts("One"))
    with pytest.raises(TableError, match="tokens have no column 'lemma'; columns: article_id"):
        tokens.frame(["lemma"])  # type: ignore[list-item]
    with pytest.raises(TableError, match="no token kind is called 'symbol'; known: word"):
        tokens.counts(kinds=["symbol"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("text", "n_tokens"),
    [
        ("x" * 5_000_000, 1),
        ("e" + "\u0301" * 1_000_000, 1),
        ('"' * 300_000, 300_000),
        ("’" * 300_000, 300_000),
        ("a," * 150_000, 300_000),
        ("\n" * 1_000_000, 0),
        ("\u00a0" * 1_000_000, 0),
        (varied_text(150_000), 150_000),
    ],
    ids=["letters", "accents", "quotes", "apostrophes", "commas", "lines", "nbsp", "varied"],
)
def test_hostile_texts_take_no_more_than_their_share_of_time(text: str, n_tokens: int) -> None:
    """A second or two each; a way that grows with the square would take hours."""
    tokens = compact_tokens(texts(text, "after it"))
    assert tokens.ends.tolist() == [n_tokens, n_tokens + 2]
    assert tokens.start[-2:].tolist() == [0, 6]
