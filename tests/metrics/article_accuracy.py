"""How well the rules do on whole articles, each about a campaign of its own.

``articles_development.jsonl`` may be used to improve the rules, ``articles_kept.jsonl`` only to
measure them. Both hold articles of our own, labelled without sight of what the program gives.
Ages are not labelled, and not counted.
"""

import json
from pathlib import Path
from typing import Any, Literal

from field_accuracy import Scores, score_figures

import metoo_research as mr

Part = Literal["development", "kept"]


def labelled_articles(part: Part) -> list[dict[str, Any]]:
    path = Path(__file__).with_name(f"articles_{part}.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scores(part: Part, folder: Path) -> Scores:
    """Each article is read as a corpus of its own, with its campaign in ``study.toml``."""
    total = Scores()
    for place, labelled in enumerate(labelled_articles(part)):
        corpus = _corpus_of(labelled, folder / f"{part}{place}")
        table = mr.reported_metrics(mr.split_sentences(corpus), corpus.study)
        figures = table[(table["role"] == "figure") & (table["kind"] != "age")]
        rows = [
            {str(key): value for key, value in row.items()}
            for row in figures.to_dict("records")
        ]
        score_figures(labelled["figures"], rows, total, _sentence_of(labelled["text"]))
    return total


def _corpus_of(labelled: dict[str, Any], folder: Path) -> mr.Corpus:
    folder.mkdir(parents=True)
    (folder / "article.txt").write_text(labelled["text"], encoding="utf-8", newline="\n")
    names = json.dumps(labelled.get("names", []), ensure_ascii=False)
    hashtags = json.dumps(labelled.get("hashtags", []), ensure_ascii=False)
    study = f"[campaign]\nnames = {names}\nhashtags = {hashtags}\n"
    (folder / "study.toml").write_text(study, encoding="utf-8")
    return mr.read_corpus(folder)


def _sentence_of(text: str) -> Any:
    def around(start: int) -> str:
        return text[max(start - 90, 0) : start + 60].replace("\n", " ")

    return around
