"""Our reading of web pages beside trafilatura alone: time and body text in one run.

Usage: python benchmarks/pages.py [--rounds 5] [--pages FOLDER]

Without ``--pages`` the pages are made here: articles with embedded posts, captions, structured
data, navigation, lists of other stories and scripts around them. With it, every page (.html) of
a folder is read; where a text of the same name (.txt) lies beside it, or in a folder ``txt``
beside that of the pages, the body is compared with it.

trafilatura gets the decoded text, in its default mode, without comments, once for the body
alone and once with metadata; ours gets the bytes, and gives metadata, posts and captions too.
They take turns, and the fastest round of each counts. Only ratios carry over from machine to
machine.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from trafilatura import extract

from metoo_research.errors import ReadError
from metoo_research.readers import RawArticle
from metoo_research.readers.html_page import article_of
from metoo_research.readers.html_tree import decode_page

Given = RawArticle | str | None
_BODY = frozenset({"body", "subhead"})
_SYLLABLES = "ba co der fin gor hal im jen kel lo mar nu or pel qua ris sol tor un ver".split()


class Page:
    """A page, what is known of its body, and its embedded posts."""

    def __init__(self, data: bytes, body: str | None, posts: tuple[str, ...] = ()) -> None:
        self.data = data
        self.body = body
        self.posts = posts


def made_page(seed: int) -> Page:
    """A page of nonsense words in the form of a news article."""
    chance = random.Random(seed)  # noqa: S311 (repeatable, not secret)

    def words(number: int) -> str:
        said = (
            "".join(chance.choices(_SYLLABLES, k=chance.randrange(1, 4))) for _ in range(number)
        )
        return " ".join(said).capitalize()

    body: list[str] = []
    posts: list[str] = []
    parts: list[str] = []
    for number in range(chance.randrange(12, 40)):
        text = ". ".join(words(chance.randrange(8, 24)) for _ in range(3)) + "."
        body.append(text)
        link = f'<a href="/{number}">{text.split()[0]}</a>'
        parts.append(f"<p>{link} {text.split(' ', 1)[1]}</p>")
        if number % 6 == 2:
            posts.append(words(14))
            parts.append(
                f'<blockquote class="twitter-tweet"><p lang="en">{posts[-1]}</p>&mdash; A Name'
                f' (@name{number}) <a href="https://twitter.com/n/status/{number}">May 5, 2018'
                "</a></blockquote><script async src='w.js'></script>"
            )
        if number % 8 == 3:
            parts.append(f"<figure><img><figcaption>{words(9)}</figcaption></figure>")
        if number % 9 == 4:
            body.append(words(5))
            parts.append(f"<h2>{body[-1]}</h2>")
    headline = words(8)
    teasers = "".join(
        f"<li><a href='/s{n}'><h3>{words(7)}</h3><p>{words(12)}</p></a></li>" for n in range(30)
    )
    menu = "".join(f"<li><a href='/m{n}'>{words(2)}</a></li>" for n in range(60))
    script = "<script>" + "var a = {'b': [1, 2, 3]};" * 1_500 + "</script>"
    data = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{headline} | The Daily Page</title>
<meta property="og:site_name" content="The Daily Page">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}",
"datePublished": "2018-05-05T10:00:00Z", "author": {{"name": "A Name"}}}}</script>
{script}</head>
<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{headline}</h1>
<div class="byline">By A Name</div>{"".join(parts)}</article></main>
<aside class="related"><ul>{teasers}</ul></aside>{script}
<footer>{menu}</footer></body></html>"""
    return Page(data.encode(), "\n".join(body), tuple(posts))


def pages_in(folder: Path) -> list[Page]:
    """The pages of a folder, with the texts beside them."""
    found = []
    for file in sorted(folder.rglob("*.html")):
        beside = [file.with_suffix(".txt"), folder.parent / "txt" / f"{file.stem}.txt"]
        text = next((one.read_text(encoding="utf-8") for one in beside if one.exists()), None)
        found.append(Page(file.read_bytes(), text))
    return found


def in_turns(
    rounds: int, jobs: Mapping[str, Callable[[], Given]]
) -> tuple[dict[str, Given], dict[str, float]]:
    """What each job gives, and the CPU seconds of its fastest round; the jobs take turns."""
    given: dict[str, Given] = {}
    took = dict.fromkeys(jobs, float("inf"))
    for _ in range(rounds):
        for name, job in jobs.items():
            begun = time.process_time()
            try:
                given[name] = job()
            except ReadError:
                given[name] = None
            took[name] = min(took[name], time.process_time() - begun)
    return given, took


def f1(text: str, gold: str) -> float:
    """F1 of the words of a text, those that occur twice counted twice."""
    ours, theirs = (Counter(re.findall(r"\w+", one)) for one in (text, gold))
    return 2 * (ours & theirs).total() / max(ours.total() + theirs.total(), 1)


def main() -> None:
    """Measure and print one line per reader."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    pages = pages_in(given.pages) if given.pages else [made_page(seed) for seed in range(40)]

    seconds = {"trafilatura": 0.0, "with metadata": 0.0, "ours": 0.0}
    scores: dict[str, list[float]] = {"trafilatura": [], "ours": []}
    posts = kept = refused = 0
    for page in pages:
        text = decode_page(page.data)[0]
        alone = partial(extract, text, include_comments=False)
        jobs: dict[str, Callable[[], RawArticle | str | None]] = {
            "trafilatura": alone,
            "with metadata": partial(alone, with_metadata=True),
            "ours": partial(article_of, page.data),
        }
        given_by, took = in_turns(given.rounds, jobs)
        for name in seconds:
            seconds[name] += took[name]
        article = given_by["ours"]
        if not isinstance(article, RawArticle):
            refused += 1
            continue
        parts = [(part.kind, article.text[part.start : part.end]) for part in article.passages]
        posts += len(page.posts)
        kept += sum(("embedded_tweet", post) in parts for post in page.posts)
        if page.body:
            scores["trafilatura"].append(f1(str(given_by["trafilatura"] or ""), page.body))
            body = "\n".join(text for kind, text in parts if kind in _BODY)
            scores["ours"].append(f1(body, page.body))
    print(f"{len(pages)} pages, {refused} refused as no article; CPU milliseconds per page")
    print(
        f"{'':<14}{'ms':>8}{'ratio':>8}   F1 of the body's words ({len(scores['ours'])} pages)"
    )
    for name, whole in seconds.items():
        ratio = whole / seconds["trafilatura"]
        of = scores.get(name)
        score = f"{sum(of) / len(of):.3f}" if of else ""
        print(f"{name:<14}{1000 * whole / len(pages):8.2f}{ratio:8.2f}   {score}")
    if posts:
        print(f"embedded posts kept with their text: {kept} of {posts}")


if __name__ == "__main__":
    main()
