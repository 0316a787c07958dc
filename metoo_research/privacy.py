"""Pseudonyms for the people whose posts the articles embed, and for every handle.

A pseudonym is no anonymity: who knows the articles can find the people. It keeps their names
out of tables, concordances and figures that are passed on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pandas as pd

from metoo_research._pseudonyms import TEXT_COLUMNS, Edited, Kept, People

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus


def pseudonymise(corpus: Corpus, *, public: Collection[str] | None = None) -> Corpus:
    """Replace handles, and names of people whose posts are embedded, by pseudonyms.

    "@jdoe" becomes "@person_c" and "Jane Doe" becomes "Person C" wherever they stand, the same
    for one person in all articles. Every handle is replaced; a name is, if a page or a credit
    line names it as the author of an embedded post; then also one part of it ("Doe"), where it
    stands alone in an article that the person is in. Links to posts and profiles on social
    networks lose what follows the network's name.

    Parameters
    ----------
    corpus
        As :func:`~metoo_research.corpus.read_corpus` gives it.
    public
        Names and handles that stay; those of ``[privacy] public`` in ``study.toml`` if not
        given. Each stands for itself: list a person's handle too.

    Returns
    -------
    A corpus with the same ids whose texts, headlines, authors, labels and passages name no one
    else; its offsets are those of the new texts, so that every analysis works on it. ``url`` is
    empty where it spells a name that was replaced. ``sha256`` is another, ``changes`` and the
    articles' ``notes`` say what was done; the articles' own ``sha256`` stays that of the file.
    Ids and names of files stay too: rename files that are called after a person.

    Numbers count people in the order in which they first occur, so they hold for one corpus;
    :func:`list_pseudonyms` gives the key. The words of a post can still be looked up.
    """
    kept = Kept(corpus.study, public)
    people = People(corpus, kept)
    signed = corpus.passages[corpus.passages["kind"] == "tweet_credit"]
    credits_of: dict[str, list[tuple[int, int]]] = {}
    for one, start, end in zip(
        *(signed[name].tolist() for name in ("article_id", "start", "end")), strict=True
    ):
        credits_of.setdefault(one, []).append((start, end))
    ids = corpus.articles["article_id"].tolist()
    edited = {
        one: people.edited(one, text, credits_of.get(one, []))
        for one, text in zip(ids, corpus.articles["text"].tolist(), strict=True)
    }
    texts = pd.array([edited[one].text for one in ids], dtype="str")
    articles = corpus.articles.assign(text=texts)
    for column in TEXT_COLUMNS:
        said = [
            people.edited(one, value).text if isinstance(value, str) else None
            for one, value in zip(ids, articles[column].tolist(), strict=True)
        ]
        articles[column] = pd.array(said, dtype="str")
    urls = [
        None if isinstance(url, str) and people.are_spelled_in(url) else url
        for url in articles["url"].tolist()
    ]
    articles["url"] = pd.array(urls, dtype="str")
    articles["notes"] = [
        "; ".join([*([note] if isinstance(note, str) else []), "pseudonymised"])
        if edited[one].starts
        else note
        for one, note in zip(ids, articles["notes"].tolist(), strict=True)
    ]
    stays = [" ".join(name) for name in sorted(kept.names)]
    told = [corpus.sha256, "pseudonymised", *stays, *sorted(kept.handles)]
    return replace(
        corpus,
        articles=articles.astype({"notes": "str"}),
        passages=_moved(corpus.passages, edited, people),
        sha256=sha256("\n".join(told).encode()).hexdigest(),
        changes=(*corpus.changes, f"pseudonymised ({len(people.listed):,} people)"),
    )


def list_pseudonyms(corpus: Corpus, *, public: Collection[str] | None = None) -> pd.DataFrame:
    """Give the key to the pseudonyms: who is behind which number. Keep it apart.

    Parameters
    ----------
    corpus
        The corpus as it was read, before :func:`pseudonymise`.
    public
        As for :func:`pseudonymise`.

    Returns
    -------
    One row per person, in the order of first occurrence: ``pseudonym`` ("Person C"),
    ``handle_pseudonym`` ("@person_c"), ``handle`` and ``name`` as first written; empty where a
    person has none, or where it is public.
    """
    kept = Kept(corpus.study, public)
    rows = [
        (one.as_name, one.as_handle, f"@{one.handle}" if one.handle else None, one.name)
        for one in People(corpus, kept).listed
    ]
    columns = ["pseudonym", "handle_pseudonym", "handle", "name"]
    return pd.DataFrame(rows, columns=columns).astype("str")


def _moved(passages: pd.DataFrame, edited: dict[str, Edited], people: People) -> pd.DataFrame:
    """The passages at their new places, with pseudonyms for the authors of posts."""
    ids = passages["article_id"].tolist()
    moved = {
        column: [
            edited[one].place(at)
            for one, at in zip(ids, passages[column].tolist(), strict=True)
        ]
        for column in ("start", "end")
    }
    authors, handles = passages["post_author"].tolist(), passages["post_handle"].tolist()
    names = [people.name(*pair) for pair in zip(authors, handles, strict=True)]
    return passages.assign(
        **moved,
        post_author=pd.array(names, dtype="str"),
        post_handle=pd.array([people.handle(one) for one in handles], dtype="str"),
    )
