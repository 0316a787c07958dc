"""How a text stands in a cell, so that a spreadsheet program does not run it."""

from __future__ import annotations

import re
from typing import Final

# What spreadsheet programs take for the beginning of a formula (OWASP, "CSV Injection"), with
# any white space before it. Apostrophes before it belong to the pattern, so that a text that
# has some already comes back with exactly those.
_FORMULA: Final = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would run a text, or would if it had fewer apostrophes."""
    return bool(_FORMULA.match(text))


def neutralised(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet program would run as a formula.

    Such a text begins with ``=``, ``+``, ``-``, ``@`` or their full-width forms, perhaps
    after white space or apostrophes, or with a tab or a line end. `restored` takes the
    apostrophe away; any other text is given back as it is.
    """
    return f"'{text}" if is_formula(text) else text


def restored(text: str) -> str:
    """Undo `neutralised`: ``restored(neutralised(text)) == text`` for every text."""
    return text[1:] if text.startswith("'") and is_formula(text) else text
