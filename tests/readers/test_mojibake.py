"""Mojibake is repaired where the whole text proves it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.readers.base import File
from metoo_research.readers.mojibake import repair
from metoo_research.readers.plain_text import read

SAID = "“It wasn’t fair”, said Zoë – and à la carte costs €5…"


def misread(text: str, encoding: str = "cp1252") -> str:
    """UTF-8 read as another encoding; what that has no character for becomes a control one."""
    return "".join(
        bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_a_text_read_wrongly_is_repaired(encoding: str) -> None:
    text, notes = repair(misread(SAID, encoding))
    assert text == SAID
    assert notes[0].startswith("mojibake repaired, places: ")


def test_a_text_read_wrongly_twice_is_repaired() -> None:
    assert repair(misread(misread(SAID)))[0] == SAID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        SAID,
        "CAFÉ’S",
        "É–",
        "JOSÉ”",
        "IRMÃ…",
        "PÅ\N{NO-BREAK SPACE}TV",
        "NÃO É",
        "A AÇÃO",
        "Âge",
        "«À»",
        "Đà Nẵng",
        "Schöne Grüße",
        "ƒ√",
        "Ã",
    ],
)
def test_a_sound_text_stays(text: str) -> None:
    assert repair(text) == (text, ())


def test_a_text_that_is_damaged_in_part_stays_and_is_told() -> None:
    mixed = misread("“one”") + " and “two”"
    assert repair(mixed) == (mixed, ())  # two pieces may be a text about such damage
    worse = misread("“one” it’s “three”") + " and “two”"
    assert repair(worse) == (worse, ("looks like mojibake, left as it is, places: 5",))


@given(st.text(alphabet="abc ’“”–…éüßñçøåÀÉÃÂÅ", max_size=60))
def test_a_text_of_letters_and_marks_stays(text: str) -> None:
    assert repair(text) == (text, ())


@given(st.text(alphabet="abc ’“”–…éüßñçøåÀÉ€£😀", max_size=60))
def test_repair_undoes_the_damage(text: str) -> None:
    assert repair(misread(f"It’s {text}"))[0] == f"It’s {text}"


def test_a_text_file_with_mojibake_is_read_repaired_with_a_note() -> None:
    (article,) = read(File("a.txt", misread("It’s here").encode()))
    assert (article.text, article.notes) == ("It’s here", ("mojibake repaired, places: 1",))
