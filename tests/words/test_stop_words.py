import json
from pathlib import Path

import pytest
from example_tables import make_tables

from metoo_research.errors import StudyError, TableError
from metoo_research.study import Study, read_study
from metoo_research.words import StopList, stop_words, study_stop_words, word_frequency
from metoo_research.words.stop_words import resolve_stop_words


def test_english_list_holds_function_words_and_no_content_words() -> None:
    listed = stop_words("en")
    assert {"the", "and", "of", "me", "too", "she", "didn't"} <= listed.words
    assert not {"women", "men", "work", "said", "help", "million", ""} & listed.words
    assert len(listed) == 174  # the list of the Snowball project


def test_words_are_in_normal_form() -> None:
    own = resolve_stop_words(["Didn’t", " THE ", ""])
    assert own is not None
    assert own.words == {"didn't", "the"}


def test_hash_depends_on_the_words_alone() -> None:
    assert resolve_stop_words(["a", "b"]) == resolve_stop_words(["B", "a", "a"])
    # printf 'a\nb' | sha256sum
    assert StopList(frozenset({"a", "b"}), "x").sha256 == (
        "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"
    )


def test_a_changed_list_says_so() -> None:
    plain, changed = stop_words("en"), stop_words("en", add=["said", "the"], remove=["too"])
    assert changed.words == (plain.words | {"said"}) - {"too"}
    assert changed.name == "stopwords en (+1, -1)"
    assert changed.version == plain.version
    assert changed.sha256 != plain.sha256


def test_settings_tell_the_changes() -> None:
    changed = stop_words("en", add=["said", "the"], remove=["too"])
    assert (changed.added, changed.removed) == (("said",), ("too",))
    settings = json.loads(json.dumps(changed.settings()))
    assert (settings["added"], settings["removed"]) == (["said"], ["too"])


def test_a_word_cannot_be_added_and_removed() -> None:
    with pytest.raises(TableError, match="'too' is to be added"):
        stop_words("en", add=["Too"], remove=["too"])


def test_settings_can_be_written_as_json() -> None:
    settings = json.loads(json.dumps(stop_words("en").settings()))
    assert settings["name"] == "stopwords en"
    assert len(settings["sha256"]) == 64


def test_list_cannot_be_changed_through_the_package_it_comes_from() -> None:
    import stopwords  # type: ignore[import-untyped, unused-ignore]

    stopwords.get_stopwords("en").append("women")
    try:
        assert "women" not in stop_words("en")
    finally:
        stopwords.STOPWORDS_CACHE.clear()


def test_language_without_a_list_names_those_with_one() -> None:
    with pytest.raises(TableError, match=r"no stop words for language 'english'.* en, "):
        stop_words("english")


def test_removing_a_word_that_is_not_listed_is_a_mistake() -> None:
    with pytest.raises(TableError, match="'womn'"):
        stop_words("en", remove=["womn"])


def study_of(folder: Path, content: str) -> tuple[Study, Path]:
    path = folder / "study.toml"
    path.write_text(content, encoding="utf-8")
    return read_study(path), path


def test_a_study_without_words_has_the_list_of_its_language() -> None:
    assert study_stop_words(Study()) == stop_words("en")
    assert study_stop_words(Study(), language="fr") == stop_words("fr")


def test_the_study_adds_words_and_keeps_some(tmp_path: Path) -> None:
    study, path = study_of(
        tmp_path,
        '[study]\nlanguage = "en"\n'
        '[words]\nstop_words = ["Mr", "ain’t"]\nkeep = ["don’t", "me"]\n',
    )
    listed = study_stop_words(study, study_file=path)
    assert {"mr", "ain't"} <= listed.words
    assert not {"don't", "me"} & listed.words
    assert (listed.added, listed.removed) == (("ain't", "mr"), ("don't", "me"))


def test_changes_of_the_study_stand_in_the_settings_of_a_result(tmp_path: Path) -> None:
    study, _ = study_of(tmp_path, '[words]\nstop_words = ["said"]\nkeep = ["me", "too"]')
    made = make_tables({"1": ["She said me too and me"]})
    table = word_frequency(made.tokens, made.articles, stop_words=study_stop_words(study))
    assert dict(zip(table["word"], table["count"], strict=True)) == {"me": 2, "too": 1}
    told = table.settings["stop_words"]
    assert (told["name"], told["removed"]) == ("stopwords en (+1, -2)", ["me", "too"])
    assert "added said" in repr(table)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[words]\nkeep = ["march"]', "line 2, words.keep: 'march' is not a stop word of 'en'"),
        (
            '[words]\nstop_words = ["me"]\nkeep = ["Me"]',
            "line 3, words.keep: 'Me' stands in stop_words too",
        ),
    ],
)
def test_a_word_to_keep_that_is_not_left_out_is_a_mistake(
    tmp_path: Path, content: str, said: str
) -> None:
    study, path = study_of(tmp_path, content)
    with pytest.raises(StudyError, match=r"study\.toml") as told:
        study_stop_words(study, study_file=path)
    assert said in str(told.value)
    with pytest.raises(StudyError, match=r"study, words\.keep"):
        study_stop_words(study)
