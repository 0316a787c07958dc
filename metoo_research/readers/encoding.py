"""From bytes to characters: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

import regex

from metoo_research.errors import ReadError

# UTF-32's mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that one can still meet; detection among all that exist errs more often.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "mac_roman", "cp850", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5",
]  # fmt: skip
# In text in UTF-16 nearly every second byte is the same: zero for Latin letters, 4 for
# Cyrillic ones, and none that ends or indents a line.
_HIGH_BYTES = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r")
_SHARE_OF_COMMON_BYTE = 0.6
_SAMPLE = 100_000
# Beyond tab, line ends and form feed, news text holds no control characters; a stray one
# from a bad export is let through.
_CONTROL_SHARE_OF_BINARY = 0.005
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Between small Latin letters stand small letters, apostrophes and hyphens; anything else shows
# that the bytes mean something else (donÕt, g³osy).
_AMISS_IN_WORD = regex.compile(
    r"[a-z][^\x00-\x7f\p{Ll}\p{Lo}\p{M}’‘–—…·°\N{NO-BREAK SPACE}\N{SOFT HYPHEN}][a-z]"
)
# What Turkish turns into when it is read as Windows-1252; English has none of them.
_TURKISH_AMISS = frozenset("ðþýÐÞÝ")
# Up to a fifth of the letters of French or Spanish are accented, far more in the languages
# of other encodings when they are read as Windows-1252.
_MOST_ACCENTED = 0.2
_SAVE_AS_TEXT = "open it with its own program and save it as text in UTF-8"


def decode(data: bytes) -> tuple[str, str]:
    """Turn a file's bytes into its characters.

    The order: byte order mark, UTF-16 without a mark, strict UTF-8, Windows-1252 where what
    it gives reads as text, then detection by charset-normalizer. A byte order mark is not
    part of the text; nothing else is changed, line ends included.

    Returns
    -------
    The text and the name of its encoding.

    Raises
    ------
    ReadError
        If the bytes are no text, or do not fit the encoding they declare.
    """
    text, encoding = _decode(data)
    if "\0" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE_OF_BINARY * len(text):
        raise ReadError("not text (binary data)", _SAVE_AS_TEXT)
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _damaged(encoding, error) from error
    if (text_and_encoding := _as_utf_16(data)) is not None:
        return text_and_encoding
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf_8(data):
            raise _damaged("utf-8", error) from error
    return _as_legacy(data)


def _damaged(encoding: str, error: UnicodeDecodeError) -> ReadError:
    return ReadError(
        f"damaged {encoding.removesuffix('-sig')} text at byte {error.start}",
        "copy it again from its source or save it again as UTF-8",
    )


def _as_utf_16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: one half of the bytes nearly all the same and no character."""
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        common = max(_HIGH_BYTES, key=high.count)
        if len(data) % 2 or not high.count(common) > _SHARE_OF_COMMON_BYTE * len(high):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, encoding
    return None


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are right than wrong; in other encodings none is."""
    text = data.decode("utf-8", errors="replace")
    beyond = len(text) - sum(map(str.isascii, text))
    return beyond > 2 * text.count("�")


def _as_legacy(data: bytes) -> tuple[str, str]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    else:
        if _reads_as_windows_1252(text):
            return text, "cp1252"
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    matches = list(from_bytes(data, cp_isolation=_LEGACY))
    sound = (match for match in matches if not _AMISS_IN_WORD.search(str(match)))
    best = next(sound, matches[0] if matches else None)
    if best is None:
        raise ReadError("not text (no known encoding fits)", _SAVE_AS_TEXT)
    return str(best), best.encoding


def _reads_as_windows_1252(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    accented = sum(not char.isascii() for char in letters)
    return (
        accented <= _MOST_ACCENTED * len(letters)
        and _TURKISH_AMISS.isdisjoint(letters)
        and not _AMISS_IN_WORD.search(text)
    )
