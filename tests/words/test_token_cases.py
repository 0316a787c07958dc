"""Tokens of texts for which quanteda 4 publishes its own: the same, or different for a reason.

Inputs and expected tokens are those of quanteda's tests; each test names its case. Where ours
differ:

- ``tokens-url``: an acronym keeps its last stop ("U.S.", not "U.S" and "."), so that it is
  counted as one word within a sentence and at its end.
- ``tokens-numbers``: a figure with a unit ("100bn") is a number, as "£1.2bn" is money; quanteda
  takes it for a word. Both leave "20-year-old", "4ever" and "gr8" among the words.
- ``tokens-punct-vs-symbol``: quanteda tells punctuation from symbols (£, ±). Kinds of tokens
  are a closed list here, in which both are ``punctuation``, since neither is counted; who needs
  the symbols finds them by their Unicode category, as the test shows.
"""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from metoo_research.tokens import tokenize


def tokens_of(*texts: str | None) -> pd.DataFrame:
    ids = [f"text{number}" for number in range(len(texts))]
    return tokenize({"article_id": ids, "text": texts})


def written(table: pd.DataFrame, *without: str) -> list[str]:
    return table.loc[~table["kind"].isin(without), "token"].astype(str).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The URL was http://t.co/something.", ["The", "URL", "was"]),
        ("The URL was http://quanteda.io", ["The", "URL", "was"]),
        (
            "https://github.com/quanteda/quanteda/issue/1 is another URL",
            ["is", "another", "URL"],
        ),
        (
            "www.r-project.org/about.html is a specific page without protocol",
            ["is", "a", "specific", "page", "without", "protocol"],
        ),
        (
            "https://www.google.com/search?q=quanteda+package is a google search",
            ["is", "a", "google", "search"],
        ),
        (
            "kohei.watanabe@quanteda.org is an email address",
            ["is", "an", "email", "address"],
        ),
        # quanteda: "U.S", "."
        ("The U.S. is not an url", ["The", "U.S.", "is", "not", "an", "url"]),
    ],
)
def test_addresses_are_one_token_without_the_stop_behind_them(
    text: str, expected: list[str]
) -> None:
    """Case tokens-url (quanteda 4.3.1, ``remove_url``)."""
    assert written(tokens_of(text), "url", "punctuation") == expected


def test_hashtags_and_mentions_are_no_punctuation() -> None:
    """Case tokens-tags (quanteda, ``remove_punct``)."""
    table = tokens_of("they: #stretched, @ @@ in,, a # ## never-ending @line.")
    assert written(table, "punctuation") == [
        "they", "#stretched", "in", "a", "never-ending", "@line",
    ]  # fmt: skip


def test_a_hashtag_holds_letters_digits_and_underscores_but_no_hyphen() -> None:
    """Case tokens-tags-charset (quanteda 4.3.1; its versions 2 and 3 kept "#q-x" whole)."""
    assert written(tokens_of("#quanteda #q-x #q_y #q100 #q")) == [
        "#quanteda", "#q", "-", "x", "#q_y", "#q100", "#q",
    ]  # fmt: skip


def test_numbers_keep_their_marks() -> None:
    """Case tokens-numbers (quanteda 4.3.1, ``remove_numbers``, which leaves 100bn)."""
    table = tokens_of(
        "1 and 12 123 1975 12345 100,000 $1,000.00 123,123,456 and 50¢ 1.200,34\n"
        "            100bn 20-year-old 4ever gr8"
    )
    assert written(table, "number") == ["and", "$", "and", "¢", "20-year-old", "4ever", "gr8"]
    assert written(table, "word", "punctuation") == [
        "1", "12", "123", "1975", "12345", "100,000", "1,000.00", "123,123,456", "50",
        "1.200,34", "100bn",
    ]  # fmt: skip


def test_symbols_are_punctuation_and_can_be_told_from_it() -> None:
    """Case tokens-punct-vs-symbol (quanteda, ``remove_punct`` and ``remove_symbols``)."""
    table = tokens_of("I bet ± £100!")
    assert written(table) == ["I", "bet", "±", "£", "100", "!"]
    assert written(table, "punctuation") == ["I", "bet", "100"]
    symbol = table["token"].map(lambda token: unicodedata.category(token[0]).startswith("S"))
    assert written(table[~symbol.astype(bool)]) == ["I", "bet", "100", "!"]


def test_spaces_of_all_kinds_divide_and_are_no_tokens() -> None:
    """Case tokens-spaces (quanteda 4.3.1): tab, line end, no-break space, a lone selector."""
    table = tokens_of(
        "space tab\t newline\n non-breakingspace\u00a0, variationselector16 \ufe0f."
    )
    assert written(table, "punctuation") == [
        "space", "tab", "newline", "non-breakingspace", "variationselector16",
    ]  # fmt: skip


def test_empty_and_missing_texts_keep_their_place() -> None:
    """Case tokens-empty-na (quanteda 4.3.1): three documents, one of them with a token."""
    table = tokens_of("one", None, "")
    assert written(table) == ["one"]
    assert table["article_id"].value_counts(sort=False).to_dict() == {
        "text0": 1,
        "text1": 0,
        "text2": 0,
    }
