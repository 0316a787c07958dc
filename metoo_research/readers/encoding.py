"""From bytes to characters: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

import regex

from metoo_research.errors import ReadError
from metoo_research.readers.encoding_words import code_page_by_words

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
_EAST_ASIAN: Final = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}　-〿＀-￯ -~\s—‘’“”…·ー]"
)
_KANA: Final = regex.compile(r"[ぁ-ヿ]")
_HANGUL: Final = regex.compile(r"\p{Hangul}")
_COMMON_HAN: Final = regex.compile("[的一是不了在人有我他这這中大来來上国國们們個个说說]")
# What pages call by these names is Windows-1252, as browsers read it.
_MEANS_WINDOWS_1252: Final = frozenset(
    "ascii us-ascii latin1 latin-1 l1 iso-8859-1 iso8859-1 windows-1252".split()
)
# Browsers read these as the wider encodings that hold them.
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "iso-8859-9": "cp1254",
}
_NO_ENCODINGS_OF_FILES: Final = frozenset(
    "utf-7 idna punycode unicode-escape raw-unicode-escape undefined mbcs oem".split()
)
_SAVE_AS_TEXT = "open it with its own program and save it as text in UTF-8"


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """Turn a file's bytes into its characters.

    Parameters
    ----------
    data
        The whole file.
    declared
        The encoding that the file, or what brought it, names.

    Returns
    -------
    The text and the name of its encoding, found as `find_encoding` says. A byte order mark is
    not part of the text; nothing else is changed, line ends included.

    Raises
    ------
    ReadError
        If the bytes are no text, or do not fit the encoding they declare.
    """
    encoding = find_encoding(data, declared=declared)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(encoding, error) from error
    if "\0" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE_OF_BINARY * len(text):
        raise ReadError("not text (binary data)", _SAVE_AS_TEXT)
    return text, encoding


def find_encoding(data: bytes, *, declared: str | None = None) -> str:
    """Name the encoding of a text.

    The order: byte order mark, UTF-16 without a mark, strict UTF-8, the encoding that is
    declared, Windows-1252 where what it gives reads as text, the code page of the language
    (:mod:`~metoo_research.readers.encoding_words`), then detection by charset-normalizer. Text
    that is nearly all UTF-8 is damaged UTF-8: its name is given, though it does not decode.

    Raises
    ------
    ReadError
        If no known encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if (utf_16 := _utf_16(data)) is not None:
        return utf_16
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_mostly_utf_8(data):
            return "utf-8"
    else:
        return "ascii" if data.isascii() else "utf-8"
    return (
        _utf_16_of_east_asia(data)
        or (_as_declared(data, declared) if declared else None)
        or _legacy(data)
    )


def _damaged(encoding: str, error: UnicodeDecodeError) -> ReadError:
    return ReadError(
        f"damaged {encoding.removesuffix('-sig')} text at byte {error.start}",
        "copy it again from its source or save it again as UTF-8",
    )


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark: one half of the bytes nearly all the same and no character."""
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        common = max(_HIGH_BYTES, key=high.count)
        if len(data) % 2 or not high.count(common) > _SHARE_OF_COMMON_BYTE * len(high):
            continue
        text = _decoded(data, encoding)
        if text is not None and not _CONTROL.search(text):
            return encoding
    return None


def _utf_16_of_east_asia(data: bytes) -> str | None:
    """UTF-16 without a mark whose characters are those that such texts cannot do without."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _decoded(data[:_SAMPLE], encoding)
        if text is not None and _reads_as_east_asian(text) and _decoded(data, encoding):
            return encoding
    return None


def _reads_as_east_asian(text: str) -> bool:
    # Any two bytes are some character of this wide area; so the commonest must be there.
    usual = len(_EAST_ASIAN.findall(text))
    kana, hangul, han = (len(found.findall(text)) for found in (_KANA, _HANGUL, _COMMON_HAN))
    return usual > 0.97 * len(text) and (
        kana > 0.2 * len(text) or hangul > 0.5 * len(text) or han > 0.05 * len(text)
    )


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are right than wrong; in other encodings none is."""
    text = data.decode("utf-8", errors="replace")
    beyond = len(text) - len(text.encode("ascii", errors="ignore"))
    return beyond > 2 * text.count("�")


def _as_declared(data: bytes, declared: str) -> str | None:
    """The encoding a page names, by the name Python has for it, if the bytes fit it."""
    name = re.sub(r"[\s_]+", "-", declared.strip().strip("\"'").lower())
    if name in _MEANS_WINDOWS_1252:
        name = "cp1252"
    try:
        encoding = codecs.lookup(_WIDER.get(name, name)).name
    except (LookupError, ValueError):  # a name with a null character is a ValueError
        return None
    if encoding.replace("_", "-") in _NO_ENCODINGS_OF_FILES:
        return None
    text = _decoded(data, encoding)
    return encoding if text and "\0" not in text and not _CONTROL.search(text) else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec that gives no text
        return None


def _legacy(data: bytes) -> str:
    sample = data[:_SAMPLE]
    page = code_page_by_words(sample)
    text = _decoded(data, "cp1252")
    if (
        text is not None
        and page in {None, "cp1252"}
        and _reads_as_windows_1252(text, known_words=page is not None)
    ):
        return "cp1252"
    if page is not None and page != "cp1252":
        text = _decoded(data, page)
        if text is not None and not _AMISS_IN_WORD.search(text):
            return page
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    matches = list(from_bytes(data, cp_isolation=_LEGACY))
    sound = (match for match in matches if not _AMISS_IN_WORD.search(str(match)))
    best = next(sound, matches[0] if matches else None)
    if best is None:
        raise ReadError("not text (no known encoding fits)", _SAVE_AS_TEXT)
    return best.encoding


def _reads_as_windows_1252(text: str, *, known_words: bool) -> bool:
    letters = {char: times for char, times in Counter(text).items() if char.isalpha()}
    accented = sum(times for char, times in letters.items() if not char.isascii())
    return (
        accented <= _MOST_ACCENTED * sum(letters.values())
        # Words of an Icelandic name are no sign of Turkish where English stands around them.
        and (known_words or _TURKISH_AMISS.isdisjoint(letters))
        and not _AMISS_IN_WORD.search(text)
    )
