"""Where the report's links lead: files of the run, and pages on the web."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

#: Letters of any script: a browser knows the names of hosts that have others than a to z.
_HOST: Final = re.compile(r"[\w.~!$&'()*+,;=%:@\[\]-]+")
#: Signs that mean something in an address, and % of what is quoted already.
_SAFE: Final = "%/:=&?~+!$,;'@()*[]"


def href(path: str) -> str:
    """Give a path told from the report as an address; a ``file:`` address is one already.

    What UTF-8 cannot hold, a lone surrogate, is told by its number: the link leads nowhere,
    and the report is still written.
    """
    return path if path.startswith("file:") else quote(path, errors="backslashreplace")


def web_address(url: str | None) -> str | None:
    """Give an article's address as a link needs it; None where it leads to no web page.

    It does if it begins with http or https and names a host. All but the host is in ASCII.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is no number is an error
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or not _HOST.fullmatch(parts.netloc):
        return None
    told = (
        quote(part, safe=_SAFE, errors="backslashreplace")
        for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, parts.netloc, *told))
