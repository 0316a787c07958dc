"""Passages: the gold of the seeds, whole articles of our own, every rule, any text."""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import WriteFiles
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_examples import BODY_SENTENCES, FIRES, QUIET, A, B, page

from metoo_research.corpus import read_corpus
from metoo_research.errors import StudyError
from metoo_research.passage_rules import RULES, Line
from metoo_research.passages import PASSAGE_KINDS, label_passages, label_text
from metoo_research.readers import Post, RawPassage

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE / "example_articles").glob("*.txt"))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(line.kind, text[line.start : line.end]) for line in label_text(text)]


def marked_line(marked: str) -> Line:
    text, start = page(marked)
    return next(line for line in label_text(text) if line.start == start)


def test_gold_passages_of_the_seeds(seeds: Path) -> None:
    gold = defaultdict(list)
    for row in (HERE / "gold" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(row)
        gold[passage["file"]].append(passage)
    misses = []
    for file, passages in gold.items():
        text = (seeds / file).read_bytes().decode()
        found = {(line.start, line.end): line for line in label_text(text)}
        for passage in passages:
            line = found.get((passage["start"], passage["end"]))
            if line is None or line.kind != passage["kind"]:
                misses.append((file[:3], passage["start"], passage["kind"], line and line.rule))
    assert sum(map(len, gold.values())) == 81
    assert misses == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_whole_articles_in_the_styles_of_outlets(file: Path) -> None:
    rows = [row.split("|", 1) for row in file.read_text(encoding="utf-8").split("\n")]
    expected = [(row[0].strip(), row[1].strip()) for row in rows if len(row) == 2]
    text = "\n".join(row[1].strip() if len(row) == 2 else "" for row in rows)
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("rule", "marked"),
    [(rule, marked) for rule, examples in FIRES.items() for marked in examples],
)
def test_a_rule_finds_its_line(rule: str, marked: str) -> None:
    assert marked_line(marked).rule == rule


def test_every_rule_has_an_example() -> None:
    assert list(FIRES) == [rule.name for rule in RULES]
    assert {rule.kind for rule in RULES} <= set(PASSAGE_KINDS)


@pytest.mark.parametrize("marked", QUIET)
def test_body_stays_body_where_it_stands(marked: str) -> None:
    assert marked_line(marked).kind == "body"


@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["lines", "blank lines"])
@pytest.mark.parametrize("template", [">>{}_A_B", "A_>>{}_B", "A_B_>>{}", "A_B_A_>>{}_B_A_B"])
@pytest.mark.parametrize("sentence", BODY_SENTENCES)
def test_a_sentence_of_the_body_stays_body(sentence: str, template: str, blank: str) -> None:
    assert marked_line(template.format(sentence).replace("_", blank)).kind == "body"


def test_one_line_is_body() -> None:
    assert kinds("Women march worldwide") == [("body", "Women march worldwide")]
    assert kinds(f"{A} {B}") == [("body", f"{A} {B}")]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u2028\x85\xa0"])
def test_a_text_of_white_space_has_no_passages(text: str) -> None:
    assert label_text(text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"], ids=repr)
def test_offsets_hold_for_every_line_end(end: str) -> None:
    text = end.join(["Residents Speak Out", "", f"  {A}\t", "", B])
    assert kinds(text) == [("headline", "Residents Speak Out"), ("body", A), ("body", B)]


PARAGRAPHS = [
    "Residents Speak Out Against the Plan",
    "More than two hundred people had come to the old school on Tuesday to hear what the"
    " council meant to do with the bridge, and most of them left before anybody could tell"
    " them. The drawings were small and few had seen them before.",
    "The chair asked for silence three times. Then she closed the meeting, an hour early, and"
    " went out by the back door with two of the engineers, who had not said a word.",
    "© 2021 NorthWire",
]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blank lines"])
@pytest.mark.parametrize("width", [55, 65, 70, 75])
def test_lines_that_a_program_broke_are_put_together(width: int, between: str) -> None:
    wrapped = [textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS]
    text = between.join(wrapped)
    found = label_text(text)
    assert [text[line.start : line.end] for line in found] == wrapped
    assert [line.kind for line in found] == ["headline", "body", "body", "boilerplate"]


def test_an_address_too_wide_to_break_does_not_hide_that_lines_were_broken() -> None:
    address = "https://www.example.org/" + "very-long-address/" * 6
    text = "\n\n".join([textwrap.fill(PARAGRAPHS[1], 70), address])
    assert len(label_text(text)) == 2


def test_verse_and_lists_are_not_put_together() -> None:
    verse = "The water came without a word\nand took the names\nfrom every door\nand we stayed"
    names = "\n".join(["Mary O’Neill", "Jo Field", "Ana de la Cruz", "Tom Okafor"] * 3)
    assert len(label_text(verse)) == 4
    assert len(label_text(names)) == 12


def test_a_rule_that_is_switched_off_claims_nothing() -> None:
    text = f"{A}\n{B}\nShare this article"
    assert label_text(text)[-1].rule == "share_button"
    assert label_text(text, switched_off=["share_button"])[-1].kind == "body"


def test_table_of_passages(write_files: WriteFiles) -> None:
    folder = write_files({"a.txt": f"Residents Speak Out\n\n{A}", "b.txt": B})
    table = label_passages(read_corpus(folder, progress=False))
    posts = ["post_author", "post_handle", "posted"]
    assert table[posts].isna().all(axis=None)
    assert table.drop(columns=posts).to_dict("list") == {
        "article_id": ["a", "a", "b"],
        "passage_id": [0, 1, 0],
        "start": [0, 21, 0],
        "end": [19, 21 + len(A), len(B)],
        "kind": ["headline", "body", "body"],
        "rule": ["first_line_headline", "no_other_rule", "no_other_rule"],
    }


def test_what_the_file_itself_tells_of_its_parts_stands() -> None:
    text = "Residents Speak Out\nWe are here. – Ann\nThe town met."
    told = [
        RawPassage(20, 38, "embedded_tweet", "html_tweet", Post("Ann", "@ann", "May 5")),
        RawPassage(39, 52, "body", "html_paragraph"),
    ]
    lines = label_text(text, told)
    assert (lines[0].start, lines[0].end) == (0, 19)
    assert [(line.start, line.end, line.kind, line.rule) for line in lines[1:]] == [
        (20, 38, "embedded_tweet", "html_tweet"),
        (39, 52, "body", "html_paragraph"),
    ]
    assert lines[1].post == ("Ann", "@ann", "May 5")


def test_rules_that_the_study_switched_off(write_files: WriteFiles) -> None:
    folder = write_files(
        {
            "a.txt": f"Residents Speak Out\n\n{A}",
            "study.toml": '[passages]\nswitched_off = ["first_line_headline"]',
        }
    )
    table = label_passages(read_corpus(folder, progress=False))
    assert table["kind"].tolist() == ["body", "body"]


def test_a_rule_that_does_not_exist_is_told_when_the_corpus_is_read(
    write_files: WriteFiles,
) -> None:
    folder = write_files({"a.txt": A, "study.toml": '[passages]\nswitched_off = ["by_line"]'})
    with pytest.raises(StudyError) as told:
        read_corpus(folder)
    assert str(told.value) == (
        f"{folder / 'study.toml'}, line 2, passages.switched_off: "
        "no rule is called 'by_line'; did you mean 'byline'?"
    )


PIECES = st.sampled_from(
    [
        *" \t\n\r\f\v\x1c\x85\xa0\u2028.?!…,:;'\"’“”‘()[]#@-–—*_|©0aAé中🙏\u200d\ufeff",
        "\n\n", "\r\n", "By ", "Published ", "Ana Ruiz", "Related:\n", "Read more: ", "Me too.",
        "\n— Jo (@jo) May 9, 2018\n", "# ", "Share", A, B, "Residents Speak Out",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=300)
@given(text=ANY_TEXT)
def test_passages_of_any_text_hold_every_character_once_and_in_order(text: str) -> None:
    end = 0
    for line in label_text(text):
        assert end <= line.start < line.end
        assert not text[end : line.start].strip()
        assert text[line.start : line.end] == text[line.start : line.end].strip()
        assert line.kind in PASSAGE_KINDS
        assert line.rule is not None
        end = line.end
    assert not text[end:].strip()


@settings(max_examples=100)
@given(text=ANY_TEXT)
def test_labelling_twice_gives_the_same(text: str) -> None:
    assert label_text(text) == label_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_000_000,
        "x " * 500_000,
        "By " + "A" * 100_000 + "!",
        "By " + "A-" * 50_000,
        "Published " + "1" * 100_000 + "x",
        "Published " + "1 " * 14 + "x",
        "This story " + "may not be published " * 40,
        "we earn links " * 60,
        "\n" * 1_000_000,
        "Related:\n" * 20_000,
        "More on this topic\n" * 20_000,
        "tweeted:\n— Jo (@jo) May 9, 2018\n" * 5_000,
        f"Short phrase\n{A}\n" * 5_000,
        "If you need help, call 123.\n" * 20_000,
    ],
    ids=lambda text: text[:20],
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(text: str) -> None:
    """Each of these would take minutes or more if a pattern or a rule tried all ways."""
    assert label_text(text) or not text.strip()
