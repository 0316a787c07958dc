"""JSON: lines, arrays, objects within objects, by content and not by the file's ending."""

from __future__ import annotations

import json

import pytest
from damage import damaged, outcomes
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, RawArticle, RawProblem
from metoo_research.readers.json_lines import read, recognises

TWO = [{"title": "A", "text": "Words here"}, {"title": "B", "text": "Words there"}]


def items(content: str | bytes, name: str = "a.json") -> list[RawArticle | RawProblem]:
    data = content.encode() if isinstance(content, str) else content
    found = list(read(File(name, data)))
    assert all(isinstance(item, RawArticle | RawProblem) for item in found)
    return found  # type: ignore[return-value]


def texts(content: str | bytes, name: str = "a.json") -> list[str]:
    return [item.text for item in items(content, name) if isinstance(item, RawArticle)]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize(
    "content",
    [
        json.dumps(TWO),
        json.dumps(TWO, indent=2),
        "\n".join(map(json.dumps, TWO)),
        "\ufeff" + "\r\n\r\n".join(map(json.dumps, TWO)) + "\r\n",
        "\n".join(json.dumps(one, indent=1) for one in TWO),
        json.dumps({"status": "ok", "totalResults": 2, "articles": TWO}),
        json.dumps({"response": {"total": 2, "docs": TWO}}),
        json.dumps({"x1": TWO[0], "x2": TWO[1]}),
        json.dumps({key: {n: one[key] for n, one in enumerate(TWO)} for key in TWO[0]}),
        "\n".join(json.dumps({"page": n, "hits": [one]}) for n, one in enumerate(TWO)),
    ],
    ids=[
        "array", "indented array", "lines", "lines of Windows", "indented objects",
        "list in an object", "list deep in an object", "by ids", "by columns", "pages",
    ],
)  # fmt: skip
def test_each_way_to_write_two_articles_gives_two(content: str, name: str) -> None:
    found = items(content, name)
    assert [(i.text, i.headline) for i in found if isinstance(i, RawArticle)] == [
        ("Words here", "A"),
        ("Words there", "B"),
    ]
    assert len(found) == 2


def test_a_file_that_is_one_article_needs_no_record() -> None:
    (article,) = items('{"id": 5, "maintext": "Words here", "date_publish": "2017-10-15"}')
    assert isinstance(article, RawArticle)
    assert (article.text, article.record, article.published) == (
        "Words here",
        None,
        "2017-10-15",
    )


def test_facts_are_found_within_objects() -> None:
    (article,) = items(
        json.dumps(
            {
                "articles": [
                    {
                        "source": {"id": None, "name": "Herald"},
                        "authors": [{"name": "Ana Ruiz"}, {"name": "Bo Li"}],
                        "headline": {"main": "A"},
                        "content": ["First paragraph", "Second paragraph"],
                        "publishedAt": "2017-10-15T16:21:00Z",
                    }
                ]
            }
        )
    )
    assert isinstance(article, RawArticle)
    assert (article.text, article.headline, article.outlet, article.author) == (
        "First paragraph\n\nSecond paragraph", "A", "Herald", "Ana Ruiz, Bo Li",
    )  # fmt: skip


def test_a_text_that_its_source_cut_off_is_flagged() -> None:
    (article,) = items('[{"content": "The port is shut. [+2310 chars]"}]')
    assert isinstance(article, RawArticle)
    assert article.truncated


def test_records_are_lines_or_numbers_or_ids() -> None:
    lines = '{"text": "One text"}\n\n{"text": "Two text"}\n'
    assert [item.record for item in items(lines, "a.jsonl")] == ["line 1", "line 3"]
    array = '[{"text": "One text", "id": 7}, {"text": "Two text"}]'
    assert [item.record for item in items(array)] == ["7", "record 2"]


def test_a_bad_line_costs_no_other() -> None:
    found = items(
        '{"text": "One text"\n{"text": "Two text"}\n[1]\n{"text": "Four text"}\n', "a.jsonl"
    )
    assert [(item.record, isinstance(item, RawArticle)) for item in found] == [
        ("line 1", False), ("line 2", True), ("line 3", False), ("line 4", True),
    ]  # fmt: skip


def test_a_bad_record_of_an_array_costs_no_other() -> None:
    found = items('[{"text": "One text"},\n{"text" "Two text"},\n{"text": "Three text"}]')
    assert texts('[{"text": "One text"},\n{"text" "Two"},\n{"text": "Three text"}]') == [
        "One text",
        "Three text",
    ]
    assert isinstance(found[1], RawProblem)
    assert found[1].reason.startswith("record that is not JSON (line 2: ")


@pytest.mark.parametrize("whole", [json.dumps(TWO), json.dumps({"total": 2, "articles": TWO})])
def test_of_a_truncated_array_the_whole_records_are_read(whole: str) -> None:
    found = items(whole[:-20])
    assert isinstance(found[0], RawArticle)
    assert found[0].text == "Words here"
    assert all(isinstance(item, RawProblem) for item in found[1:])
    assert len(found) > 1


def test_half_a_character_is_replaced_and_told() -> None:
    (article,) = items('{"text": "Half \\ud83d of it, whole \\ud83d\\ude00"}')
    assert isinstance(article, RawArticle)
    assert article.text == "Half � of it, whole 😀"
    assert article.notes == ("halves of characters replaced by �: 1",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty file"),
        (" \n", "no text in it"),
        ("[]", "no rows in it"),
        ('"words"', "JSON without objects"),
        ("words", "not JSON"),
        ('{"a":' * 50_000, "brackets within brackets"),
        ('{"year": 2017, "votes": 3}', "without a column of texts"),
    ],
)
def test_what_holds_no_article_has_a_reason(content: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        items(content)


def test_json_is_known_by_its_beginning() -> None:
    assert recognises(File("a.txt", b'\xef\xbb\xbf [ {"text": "Words"}]'))
    assert recognises(File("a", b'{"text":"Words"'))
    assert not recognises(File("a.txt", b"[Updated] Words here"))
    assert not recognises(File("a.txt", b'{"Words", she said}'))


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5))
def test_every_text_comes_back(said: list[str]) -> None:
    known = [one for one in said if one.strip()]
    lines = "\n".join(json.dumps({"text": f"“{one}”"}) for one in known)
    if known:
        expected = [f"“{one}”".replace("\0", "") for one in known]
        assert texts(lines, "a.jsonl") == expected


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(TWO * 8),
        "\n".join(map(json.dumps, TWO * 8)),
        json.dumps({"articles": TWO * 8}),
    ],
    ids=["array", "lines", "object"],
)
def test_damaged_json_ends_in_articles_and_plain_reasons(content: str) -> None:
    found = outcomes(read, damaged(content.encode(), 700, seed=20171015))
    assert sum(found.values()) == 700
    assert found["read"] > 0


def test_html_in_a_cell_is_read_as_a_page_and_keeps_its_embedded_posts() -> None:
    day = "<p>The harbour stood still for a second day &amp; nobody could say for how long.</p>"
    post = (
        '<blockquote class="twitter-tweet"><p>Ships wait</p>&mdash; Ana Ruiz (@ana) '
        '<a href="https://twitter.com/ana/status/1">March 9, 2021</a></blockquote>'
    )
    (article,) = items(json.dumps([{"title": "A", "body": day * 4 + post}]))
    assert isinstance(article, RawArticle)
    assert "day & nobody" in article.text
    assert "<p>" not in article.text
    (tweet,) = (part for part in article.passages if part.kind == "embedded_tweet")
    assert article.text[tweet.start : tweet.end] == "Ships wait"
    assert article.headline == "A"
    assert article.notes == ("text from the HTML in its cell",)
