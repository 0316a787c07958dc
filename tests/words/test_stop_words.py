import json

import pytest

from metoo_research.errors import TableError
from metoo_research.words import StopList, stop_words
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
