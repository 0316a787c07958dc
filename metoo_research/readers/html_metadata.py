"""What a page says about its article: headline, author, date, outlet, address, language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from metoo_research.readers.html_dates import iso_date
from metoo_research.readers.html_titles import LONGEST_HEADLINE, without_site
from metoo_research.readers.html_tree import without_controls

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|Report|Review)$")
# Structured data of a page is small; what is larger is a game with the reader.
_MOST_NODES = 2_000
_MOST_JSON = 2_000_000

_TITLE_META = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title")
_AUTHOR_META = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author",
    "dc.creator", "dcterms.creator", "byl", "cxenseparse:author", "twitter:data1",
)  # fmt: skip
_DATE_META = (
    "article:published_time", "og:article:published_time", "article:published",
    "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "date",
    "publish-date", "publish_date", "pubdate", "pub_date", "publication_date",
    "publicationdate", "article_date_original", "originalpublicationdate", "article.published",
    "cxenseparse:recs:publishtime", "bt:pubdate", "pdate", "date_published", "published",
)  # fmt: skip
_OUTLET_META = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_BY = re.compile(r"^(?:written\s+)?by[:\s]\s*", re.IGNORECASE)
_BEHIND_NAMES = re.compile(r"\s*[|·•]|\s+(?=\d|published|updated|posted)", re.IGNORECASE)
_IN_ARTICLE = "not(ancestor::aside or ancestor::nav or ancestor::footer)"
_MOST_AUTHORS = 6
_AND = re.compile(r"\s*(?:;|&|,?\s+and\s+)\s*")
_NO_AUTHOR = re.compile(
    r"https?:|www\.|@|^(?:admin|administrator|staff|editor|unknown|none|null|guest)$", re.I
)
_WHITE = re.compile(r"\s+")
_BREAK = re.compile(r"<(?:br|hr|wbr|img)\b[^<>]*>|</?(?:p|div|h[1-6])\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(a|abbr|b|big|cite|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b(?:\s[^<>]*)?>"
    r"([^<]*(?:<(?!/?\1\b)[^<]*)*)</\1\s*>",
    re.IGNORECASE,
)
_DEEPEST_MARKUP = 5


@dataclass(slots=True)
class PageFacts:
    """What the page says; None where it does not. ``basis`` says where each was found."""

    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    basis: dict[str, str] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    is_article: bool = False
    accessible: bool = True
    words: int | None = None
    titles: tuple[str, ...] = ()

    def settle(self, name: str, found: Iterable[tuple[str | None, str]]) -> None:
        """Take the first that is there, with where it was found."""
        for value, basis in found:
            if value:
                setattr(self, name, value)
                self.basis[name] = basis
                return


def facts_of(tree: HtmlElement, *, url: str | None = None) -> PageFacts:
    """Read what the page says about its article.

    Parameters
    ----------
    tree
        The page.
    url
        Where the page came from, if its archive says so.
    """
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    article = next(filter(_is_article, nodes), {})
    meta = _meta(tree)
    facts = PageFacts()
    facts.types = frozenset(kind for node in nodes for kind in _types(node))
    facts.is_article = bool(article) or meta.get("og:type", "").lower() == "article"
    facts.is_article |= "article:published_time" in meta
    facts.accessible = str(article.get("isAccessibleForFree", "")).lower() != "false"
    facts.words = _number(article.get("wordCount"))

    publisher = _names(article.get("publisher"), known)
    facts.settle("outlet", _outlets(meta, publisher))
    facts.settle("url", _addresses(tree, meta, article, url))
    facts.settle("headline", _headlines(tree, meta, article, facts))
    facts.settle("author", _authors(tree, meta, article, known, facts.outlet))
    facts.settle("published", _dates(tree, meta, article))
    facts.settle("language", _languages(tree, meta, article))
    titles = (meta.get("og:title"), tree.findtext(".//title"))
    facts.titles = tuple(filter(None, map(_clean, titles)))
    return facts


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The things that the page's JSON-LD describes, lists of other articles left out."""
    count = 0
    for script in tree.iter("script"):
        waiting: list[Any] = [_json(script.text or "")]
        while waiting and count < _MOST_NODES:
            node = waiting.pop(0)
            count += 1
            if isinstance(node, list):
                waiting += node[:_MOST_NODES]
            elif isinstance(node, dict):
                yield node
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _json(text: str) -> Any:
    text = text.strip().removesuffix(";")[:_MOST_JSON]
    if not text.startswith(("{", "[")):
        start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=0)
        text = text[start : max(text.rfind("}"), text.rfind("]")) + 1]
    for attempt in (text, html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: Mapping[str, Any]) -> list[str]:
    said = node.get("@type")
    return [
        kind for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)
    ]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLE_TYPE.search(kind) for kind in _types(node))


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first value of each <meta>, by its name in small letters."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        value = _clean(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and value:
                found.setdefault(name.lower(), value)
    return found


def _clean(value: object) -> str | None:
    """A value as text: entities resolved, markup taken out, white space single.

    Markup is what a pair of tags encloses, or what ends a line. "<b>" alone is what it says.
    """
    if not isinstance(value, str):
        return None
    value = _resolved(value)
    if "<" in value:
        value = _BREAK.sub(" ", value)
        for _ in range(_DEEPEST_MARKUP):
            value, found = _MARKUP.subn(r"\2", value)
            if not found:
                break
    return _WHITE.sub(" ", value).strip() or None


def _shown(element: HtmlElement) -> str | None:
    """What a page shows of an element; a tag that is shown was escaped, and is no markup."""
    return _WHITE.sub(" ", _resolved(element.text_content())).strip() or None


def _resolved(text: str) -> str:
    """A text without control characters, and with the entities of what was escaped twice."""
    return without_controls(html.unescape(text[:10_000]))


def _number(value: object) -> int | None:
    digits = str(value).replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else None


def _outlets(meta: Mapping[str, str], publisher: list[str]) -> Iterator[tuple[str | None, str]]:
    yield meta.get("og:site_name"), "og:site_name"
    yield ", ".join(publisher) or None, "JSON-LD publisher"
    for name in ("publisher", "dc.publisher", *_OUTLET_META[1:]):
        yield meta.get(name), f"meta {name}"


def _addresses(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any], url: str | None
) -> Iterator[tuple[str | None, str]]:
    main = article.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    said = [
        *((link.get("href"), "link canonical") for link in tree.iter("link")
          if (link.get("rel") or "").lower() == "canonical"),
        (meta.get("og:url"), "og:url"),
        (main, "JSON-LD mainEntityOfPage"),
        (article.get("url"), "JSON-LD url"),
        (meta.get("twitter:url"), "twitter:url"),
    ]  # fmt: skip
    for address, basis in said:
        yield _absolute(address, url), basis
    yield _absolute(url, None), "where it was saved from"


def _absolute(address: object, base: str | None) -> str | None:
    if not isinstance(address, str) or not address.strip() or len(address) > 2_000:
        return None
    try:
        whole = urljoin(base or "", address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or _WHITE.search(whole):
        return None
    # A canonical address that is the front page's is a mistake of the site's template.
    return whole if parts.path.strip("/") or parts.query or base is None else None


def _headlines(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any], facts: PageFacts
) -> Iterator[tuple[str | None, str]]:
    shown = [
        text for h1 in tree.iter("h1") if (text := _shown(h1)) and len(text) <= LONGEST_HEADLINE
    ]

    # What names the headline elsewhere may have lost what looks like a tag.
    as_shown = {_clean(text): text for text in shown}

    def bare(said: str | None) -> str | None:
        said = as_shown.get(said, said)
        return without_site(said, outlet=facts.outlet, url=facts.url, shown=shown)

    structured = bare(_clean(article.get("headline")) or None)
    if structured and structured.endswith(("…", "...")):  # some cut it at 110 characters
        start = structured.rstrip(".… ")
        structured = next((text for text in shown if text.startswith(start)), structured)
    yield structured, "JSON-LD headline"
    for element in tree.xpath("//*[@itemprop='headline'][not(self::meta)]")[:1]:
        yield bare(_shown(element)), "itemprop headline"
    for name in _TITLE_META:
        yield bare(meta.get(name)), name if ":" in name else f"meta {name}"
    if len(shown) == 1:
        yield shown[0], "h1"
    yield bare(_clean(tree.findtext(".//title"))), "title"
    yield next(iter(shown), None), "h1"


def _names(value: Any, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of persons or organisations, however JSON-LD gives them."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or known.get(str(one.get("@id")), {}).get("name")
        for name in one if isinstance(one, list) else [one]:
            if (said := _clean(name)) and said not in found:
                found.append(said)
    return found


def _authors(
    tree: HtmlElement,
    meta: Mapping[str, str],
    article: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    outlet: str | None,
) -> Iterator[tuple[str | None, str]]:
    def joined(names: Iterable[str | None]) -> str | None:
        return authors_of(names, outlet=outlet)

    yield joined(_names(article.get("author"), known)), "JSON-LD author"
    yield joined(_names(article.get("creator"), known)), "JSON-LD creator"
    for name in _AUTHOR_META:
        if name == "twitter:data1" and "written" not in meta.get("twitter:label1", "").lower():
            continue
        several = [
            element.get("content")
            for element in tree.iter("meta")
            if name
            in ((element.get("name") or "").lower(), (element.get("property") or "").lower())
        ]
        yield joined(map(_clean, several)), name if ":" in name else f"meta {name}"
    for condition, basis in (
        ("@itemprop='author'", "itemprop author"),
        ("@rel='author'", "rel author"),
    ):
        texts = []
        for element in tree.xpath(f"//*[{condition}][{_IN_ARTICLE}]"):
            inner = element.xpath(".//*[@itemprop='name']")
            texts.append(_clean((inner[0] if inner else element).text_content()))
        names = {text for text in texts if text}
        if len(names) <= _MOST_AUTHORS:  # more are those of other articles too
            yield joined(text for text in texts if text and len(text) <= 80), basis
    for element in tree.xpath("//*[contains(@class,'byline') or contains(@class,'Byline')]"):
        text = _clean(element.text_content()) or ""
        if _BY.match(text) and len(text) <= 80:
            yield joined([_BEHIND_NAMES.split(text)[0]]), "byline"


def authors_of(names: Iterable[str | None], *, outlet: str | None = None) -> str | None:
    """Authors joined by commas, each once, without "By" and without the outlet's name."""
    found: list[str] = []
    for name in names:
        for part in _AND.split(_BY.sub("", (name or "").strip())):
            one = part.strip(" ,.|")
            if outlet and one.lower().endswith(f", {outlet.lower()}"):
                one = one[: -len(outlet) - 2]
            if one and not _NO_AUTHOR.search(one) and one not in found and len(one) <= 120:
                found.append(one)
    others = [one for one in found if one != outlet]
    return ", ".join(others or found) or None


def _dates(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]
) -> Iterator[tuple[str | None, str]]:
    for key in ("datePublished", "dateCreated"):
        yield iso_date(_clean(article.get(key))), f"JSON-LD {key}"
    for name in _DATE_META:
        yield iso_date(meta.get(name)), name if ":" in name else f"meta {name}"
    marked = tree.xpath(
        "//*[@itemprop='datePublished' or @pubdate or contains(@class,'published')]"
        "[self::time or @datetime or @content]"
    )
    for element in [*marked, *_times_of_article(tree)]:
        said = element.get("datetime") or element.get("content")
        yield iso_date(_clean(said)), "time"
        yield iso_date(_clean(element.text_content())), "time"
    for element in tree.xpath(
        "//*[contains(@class,'byline') or contains(@class,'dateline') "
        " or contains(@class,'date')"
        " or contains(@class,'published') or contains(@class,'timestamp')]"
    )[:20]:
        yield iso_date(_clean(element.text_content()), within=True), "date shown"


def _times_of_article(tree: HtmlElement) -> list[HtmlElement]:
    """Times that stand beside the article's headline, not beside those of other articles."""
    articles = tree.xpath("//article[.//h1]") or tree.xpath("//article[count(//article)=1]")
    within = articles[0] if articles else None
    if within is None:
        return list(tree.xpath("//h1/following::time")[:1])
    return [
        time
        for time in within.iter("time")
        if "updated" not in (time.get("class") or time.get("itemprop") or "").lower()
    ][:1]


def _languages(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]
) -> Iterator[tuple[str | None, str]]:
    root = tree.getroottree().getroot()
    of_html: Callable[[str], str | None] = root.get
    yield _language(of_html("lang") or of_html("xml:lang")), "html lang"
    yield _language(article.get("inLanguage")), "JSON-LD inLanguage"
    for name in ("content-language", "og:locale", "dc.language", "language"):
        yield _language(meta.get(name)), name if ":" in name else f"meta {name}"


def _language(said: object) -> str | None:
    """The two or three letters of the language, without region or script."""
    found = (
        re.match(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$)", said) if isinstance(said, str) else None
    )
    return found[1].lower() if found else None
