"""Sentences and tokens: the gold of the seeds, examples, any text, absurd texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from conftest import WriteFiles
from hypothesis import given, settings
from hypothesis import strategies as st

from metoo_research.corpus import Corpus, read_corpus
from metoo_research.errors import TableError
from metoo_research.passages import label_passages
from metoo_research.tokens import (
    TOKENIZER_VERSION,
    normal_form,
    quotation_spans,
    sentence_spans,
    split_sentences,
    token_spans,
    tokenize,
)

HERE = Path(__file__).parent


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def tokens(text: str, *kinds: str) -> list[str]:
    return [text[start:end] for start, end, kind in token_spans(text) if kind in kinds]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in token_spans(text)]


def characters(corpus: Corpus, table: pd.DataFrame) -> list[str]:
    """What stands in the articles at the places that a table names."""
    texts = dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))
    places = zip(table["article_id"], table["start"], table["end"], strict=True)
    return [texts[article_id][start:end] for article_id, start, end in places]


def holds_every_character_once(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    last = 0
    for start, end in spans:
        if not last <= start < end <= len(text) or text[last:start].strip():
            return False
        last = end
    return not text[last:].strip()


def test_sentence_boundaries_of_the_seeds(seeds: Path) -> None:
    """F1 over all places where a sentence could end, those that can go either way left out."""
    found: set[tuple[str, int]] = set()
    gold: set[tuple[str, int]] = set()
    either: set[tuple[str, int]] = set()
    for row in (
        (HERE / "gold/sentence_boundaries.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        paragraph = json.loads(row)
        file, start = paragraph["file"], paragraph["start"]
        text = (seeds / file).read_bytes().decode()[start : paragraph["end"]]
        found |= {(file, start + end) for _, end in sentence_spans(text)[:-1]}
        for boundary in paragraph["boundaries"]:
            place = (file, boundary["offset"])
            if boundary["verdict"] == "either":
                either.add(place)
            elif boundary["verdict"].startswith("boundary"):
                gold.add(place)
    found -= either
    right = len(found & gold)
    assert len(gold) == 54
    assert 2 * right / (len(found) + len(gold)) >= 0.98, found ^ gold


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Lee met Mr. Ortiz on Oct. 5 in Washington, D.C., at noon.", "All agreed."],
        ["J. K. Marsh wrote it.", "Nobody else did."],
        ["The law differs in the U.S. Senate, approx. two of ten said."],
        ["He works in the U.S.", "The law differs there."],
        ["It ended at 5 p.m.", "She went home."],
        ["She works for Acme Inc.", "The firm is in Leeds."],
        ["She said no.", "Then they left."],
        ["He was ill.", "She sat.", "They talked."],
        ["It is No. 5 on the list.", "See vol. 2."],
        ["In Salem, Ore. on Monday it rained."],
        ["It cost 4.7 million in 2014.", "Now it costs less."],
        ["Really?", "Yes!", "Well…", "I do not know."],
        ["Wait...", "What?"],
        ["“Why?” she asked.", "“Because.”", "He left."],
        ["“We must change.", "We must do better,” she said."],
        ["He answered ‘Not now.’ and left."],
        ["she did as well.", "it was years ago.", "nobody asked."],
        ["He came (she said so.)", "Then he left.", "[Laughter.]", "Silence."],
        ["See www.example.org/a.b or write to a.b@example.org today."],
        ["Café au lait.", "Éric came.", "Nothing else."],
        ["So it was. 🙏"],
    ],
    ids=lambda expected: expected[0],
)
def test_where_sentences_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_within_a_paragraph_ends_no_sentence() -> None:
    assert sentences("She left the\nhouse. Nobody\r\nsaw her.") == [
        "She left the\nhouse.",
        "Nobody\r\nsaw her.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#MeToo", [("#MeToo", "hashtag")]),
        ("#MeToo’s", [("#MeToo", "hashtag"), ("’s", "punctuation")]),
        ("#Me_Too2, #YoTambién", [("#Me_Too2", "hashtag"), (",", "punctuation"),
                                  ("#YoTambién", "hashtag")]),
        ("#我也是", [("#我也是", "hashtag")]),
        ("#2017", [("#", "punctuation"), ("2017", "number")]),
        ("@Alyssa_Milano", [("@Alyssa_Milano", "mention")]),
        ("@Alyssa_Milano’s", [("@Alyssa_Milano", "mention"), ("’s", "punctuation")]),
        ("@jo.field.", [("@jo.field", "mention"), (".", "punctuation")]),
        ("1,700,000", [("1,700,000", "number")]),
        ("4.7 million", [("4.7", "number"), ("million", "word")]),
        ("45%", [("45", "number"), ("%", "punctuation")]),
        ("£1.2bn", [("£", "punctuation"), ("1.2bn", "number")]),
        ("10:30pm", [("10:30pm", "number")]),
        ("1990s 16th ½", [("1990s", "number"), ("16th", "number"), ("½", "number")]),
        ("2017-10-15", [("2017-10-15", "number")]),
        ("20-year-old", [("20-year-old", "word")]),
        ("U.S.", [("U.S.", "word")]),
        ("U.S.’s", [("U.S.", "word"), ("’s", "punctuation")]),
        ("didn’t", [("didn’t", "word")]),
        ("women--men", [("women", "word"), ("--", "punctuation"), ("men", "word")]),
        ("‘me too’", [("‘", "punctuation"), ("me", "word"), ("too", "word"),
                      ("’", "punctuation")]),
        ("“Charmed”’s", [("“", "punctuation"), ("Charmed", "word"), ("”", "punctuation"),
                         ("’s", "punctuation")]),
        ("AT&T R&B", [("AT&T", "word"), ("R&B", "word")]),
        ("_very_", [("_", "punctuation"), ("very", "word"), ("_", "punctuation")]),
        ("https://t.co/ScX67Km.", [("https://t.co/ScX67Km", "url"), (".", "punctuation")]),
        ("(www.example.org/a?b=c&d)", [("(", "punctuation"), ("www.example.org/a?b=c&d", "url"),
                                       (")", "punctuation")]),
        ("PatriotNotPartisan.com", [("PatriotNotPartisan.com", "url")]),
        ("end.Then", [("end", "word"), (".", "punctuation"), ("Then", "word")]),
        ("jo.field@example.co.uk.", [("jo.field@example.co.uk", "url"), (".", "punctuation")]),
        ("👩🏽‍⚖️", [("👩🏽‍⚖️", "emoji")]),
        ("🇬🇧🇮🇪", [("🇬🇧", "emoji"), ("🇮🇪", "emoji")]),
        ("👍🏿👍", [("👍🏿", "emoji"), ("👍", "emoji")]),
        ("1️⃣#️⃣", [("1️⃣", "emoji"), ("#️⃣", "emoji")]),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", [("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "emoji")]),
        ("❤️", [("❤️", "emoji")]),
        ("©", [("©", "punctuation")]),
        ("e\u0301te\u0301", [("e\u0301te\u0301", "word")]),
        ("女性在社交", [("女性在社交", "word")]),
        ("שלום עולם", [("שלום", "word"), ("עולם", "word")]),
        ("می\u200cخواهم", [("می\u200cخواهم", "word")]),
        ("har\u00adass\u00adment", [("har\u00adass\u00adment", "word")]),
        ("…... !?", [("…", "punctuation"), ("...", "punctuation"), ("!", "punctuation"),
                     ("?", "punctuation")]),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("Women", "women"),
        ("didn’t", "didn't"),
        ("didn't", "didn't"),
        ("didn´t", "didn't"),
        ("women’s", "women"),
        ("Women's", "women"),
        ("it’s", "it's"),
        ("That's", "that's"),
        ("#MeToo", "#metoo"),
        ("＃MeToo", "#metoo"),
        ("@Alyssa_Milano", "@alyssa_milano"),
        ("U.S.", "u.s."),
        ("Cafe\u0301", "café"),
        ("har\u00adass\u00adment", "harassment"),
        ("co‑star", "co-star"),
        ("ÉTÉ", "été"),
        ("'s", "'s"),
    ],
)
def test_the_form_under_which_a_token_is_counted(token: str, word: str) -> None:
    assert normal_form(token) == word


def test_quotations() -> None:
    text = 'He said “no” and "yes", then «oui» and “more'
    assert [text[start:end] for start, end in quotation_spans(text)] == [
        "“no”",
        '"yes"',
        "«oui»",
        "“more",
    ]


@pytest.fixture
def corpus(write_files: WriteFiles) -> Corpus:
    folder = write_files(
        {
            "one.txt": (
                "Nurses march for rest\n\n"
                "By Ana Ruiz\n\n"
                "Nurses marched on Monday. “We are tired,” said one. “We need to sleep.”\n\n"
                "Share this article\n"
            ),
            "two.txt": "Nothing else happened in the old town on that long and wet Monday.",
        }
    )
    return read_corpus(folder, progress=False)


def test_table_of_sentences(corpus: Corpus) -> None:
    table = split_sentences(corpus)
    assert table.drop(columns=["start", "end"]).to_dict("list") == {
        "article_id": ["one"] * 4 + ["two"],
        "sentence_id": [0, 2, 3, 4, 0],
        "passage_id": [0, 2, 2, 2, 0],
        "kind": ["headline", "body", "body", "body", "body"],
        "quoted": [False, False, True, True, False],
        "text": [
            "Nurses march for rest",
            "Nurses marched on Monday.",
            "“We are tired,” said one.",
            "“We need to sleep.”",
            "Nothing else happened in the old town on that long and wet Monday.",
        ],
    }
    assert characters(corpus, table) == table["text"].tolist()


def test_a_sentence_keeps_its_number_whatever_kinds_are_asked_for(corpus: Corpus) -> None:
    everything = split_sentences(corpus, kinds=["headline", "byline", "body", "promo"])
    bylines = split_sentences(corpus, kinds=["byline"])
    assert everything["sentence_id"].tolist() == [0, 1, 2, 3, 4, 5, 0]
    assert bylines[["article_id", "sentence_id", "text"]].to_dict("list") == {
        "article_id": ["one"],
        "sentence_id": [1],
        "text": ["By Ana Ruiz"],
    }


def test_no_sentences_of_a_kind_is_an_empty_table(corpus: Corpus) -> None:
    table = split_sentences(corpus, kinds=["caption"])
    assert len(table) == 0
    assert (
        table.dtypes.astype(str).to_dict()
        == split_sentences(corpus).dtypes.astype(str).to_dict()
    )
    assert len(tokenize(table)) == 0


def test_a_kind_that_does_not_exist_is_told(corpus: Corpus) -> None:
    with pytest.raises(
        TableError, match="no kind of passage is called 'bodies'; kinds: headline"
    ):
        split_sentences(corpus, kinds=["bodies"])


def test_passages_of_another_corpus_are_told(corpus: Corpus) -> None:
    passages = label_passages(corpus).assign(article_id="three")
    with pytest.raises(TableError, match="no article 'three' in this corpus"):
        split_sentences(corpus, passages)


def test_table_of_tokens(corpus: Corpus) -> None:
    table = tokenize(split_sentences(corpus))
    assert characters(corpus, table) == table["token"].tolist()
    first = table[table["sentence_id"] == 2].drop(columns=["start", "end"])
    assert first.astype(str).to_dict("list") == {
        "article_id": ["one"] * 5,
        "sentence_id": ["2"] * 5,
        "token": ["Nurses", "marched", "on", "Monday", "."],
        "word": ["nurses", "marched", "on", "monday", "."],
        "kind": ["word"] * 4 + ["punctuation"],
    }
    assert table.attrs["tokenizer"] == TOKENIZER_VERSION
    assert isinstance(table["word"].dtype, pd.CategoricalDtype)


def test_a_word_is_counted_as_one_however_its_apostrophe_is_written() -> None:
    table = tokenize(
        pd.DataFrame(
            {
                "article_id": ["a", "a"],
                "sentence_id": [0, 1],
                "start": [0, 20],
                "text": ["They didn’t.", "They didn't."],
            }
        )
    )
    assert table.loc[table["kind"] == "word", "word"].astype(str).tolist() == [
        "they", "didn't", "they", "didn't",
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        *" \t\n\r.?!…,:;'\"’‘“”()[]#@-–—*_&%$01aAbBéß中🙏🏽⚖©",
        *"\u200d\ufe0f\u20e3\u0301\u00ad\x1c\x85",
        "U.S. ", "Mr. ", "me too", "#MeToo", "@jo", "http://t.co/x", "a@b.org", "1,700", "🇬🇧",
        "’s ", "? she said. ",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=300)
@given(text=ANY_TEXT)
def test_sentences_of_any_text_hold_every_character_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert holds_every_character_once(text, spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@settings(max_examples=300)
@given(text=ANY_TEXT)
def test_tokens_of_any_text_hold_every_character_once_and_in_order(text: str) -> None:
    assert holds_every_character_once(
        text, [(start, end) for start, end, _ in token_spans(text)]
    )


@settings(max_examples=200)
@given(word=st.from_regex(r"[A-Za-zß-öø-ÿ]{2,12}(['’-][a-zß-ö]{1,6}){0,2}", fullmatch=True))
def test_a_written_word_is_one_token(word: str) -> None:
    assert kinds(word) == [(word, "word")]


@settings(max_examples=200)
@given(number=st.integers(min_value=0, max_value=10**15))
def test_a_written_number_is_one_token(number: int) -> None:
    assert kinds(f"{number:,}") == [(f"{number:,}", "number")]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_000_000,
        "x" * 1_000_000,
        "a.a.a." * 100_000,
        "word " * 20_000,
        "… a " * 20_000,
        "“Yes.” he. " * 10_000,
        '"' * 300_000,
        "." * 1_000_000,
        "?!" * 100_000,
        "http://" * 100_000,
        "www." * 100_000,
        "a@" * 200_000,
        "a.b@c.d " * 30_000,
        "#" * 300_000,
        "a'" * 300_000,
        "a-" * 300_000,
        "👩🏽‍⚖️" * 100_000,
        "🇬🇧" * 100_000,
        "e" + "\u0301" * 500_000,
    ],
    ids=lambda text: text[:8],
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(text: str) -> None:
    """A second or two each; ways that grow with the square would take hours."""
    assert holds_every_character_once(text, sentence_spans(text))
    assert holds_every_character_once(
        text, [(start, end) for start, end, _ in token_spans(text)]
    )


def test_quotations_in_a_long_passage_are_found_once_not_once_per_sentence(
    write_files: WriteFiles,
) -> None:
    text = "“Yes.” Nobody spoke. " * 10_000
    corpus = read_corpus(write_files({"long.txt": text}), progress=False)
    table = split_sentences(corpus)
    assert table["quoted"].value_counts().to_dict() == {True: 10_000, False: 10_000}
