import math

import pytest

from metoo_research.errors import TableError
from metoo_research.words.multiple_tests import benjamini_hochberg


def test_fifteen_tests_of_the_paper() -> None:
    # Benjamini & Hochberg (1995), section 4.1: four are discoveries at 0.05
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    q = benjamini_hochberg(p[::-1])[::-1]
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[0] == pytest.approx(0.0015)
    assert q[5] == pytest.approx(0.0298 * 15 / 7)  # not 0.0278 * 15 / 6, which is larger


def test_a_missing_p_is_no_test() -> None:
    q = benjamini_hochberg([0.01, math.nan, 0.04])
    assert q[[0, 2]] == pytest.approx([0.02, 0.04])
    assert math.isnan(q[1])
    assert benjamini_hochberg([]).tolist() == []


def test_numbers_outside_a_probability_are_refused() -> None:
    with pytest.raises(TableError, match="between 0 and 1"):
        benjamini_hochberg([0.5, 1.5])
