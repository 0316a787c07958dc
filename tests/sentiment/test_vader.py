"""The engine gives exactly the four fields of vaderSentiment 3.3.2, peculiarities included."""

import math
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from metoo_research.sentiment import vader_words
from metoo_research.sentiment.vader import Vader, straightened
from metoo_research.sentiment.vader_rules import rounded, squeezed, weighed_by_but
from metoo_research.sentiment.vader_words import traits_of, word_lists

ANALYZER = SentimentIntensityAnalyzer()
VADER = Vader()

PLAIN = "the of and a police march union İstanbul ΑΣΟΣ ΣΑ Σ aİ straße ﬁne K é".split()
TURNS = (
    "but but least at~least very~least never~so never~this without~doubt without~a~doubt no "
    "nor or kind~of sort~of just~enough so this doubt kind no~no"
).split()
MARKS = [*"!?—“”‘’.", "!!!", "??", "...", "n’t", "doesn’t", ":)", ":D", "x-("]
HIDDEN = ["\u200b", "\u2060", "\ufeff", "\u00a0", "\x1c", "\u3000", "\n", "\t"]
BESIDE = [".", ",", "!", "?!", ")", "”", "’s", "'", "\u200b", "$"]
BETWEEN = [*" " * 12, "", "  ", "\n", "-", "\u00a0", "\u200b"]


def salads(n: int, *, seed: int) -> list[str]:
    """Texts without sense, in which every rule of VADER meets every other."""
    draw = random.Random(seed)  # noqa: S311 texts for tests, no secret
    entries = list(ANALYZER.lexicon)
    # Few words with equal valences: what "but" does to those is the oddest of the rules.
    few = draw.sample([entry for entry in entries if entry.isalpha()], 30)
    kinds = [
        (14, entries),
        (16, few),
        (12, NEGATE),
        (12, list(BOOSTER_DICT)),
        (6, list(ANALYZER.emojis)),
        (6, list(SPECIAL_CASES)),
        (8, TURNS),
        (6, MARKS),
        (2, HIDDEN),
        (18, PLAIN),
    ]
    weights = [weight for weight, _ in kinds]
    made = []
    for _ in range(n):
        parts = []
        for _, words in draw.choices(kinds, weights, k=draw.choice([1, 2, 3, 4, 5, 8, 12, 30])):
            word = draw.choice(words).replace("~", " ")
            shape = draw.random()
            if shape < 0.15:
                word = word.upper()
            elif shape < 0.2:
                word = word.title()
            if draw.random() < 0.1:
                word += draw.choice(BESIDE)
            elif draw.random() < 0.05:
                word = draw.choice(BESIDE) + word
            parts += [word, draw.choice(BETWEEN)]
        text = "".join(parts)
        made.append(text.upper() if draw.random() < 0.03 else text)
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_word_salads_score_as_the_package_does(seed: int) -> None:
    for text in salads(800, seed=seed):
        for written in (text, straightened(text)):
            assert VADER.polarity_scores(written) == ANALYZER.polarity_scores(written), repr(
                written
            )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "!!!",
        "\u200b",
        "😀😀",
        "good😀bad 😀 good",
        "never so good",
        "It was never, ever this bad",
        "one so plain good",  # three words on, "so" is taken for "never so"
        "without a doubt good",
        "the least good, at least good, very least good",
        "least good",
        "No good; no no good; NO GOOD day; nor is it no or good",
        "a kind of good, the kind of man, kind",
        "we have waited just enough good",
        "And then it was the shit at the bus stop",
        "With a beating heart he is to die for",
        "Is it good??",
        "Is it good???",
        "Is it good????",
        "good! good! good! good! good!",
        "GOOD",
        "GOOD day",
        "GOOD 7",
        "good VERY good VERY bad",
        "sad bad, BUT sad but glad",
        "good (bad) ':-(' :D",
        "good ON! 🔛 bad",  # the description of an emoji may hold a mark that counts
    ],
)
def test_each_rule_is_followed(text: str) -> None:
    assert VADER.polarity_scores(text) == ANALYZER.polarity_scores(text)


def test_words_of_equal_valence_around_but_are_shifted_as_in_the_package() -> None:
    # Before "but" 2 becomes 1. Then the second word's 1 is looked up, and the first is found
    # again: 1 becomes 0.5, and the second keeps its 1.
    assert weighed_by_but([0, 1], [2.0, 1.0], but=5) == [0.5, 1.0]
    assert weighed_by_but([0, 9], [2.0, 1.0], but=5) == [0.5, 1.0]
    assert weighed_by_but([0, 9], [2.0, 3.0], but=5) == [1.0, 4.5]


def word_texts() -> st.SearchStrategy[str]:
    """Short texts of words that rules speak of, words of the lexicon, and others."""
    turns = [word.replace("~", " ") for word in TURNS]
    ruled = [*turns, *NEGATE, *BOOSTER_DICT, *SPECIAL_CASES, *MARKS, "😀", "a💔b"]
    known = ["good", "sad", "happy", "hope", "murder", "death", ":)", "fed up"]
    word = st.one_of(*map(st.sampled_from, (ruled, known, PLAIN)))
    shapes = st.sampled_from([str, str, str.upper, str.title])
    return st.lists(st.builds(lambda word, shape: shape(word), word, shapes)).map(" ".join)


@given(word_texts())
def test_a_text_scores_the_same_however_it_is_read(text: str) -> None:
    fields = VADER.polarity_scores(text)
    assert fields == ANALYZER.polarity_scores(text)
    for tell in (False, True):
        reading = VADER.read(text, tell=tell)
        negative, neutral, positive, compound = reading.polarity(reading.weighed())
        told = {"neg": negative, "neu": neutral, "pos": positive, "compound": compound}
        assert told == fields
    if text:
        score = VADER.score(text)
        straight = VADER.polarity_scores(straightened(text))
        assert [score.negative, score.neutral, score.positive, score.compound] == list(
            straight.values()
        )


@given(
    st.one_of(
        st.floats(-1, 1), st.integers(-20_000, 20_000).map(lambda number: number / 20_000)
    ),
    st.sampled_from([-math.inf, 0.0, math.inf]),
)
def test_values_are_rounded_as_python_rounds_them(value: float, towards: float) -> None:
    # Also the next number below and above a half, and the sign of a zero.
    value = math.nextafter(value, towards) if towards else value
    assert repr(rounded(value, 3)) == repr(round(value, 3))
    assert repr(rounded(value, 4)) == repr(round(value, 4))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_valence_is_squeezed_beyond_one(raw: float) -> None:
    assert -1 <= squeezed(raw) <= 1


def test_what_the_quick_way_takes_for_granted_of_the_word_lists() -> None:
    # A valence of 0 stands for a word without entry.
    assert not [word for word, valence in ANALYZER.lexicon.items() if not valence]
    # Where no shifter stands, no phrase does.
    assert not [
        phrase
        for phrase in (*SPECIAL_CASES, *BOOSTER_DICT)
        if " " in phrase and not any(traits_of(word).shifts for word in phrase.split())
    ]
    # An emoji's description is not searched for emoji again.
    emoji = word_lists().emoji.keys()
    assert not [said for said in word_lists().emoji.values() if not emoji.isdisjoint(said)]


def test_what_is_kept_of_tokens_does_not_grow_with_the_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vader_words._OfTokens, "_MOST", 50)
    monkeypatch.setattr(vader_words, "_ALONE", vader_words._OfTokens(float))
    vader_words.valences_alone(str(number) for number in range(1_000))
    assert 0 < len(vader_words._ALONE) <= 50
    vader_words.valences_alone(["1" * 1_000])
    assert "1" * 1_000 not in vader_words._ALONE


def test_no_emoji_of_the_package_is_ascii() -> None:
    # Texts in ASCII are not searched for emoji.
    assert not [sign for sign in ANALYZER.emojis if sign.isascii()]


@pytest.mark.parametrize(
    "unit", ["good ", "nothing really sad but ", "a grey bus came ", "VERY bad!? ", "😀 "]
)
def test_time_grows_with_the_number_of_words(unit: str) -> None:
    def seconds(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            VADER.polarity_scores(text)
            best = min(best, time.process_time() - begun)
        return best

    words = len(unit.split())
    short, long = unit * (10_000 // words), unit * (100_000 // words)
    # Ten times the words in ten times the time; a search per word would take a hundred.
    assert seconds(long) < 40 * seconds(short)
