"""Text that was UTF-8, was read as something else, and written again: â€™ for ’."""

from __future__ import annotations

import re
from typing import Final

# What Python's codecs refuse, programs that did the damage let through as control characters.
_HOLES: Final = frozenset("\x81\x8d\x8f\x90\x9d")
# What may stand behind a letter in a sound text: CAFÉ’S, “JOSÉ”, É–. In Windows-1252 such a
# pair is the code of some other character, so that it proves nothing.
_BEHIND_LETTERS: Final = "‘’“”‚„‹›«»…•–—™©®°·ªº¹²³\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
_BEHIND_CAPITALS: Final = "‘’“”‚„‹›«»…–—\N{NO-BREAK SPACE}"


def _class(encoding: str, without: str = "") -> str:
    """The characters that the bytes 80 to BF, which follow the first, are in an encoding."""
    chars = (
        bytes([byte]).decode(encoding, errors="ignore") or chr(byte)
        for byte in range(0x80, 0xC0)
    )
    return f"[{re.escape(''.join(char for char in chars if char not in without))}]"


_ANY: Final = {encoding: _class(encoding) for encoding in ("cp1252", "mac_roman")}
#: How the codes of characters beyond ASCII look in each encoding.
_DAMAGE: Final = {
    "cp1252": re.compile(
        f"[Â-ß]{_ANY['cp1252']}|[à-ï]{_ANY['cp1252']}{{2}}|ð{_ANY['cp1252']}{{3}}"
    ),
    "mac_roman": re.compile(f"[¬√ƒ≈]{_ANY['mac_roman']}|[‚„]{_ANY['mac_roman']}{{2}}"),
}
#: Those among them that stand in no sound text.
_PROOF: Final = {
    "cp1252": re.compile(
        f"[ÂÃ]{_class('cp1252', _BEHIND_CAPITALS)}|[Ä-ß]{_class('cp1252', _BEHIND_LETTERS)}"
        f"|[à-ï]{_class('cp1252', _BEHIND_LETTERS)}{_ANY['cp1252']}"
        f"|â„{_ANY['cp1252']}|ðŸ{_ANY['cp1252']}{{2}}"
    ),
    "mac_roman": re.compile(
        f"[¬√ƒ≈]{_class('mac_roman', _BEHIND_LETTERS)}|‚[ÄÇÅ]{_ANY['mac_roman']}"
    ),
}
# Looked for first, for most texts hold none of them.
_FIRST: Final = tuple(map(chr, range(ord("Â"), ord("ð") + 1))) + tuple("¬√ƒ≈‚")
_TIMES: Final = 3
#: A text about such damage shows one or two pieces of it; damage that is left is not told of
#: below this.
_FEWEST_TOLD: Final = 3


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo mojibake where it is provable.

    The whole text must go back to bytes in Windows-1252 or Mac Roman, those bytes must be
    strict UTF-8, the pieces that look damaged must become fewer, and one of them at least must
    be such as stands in no sound text. A text in which only some characters are damaged is
    therefore left as it is.

    Returns
    -------
    The text, repaired or as it was, and notes on what was done or seen.
    """
    if text.isascii() or not any(lead in text for lead in _FIRST):
        return text, ()
    repaired, rounds = text, 0
    while rounds < _TIMES and (better := _once(repaired)) is not None:
        repaired, rounds = better, rounds + 1
    if rounds:
        pieces = _damaged(text)
        return repaired, (f"mojibake repaired, places: {pieces:,}",)
    left = _damaged(text)
    if left < _FEWEST_TOLD:
        return text, ()
    return text, (f"looks like mojibake, left as it is, places: {left:,}",)


def _once(text: str) -> str | None:
    for encoding, damage in _DAMAGE.items():
        if not _PROOF[encoding].search(text):
            continue
        try:
            repaired = _bytes_of(text, encoding).decode("utf-8")
        except UnicodeError:
            continue
        if len(damage.findall(repaired)) < len(damage.findall(text)):
            return repaired
    return None


def _damaged(text: str) -> int:
    return max(
        len(damage.findall(text)) if _PROOF[name].search(text) else 0
        for name, damage in _DAMAGE.items()
    )


def _bytes_of(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if encoding != "cp1252":
            raise
    return b"".join(
        char.encode("latin-1") if char in _HOLES else char.encode(encoding) for char in text
    )
