import pytest
from reading import field_of, figure, figures

from metoo_research.metrics.nouns import singular


@pytest.mark.parametrize(
    ("text", "unit", "measure"),
    [
        ("It drew 300 tweets.", "tweets", "tweets"),
        ("It drew 300 tweets with the hashtag #Dam.", "tweets with the hashtag #Dam", "tweets"),
        ("It drew 300 favourites.", "favourites", "likes"),
        ("It drew 300 registered users.", "registered users", "users"),
        ("It drew 300 users around the world.", "users around the world", "users"),
        ("It drew 300 posts, comments and reactions.", "posts, comments and reactions",
         "posts+comments+reactions"),
        ("Thousands of women replied.", "women", "women"),
        ("45 percent of users replied.", "users", "users"),
        ("Half of all the users replied.", "users", "users"),
        ("Some 45 percent feared rain.", None, None),
        ("45 percent of all US users replied.", "US users", "users"),
        ("It is 12 miles long.", "miles", "miles"),
        ("It is 5km long.", "km", "km"),
        ("She led a 200 km march.", "km", "km"),
        ("It did 30 km/h.", "km/h", "km per hour"),
        ("It was 30 °C.", "°C", "°C"),
        ("She has a 200 sq ft shed.", "sq ft", "sq ft"),
        ("It drew 300 tweets/hour.", "tweets/hour", "tweets per hour"),
        ("A 280-character reply came.", "character", "character"),
        ("Sixteen youth workers came.", "youth workers", "workers"),
        ("Two were arrested.", None, None),
        ("It drew 300 last month.", None, None),
        ("It drew 300 a week earlier.", None, None),
        ("Thousands replying", None, None),
        ("Thousands join the strike", None, None),
        ("Several hundred boats came.", "boats", "boats"),
        ("Thousands more boats came.", "boats", "boats"),
        ("The number of boats topped 300.", "boats", "boats"),
        ("It raised $300.", "$", "money"),
    ],
)  # fmt: skip
def test_the_counted_noun_phrase(text: str, unit: str | None, measure: str | None) -> None:
    found = figure(text, campaign=None)
    assert (found["unit"], found["measure"]) == (unit, measure)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The port has 300 residents and spends $4m a year.", "residents"),
        ("The union has 300 members and runs two offices.", "members"),
        ("The club has 300 volunteers and plans a march.", "volunteers"),
        ("The club has 300 followers and posts daily.", "followers"),
        ("The firm has 300 people and makes ropes.", "people"),
        ("The firm has 300 workers and rents flats.", "workers"),
        ("It has 300 doctors and nurses.", "doctors and nurses"),
        ("It has 300 shops and cafes the year round.", "shops and cafes"),
        ("Some 300 teachers, nurses and bus drivers came.", "teachers, nurses and bus drivers"),
        ("It drew 300 likes and shares a minute.", "likes and shares a minute"),
    ],
)  # fmt: skip
def test_a_verb_is_not_counted_beside_a_noun(text: str, unit: str) -> None:
    assert figures(text)[0]["unit"] == unit


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The tag was tweeted nearly 300 times.", "tweets"),
        ("The clip was viewed 300 times.", "views"),
        ("It has been shared more than 300 times.", "shares"),
        ("The tag had been used over 300 times.", "mentions"),
        ("The bell rang 300 times.", "times"),
    ],
)
def test_the_verb_says_what_times_count(text: str, measure: str) -> None:
    assert figure(text)["measure"] == measure


@pytest.mark.parametrize(
    ("text", "unit", "measure"),
    [
        ("Signatures passed the 100,000 mark.", "Signatures", "signatures"),
        ("Its downloads had climbed to nearly 40,000.", "downloads", "downloads"),
        ("Mentions rose from 200 to 900 in May.", "Mentions", "mentions"),
        ("Temperatures reached 40.", None, None),  # no measure of how people take part
    ],
)
def test_what_rises_is_what_is_counted(
    text: str, unit: str | None, measure: str | None
) -> None:
    found = figure(text)
    assert (found["unit"], found["measure"]) == (unit, measure)


@pytest.mark.parametrize(
    ("text", "unit", "measure"),
    [
        ("It drew 300 tweets per hour.", "tweets per hour", "tweets per hour"),
        ("It was used 300 times a minute.", "times a minute", "mentions per minute"),
    ],
)
def test_a_rate_is_not_taken_for_a_count(text: str, unit: str, measure: str) -> None:
    found = figure(text)
    assert (found["unit"], found["measure"]) == (unit, measure)


def test_a_part_and_its_whole_count_the_same() -> None:
    assert field_of("measure", "It was hidden from 6.5m of its 1bn users.") == [
        "users",
        "users",
    ]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("tweets", "tweet"),
        ("replies", "reply"),
        ("women", "woman"),
        ("people", "people"),
        ("marches", "march"),
        ("responses", "response"),
        ("boxes", "box"),
        ("Women’s", "woman"),
    ],
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Maria Lopez, 34, spoke.", 34),
        ("It was founded by Maria Lopez, 34.", 34),
        ("A 17-year-old spoke.", 17),
        ("Ms Rose, who is 44, spoke.", 44),
        ("He was 17 when it began.", 17),
        ("Girls aged 14 spoke.", 14),
        ("A man, 61, was held.", 61),
    ],
)
def test_ages(text: str, age: float) -> None:
    found = figure(text)
    assert (found["kind"], found["value"], found["measure"]) == ("age", age, "years old")
