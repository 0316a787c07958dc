"""study.toml: what it may say, and one plain line for every mistake in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from metoo_research.errors import StudyError
from metoo_research.study import DEFAULT_PLATFORMS, Study, read_study


def study_of(folder: Path, content: str | bytes) -> Study:
    path = folder / "study.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_study(path)


def mistake(folder: Path, content: str | bytes) -> str:
    """What is said of a study file, without its folder."""
    with pytest.raises(StudyError) as told:
        study_of(folder, content)
    return str(told.value).replace(str(folder / "study.toml"), "study.toml")


def test_an_absent_study_is_an_empty_one(tmp_path: Path) -> None:
    study = read_study(tmp_path / "study.toml")
    assert study == Study()
    assert study.platforms == DEFAULT_PLATFORMS
    assert study.zone.key == "UTC"
    assert study.main_subject is None


def test_everything_a_study_can_say(tmp_path: Path) -> None:
    study = study_of(
        tmp_path,
        """
        [study]
        title = "Night buses"
        language = "en"
        time_zone = "Europe/Dublin"
        [campaign]
        names = ["Night Bus Now"]
        hashtags = ["#NightBusNow", "BusNow"]
        [event]
        name = "the first petition"
        start = 2019-05-14
        basis = "article one"
        [topic]
        words = ["delay*"]
        [[platforms]]
        name = "Twitter"
        owner = "Twitter"
        aliases = ["twitter.com"]
        words = ["tweet*"]
        [[platforms]]
        name = "Facebook"
        [passages]
        switched_off = ["crosshead"]
        [words]
        stop_words = ["said"]
        keep = ["me"]
        [articles."one.txt"]
        label = "First"
        outlet = "Tideline"
        headline = "Buses return"
        author = "Ana Ruiz"
        published = 2019-05-15T09:30:00+01:00
        url = "https://www.example.org/buses"
        language = "en"
        basis = "byline"
        """,
    )
    assert study.study.title == "Night buses"
    assert study.zone.key == "Europe/Dublin"
    assert study.campaign.hashtags == ("#NightBusNow", "#BusNow")
    assert study.main_subject == "#NightBusNow"
    assert study.event.start == date(2019, 5, 14)
    assert [platform.name for platform in study.platforms] == ["Twitter", "Facebook"]
    assert study.platforms[0].words == ("tweet*",)
    assert study.passages.switched_off == ("crosshead",)
    assert (study.words.stop_words, study.words.keep) == (("said",), ("me",))
    facts = study.articles["one.txt"]
    assert facts.outlet == "Tideline"
    assert facts.published is not None
    assert facts.published == datetime(2019, 5, 15, 8, 30, tzinfo=UTC)


def test_the_study_of_the_seeds(seeds: Path) -> None:
    study = read_study(seeds / "study.toml")
    assert study.main_subject == "#MeToo"
    assert study.event.start == date(2017, 10, 15)


@pytest.mark.parametrize("name", ["cafe\u0301.txt", "./café.txt"])
def test_names_of_files_are_taken_as_the_corpus_spells_them(tmp_path: Path, name: str) -> None:
    study = study_of(tmp_path, f'[articles."{name}"]\noutlet = "Tideline"')
    assert list(study.articles) == ["café.txt"]


def test_a_backslash_in_a_name_is_a_slash(tmp_path: Path) -> None:
    study = study_of(tmp_path, "[articles.'north\\one.txt']\noutlet = 'Tideline'")
    assert list(study.articles) == ["north/one.txt"]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert study_of(tmp_path, b'\xef\xbb\xbf[study]\ntitle = "x"').study.title == "x"


def test_a_bare_date_is_midnight_in_the_zone_of_the_study(tmp_path: Path) -> None:
    study = study_of(tmp_path, '[study]\ntime_zone = "America/New_York"')
    moment, precision = study.moment(date(2017, 10, 15))
    assert precision == "day"
    assert moment is not None
    assert moment.isoformat() == "2017-10-15T00:00:00-04:00"  # daylight time until 5 November


def test_a_time_without_zone_is_read_in_the_zone_of_the_study(tmp_path: Path) -> None:
    study = study_of(tmp_path, '[study]\ntime_zone = "America/New_York"')
    moment, precision = study.moment(datetime(2017, 12, 1, 9, 30))
    assert precision == "minute"
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=-5)
    assert study.moment(None) == (None, None)


def test_the_fingerprint_knows_settings_not_spelling(tmp_path: Path) -> None:
    one = study_of(tmp_path, '[study]\ntitle = "x"\n')
    same = study_of(tmp_path, '# a comment\n[study]\ntitle="x"')
    other = study_of(tmp_path, '[study]\ntitle = "y"\n')
    assert one.sha256 == same.sha256 != other.sha256


DATE = "not a date; write 2017-10-15 or 2017-10-15T16:21:00-04:00, without quotes"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[study]\n\ntitel = "x"', "line 3, study.titel: unknown key; did you mean 'title'?"),
        (
            '[study]\ncolour = "x"',
            "line 2, study.colour: unknown key; known here: language, time_zone, title",
        ),
        ('[studdy]\ntitle = "x"', "line 1, studdy: unknown key; did you mean 'study'?"),
        (
            'xyz = "x"\n[study]',
            "line 1, xyz: unknown key; known here: articles, campaign, columns, event, "
            "passages, platforms, privacy, sentiment, study, topic, words",
        ),
        ("[study]\ntitle = 5", "line 2, study.title: should be text in quotation marks"),
        (
            '[campaign]\nhashtags = "#MeToo"',
            'line 2, campaign.hashtags: should be a list, such as ["one", "two"]',
        ),
        (
            "[topic]\nwords = [1]",
            "line 2, topic.words: should be text in quotation marks",
        ),
        (
            '[words]\nstop_words = "said"',
            'line 2, words.stop_words: should be a list, such as ["one", "two"]',
        ),
        (
            '[words]\nstopwords = ["said"]',
            "line 2, words.stopwords: unknown key; did you mean 'stop_words'?",
        ),
        ("study = 5", "line 1, study: should be a table of keys and values"),
        (
            '[platforms]\nname = "Twitter"',
            "line 1, platforms: should be [[platforms]], with two brackets, "
            "once for each platform",
        ),
        (
            '[[platforms]]\nname = "X"\n[[platforms]]\nname = "Y"\nownr = "Z"',
            "line 5, platforms.ownr: unknown key; did you mean 'owner'?",
        ),
        (
            '[[platforms]]\nowner = "X"',
            "line 1, platforms.name: is missing; every entry needs it",
        ),
        (
            '[articles."one.txt"]\nautor = "x"',
            "line 2, articles.\"one.txt\".autor: unknown key; did you mean 'author'?",
        ),
        (
            '[study]\ntime_zone = "Mars/Olympus"',
            "line 2, study.time_zone: no time zone is called 'Mars/Olympus'; "
            "use a name such as Europe/London",
        ),
        ('[event]\nstart = "2017-10-15"', f"line 2, event.start: {DATE}"),
        ('[event]\nstart = "last Sunday"', f"line 2, event.start: {DATE}"),
        ("[event]\nstart = 20171015", f"line 2, event.start: {DATE}"),
        ("[event]\nstart = 16:21:00", f"line 2, event.start: {DATE}"),
        ("[event]\nstart = 2017-13-45", f"line 2, start: {DATE}"),
        ("[event]\nstart = Sunday", f"line 2, start: {DATE}"),
        ('[articles."one.txt"]\npublished = 15.10.2017', f"line 2, published: {DATE}"),
        (
            "[study]\ntitel = 1\n[event]\nstart = 4\nend = 5",
            "line 2, study.titel: unknown key; did you mean 'title'? (and 2 more)",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line_with_file_line_and_key(
    tmp_path: Path, content: str, said: str
) -> None:
    assert mistake(tmp_path, content) == f"study.toml, {said}"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("[study\ntitle = 1", 1),
        ('[study]\ntitle = "x\n', 2),
        ('[study]\ntitle = "x"\ntitle = "y"', 3),
        ("[study]\n[study]", 2),
        ('[topic]\nwords = ["a"', 2),
        ("title", 1),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    said = mistake(tmp_path, content)
    assert said.startswith(f"study.toml, line {line}")
    assert "not valid TOML: " in said
    assert "\n" not in said


def test_a_key_with_a_line_break_does_not_break_the_message(tmp_path: Path) -> None:
    assert "\n" not in mistake(tmp_path, '[articles."a\\nb.txt"]\nautor = 1')


def test_brackets_without_end(tmp_path: Path) -> None:
    assert "brackets" in mistake(tmp_path, "x = " + "[" * 100_000)


def test_a_study_that_is_not_utf_8(tmp_path: Path) -> None:
    said = mistake(tmp_path, '[study]\ntitle = "café"'.encode("cp1252"))
    assert said == "study.toml: not UTF-8; save it as UTF-8"


def test_a_study_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "study.toml").mkdir()
    with pytest.raises(StudyError, match="cannot be opened"):
        read_study(tmp_path / "study.toml")
