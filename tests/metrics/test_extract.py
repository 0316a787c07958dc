import pandas as pd
from reading import table_of

from metoo_research.metrics import METRIC_COLUMNS, reported_metrics
from metoo_research.study import Campaign, Study


def test_the_table_has_the_columns_of_the_contract() -> None:
    full = table_of("By Monday it drew 300 tweets, Reuters said.")
    empty = table_of("Nobody came.")
    for table in (full, empty):
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == METRIC_COLUMNS
        assert table.attrs["grammar"]


def test_everything_that_a_sentence_says_of_a_figure() -> None:
    text = "By Monday night, #CleanRivers had drawn more than 200,000 tweets, Twitter said."
    (row,) = table_of(text).to_dict("records")
    said = {name: value for name, value in row.items() if not pd.isna(value)}
    assert said == {
        "article_id": "one",
        "sentence_id": 0,
        "start": text.index("200,000"),
        "end": text.index(" tweets"),
        "number_text": "200,000",
        "value": 200_000,
        "approximate": False,
        "bound": "at_least",
        "modifier": "more than",
        "unit": "tweets",
        "measure": "tweets",
        "kind": "social_metric",
        "role": "figure",
        "platform": "Twitter",
        "platform_basis": "unit word",
        "subject": "#CleanRivers",
        "window_text": "By Monday night",
        "window_kind": "as_of",
        "attributed_to": "Twitter",
        "source": "Twitter",
        "evidence": text,
    }


def test_roles_part_figures_from_other_numbers() -> None:
    text = "On 15 October 2017, 300 people wrote within 24 hours, for the first time."
    table = table_of(text)
    assert list(zip(table["number_text"], table["role"], strict=True)) == [
        ("15 October 2017", "date"),
        ("300", "figure"),
        ("24", "window"),
        ("first", "ordinal"),
    ]


def test_rows_are_in_the_order_of_the_text_and_count_from_the_article() -> None:
    sentences = ("In 2014, 300 boats came.", "Then 20 left.")
    table = table_of(*sentences)
    article = " ".join(sentences)
    assert table["start"].is_monotonic_increasing
    assert [article[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == [
        "2014",
        "300",
        "20",
    ]


def test_an_article_knows_nothing_of_the_one_before() -> None:
    sentences = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "sentence_id": [0, 0],
            "start": [0, 0],
            "text": ["She turned to Twitter with #SaveTheBay.", "It drew 300 likes."],
        }
    )
    (row,) = reported_metrics(sentences, Study(campaign=Campaign())).to_dict("records")
    assert pd.isna(row["platform"])
    assert pd.isna(row["subject"])


def test_the_same_sentences_give_the_same_table() -> None:
    text = "It drew 300 to 400 tweets, half of them angry, in two days."
    pd.testing.assert_frame_equal(table_of(text), table_of(text))
