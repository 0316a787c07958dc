"""From bytes to characters: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import unicodedata

from metoo_research.errors import ReadError

# UTF-32's mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# English in UTF-16 has a zero in nearly every second byte; binary data does not.
_ZERO_SHARE_OF_UTF16 = 0.4
# Beyond tab, line ends and form feed, news text holds no control characters; a stray one
# from a bad export is let through.
_CONTROL_SHARE_OF_BINARY = 0.005
_ALLOWED_CONTROLS = "\t\n\r\f\v\x85"


def decode(data: bytes) -> tuple[str, str]:
    """Turn a file's bytes into its characters.

    The order: byte order mark, strict UTF-8, UTF-16 without a mark, Windows-1252 where
    what it gives reads as text, then detection by charset-normalizer. A byte order mark
    is not part of the text; nothing else is changed, line ends included.

    Returns
    -------
    The text and the name of its encoding.

    Raises
    ------
    ReadError
        If the bytes are no text, or do not fit the encoding they declare.
    """
    text, encoding = _decode(data)
    if _is_binary(text):
        raise ReadError(
            "not text (binary data)", "open it with its own program and save it as text"
        )
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"damaged {encoding} text at byte {error.start}", "save it again as UTF-8"
                ) from error
    try:
        return data.decode("utf-8"), "utf-8" if not data.isascii() else "ascii"
    except UnicodeDecodeError:
        pass
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if zeros.count(0) > _ZERO_SHARE_OF_UTF16 * max(len(zeros), 1):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    else:
        if _reads_as_text(text):
            return text, "cp1252"
    return _detect(data)


def _detect(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    best = from_bytes(data).best()
    if best is None:
        raise ReadError("not text (no known encoding fits)", "save it again as UTF-8")
    return str(best), best.encoding


def _reads_as_text(text: str) -> bool:
    """Whether the characters beyond ASCII are letters and punctuation, as in prose.

    Other encodings read as Windows-1252 give runs of symbols ("ÏîñëÅ"): then letters
    with accents outnumber plain ones.
    """
    beyond = [char for char in text if ord(char) > 127]
    plain = sum(char.isascii() and char.isalpha() for char in text)
    return len(beyond) <= plain / 2


def _is_binary(text: str) -> bool:
    controls = sum(
        unicodedata.category(char) == "Cc" and char not in _ALLOWED_CONTROLS
        for char in text[:100_000]
    )
    return "\0" in text[:100_000] or controls > _CONTROL_SHARE_OF_BINARY * len(text[:100_000])
