import pytest

from metoo_research.errors import TableError
from metoo_research.words import base_forms


def test_lemmas_are_looked_up_without_the_sentence() -> None:
    found = base_forms(["women", "said", "meeting", "u.s", "zzyzx"], form="lemma")
    # "meeting" may be the noun: without part of speech the dictionary takes the verb.
    assert found == ["woman", "say", "meet", "u.s", "zzyzx"]


def test_lemmas_are_in_normal_form() -> None:
    assert base_forms(["häuser"], form="lemma", language="de") == ["haus"]


def test_stems_are_cut_off_by_rule() -> None:
    # The English stemmer of the Snowball project (Porter 2).
    found = base_forms(["community", "university", "universe", "women"], form="stem")
    assert found == ["communiti", "univers", "univers", "women"]


def test_words_stay_as_they_are() -> None:
    assert base_forms(["Said"], form="word") == ["Said"]


@pytest.mark.parametrize("form", ["lemma", "stem"])
def test_nothing_gives_nothing(form: str) -> None:
    assert base_forms([], form=form) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "message"), [("lemma", "no lemmas for"), ("stem", "no stems for")]
)
def test_a_language_without_forms_names_those_with_some(form: str, message: str) -> None:
    with pytest.raises(TableError, match=rf"{message} language 'xx'.* en, "):
        base_forms(["a"], form=form, language="xx")  # type: ignore[arg-type]
