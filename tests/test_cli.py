"""The command line as a user meets it: the contract of the README."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from metoo_research.cli import main
from metoo_research.corpus import read_corpus
from metoo_research.export import save_figure

TEXT = (
    "Thousands sign petition in a day\n\n"
    "By Ana Ruiz\n\n"
    "More than 12,000 people signed the petition in 24 hours, the charity said. "
    "“It’s wonderful,” the organiser wrote on Facebook.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "herald.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(*arguments: str | os.PathLike[str]) -> int:
    return main([str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("command", "column"),
    [
        ("articles", "sha256"),
        ("passages", "rule"),
        ("sentences", "quoted"),
        ("tokens", "word"),
        ("words", "dispersion_dp"),
        ("sentiment", "compound_without_topic"),
        ("metrics", "number_text"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_each_table_is_written_as_its_file_ends(
    corpus: Path, tmp_path: Path, command: str, column: str, ending: str
) -> None:
    out = tmp_path / f"table.{ending}"
    assert run(command, corpus, "--output", out) == 0
    if ending == "csv":
        table = pd.read_csv(out)
    elif ending == "jsonl":
        table = pd.read_json(out, lines=True)
    else:
        table = pd.read_parquet(out)
    assert len(table) > 0
    assert column in table.columns


def test_without_output_rows_are_json_lines_on_standard_output(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("metrics", corpus) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    figure = rows[0]
    assert (figure["number_text"], figure["role"]) == ("Thousands", "figure")
    assert any(row["number_text"] == "12,000" and row["bound"] == "at_least" for row in rows)


def test_messages_go_to_standard_error(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "words.csv"
    assert run("words", corpus, "--output", out) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "rows from 1 article" in captured.err


def test_words_by_article_have_the_articles_column(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "words.csv"
    assert run("words", corpus, "--by", "article_id", "--output", out) == 0
    assert pd.read_csv(out)["article_id"].unique().tolist() == ["herald"]


def test_a_stop_list_leaves_out_its_words(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "words.csv"
    assert run("words", corpus, "--stop-words", "en", "--output", out) == 0
    assert "the" not in set(pd.read_csv(out)["word"])


def test_kinds_choose_the_passages(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sentences", corpus, "--kinds", "byline") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == ["By Ana Ruiz"]


def test_several_files_are_one_corpus(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = corpus / "post.txt"
    other.write_text("Hundreds marched on Sunday.", encoding="utf-8")
    assert run("articles", corpus / "herald.txt", other) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["metrcs", "x"], "no command 'metrcs'; did you mean 'metrics'?"),
        (
            ["words", "ARTICLES", "--ouput", "x.csv"],
            "no option --ouput; did you mean --output?",
        ),
        (["run", "x", "--ot", "y"], "no option --ot; did you mean --out?"),
        (["figure", "x"], "no command 'figure'; did you mean 'figures'?"),
        (["Run", "x"], "no command 'Run'; did you mean 'run'?"),
        (["xyz"], "no command 'xyz'; commands: run, articles"),
        (["metrics"], "no corpus named; name a folder of articles"),
        (["run"], "no corpus named; name a folder of articles"),
        (["run", "ARTICLES", "--out", "ARTICLES/herald.txt"], "is a file; name a folder"),
        (["words", "ARTICLES", "--kinds", ""], "kind"),
        (["run", "ARTICLES"], "no folder for the results named; add --out DIR"),
        (["figures"], "no folder named"),
        (["figures", "ARTICLES/none"], "none: no such folder"),
        (["figures", "ARTICLES"], "no figures in it; make them with metoo-research run"),
        (["figures", "ARTICLES", "--updat"], "no figures in it"),
        (["new"], "no folder named"),
        (["new", "ARTICLES"], "is not empty; name a folder that is, or is not there yet"),
        (["new", "ARTICLES/herald.txt"], "herald.txt is a file; name a folder"),
        (["metrics", "ARTICLES", "--output", "x.xls"], "x.xls: a table is written as .csv"),
        (
            ["words", "ARTICLES", "--by", "outlett"],
            "--by outlett: articles have no such column",
        ),
        (["words", "ARTICLES", "--kinds", "bodi"], "no kind of passage is called 'bodi'"),
        (["sentences", "ARTICLES", "--study", "none.toml"], "none.toml: no such study file"),
        (["articles", "ARTICLES/../artcles"], "no such file or folder; did you mean"),
        (["run", "ARTICLES", "--out", "ARTICLES/results"], "lies in the corpus"),
    ],
)
def test_a_mistake_is_one_line_with_the_way_out_and_exit_code_two(
    corpus: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], said: str
) -> None:
    code = run(*(argument.replace("ARTICLES", str(corpus)) for argument in arguments))
    captured = capsys.readouterr()
    assert code == 2
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_an_empty_folder_is_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("words", tmp_path) == 2
    assert "no articles in it; put files there" in capsys.readouterr().err


def test_no_command_shows_the_help_and_is_exit_code_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run() == 2
    assert "usage: metoo-research" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_written(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "broken.txt").write_bytes(bytes(range(256)) * 20)
    out = tmp_path / "articles.csv"
    assert run("articles", corpus, "--output", out) == 0
    assert "broken.txt: not text" in capsys.readouterr().err
    assert len(pd.read_csv(out)) == 1


@pytest.mark.parametrize(("damaged", "more"), [(10, ""), (12, "… and 2 more problems\n")])
def test_of_many_problems_the_first_ten_are_named(
    corpus: Path, capsys: pytest.CaptureFixture[str], damaged: int, more: str
) -> None:
    for number in range(damaged):
        (corpus / f"{number:02}.pdf").write_bytes(b"%PDF-1.4 broken")
    assert run("articles", corpus) == 0
    told = capsys.readouterr().err
    assert [f"{number:02}.pdf: " in told for number in range(damaged)] == [
        number < 10 for number in range(damaged)
    ]
    assert told.endswith(more)
    assert ("more problems" in told) is bool(more)


def test_an_output_that_cannot_be_written_is_exit_code_one_and_leaves_nothing(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder", encoding="utf-8")
    assert run("words", corpus, "--output", blocker / "words.csv") == 1
    err = capsys.readouterr().err
    assert "words.csv" in err
    assert err.count("\n") == 1
    assert blocker.read_text(encoding="utf-8") == "not a folder"


def test_output_that_nobody_reads_to_the_end_is_no_error(corpus: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "metoo_research", "tokens", str(corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err == b""


def test_the_module_is_the_command(corpus: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "metoo_research", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("metoo-research ")


@pytest.fixture
def figures(corpus: Path, tmp_path: Path) -> Path:
    figure = Figure(figsize=(85 / 25.4, 2))
    figure.add_subplot().bar(["signed"], [12_000])
    save_figure(
        figure,
        "signed",
        data=pd.DataFrame({"what": ["signed"], "number": [12_000]}),
        title="Signatures",
        caption="How many signed.",
        alt="One bar: 12,000.",
        source="1 article.",
        out=tmp_path / "results" / "figures",
        corpus=read_corpus(corpus, progress=False),
    )
    return tmp_path / "results" / "figures"


def test_figures_are_listed_and_all_as_saved_is_exit_code_zero(
    corpus: Path, figures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("figures", figures.parent, "--corpus", corpus) == 0
    captured = capsys.readouterr()
    assert captured.out == (
        "ok      signed, 85 × 50.8 mm, 1 row, 1 article, Signatures\n1 figure, all as saved\n"
    )
    assert captured.err == ""


def test_figures_of_other_articles_are_exit_code_one(
    corpus: Path, figures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "post.txt").write_text("Hundreds marched on Sunday.", encoding="utf-8")
    assert run("figures", figures, "--corpus", corpus) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stale   signed, 85 × 50.8 mm, 1 row, 1 article, Signatures",
        "        ! drawn from other articles (1 then, 2 now)",
        "1 figure, 1 to look at",
    ]
    assert run("figures", figures) == 0
    assert "not compared with articles; name them with --corpus" in capsys.readouterr().err


def test_an_edited_alt_text_is_exit_code_one_until_it_is_in_the_pictures(
    figures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = figures / "signed.json"
    record = path.read_text(encoding="utf-8")
    path.write_text(record.replace("One bar: 12,000.", "A bar of 12,000."), encoding="utf-8")
    assert run("figures", figures) == 1
    assert "use --update" in capsys.readouterr().out
    assert run("figures", figures, "--update") == 0
    assert "signed: alt text and caption put into its files" in capsys.readouterr().err
    assert b"/Subject (A bar of 12,000.)" in (figures / "signed.pdf").read_bytes()


def test_a_fresh_study_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", tmp_path / "my study") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f'metoo-research lab "{tmp_path / "my study"}"' in captured.err
    assert (tmp_path / "my study" / "study.toml").is_file()


# --- options of single tables


def test_words_are_counted_as_lemmas_with_intervals(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("words", corpus, "--form", "lemma", "--intervals") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    by_word = {row["word"]: row for row in rows}
    assert by_word["say"]["forms"] == "said"
    assert {"per_million_low", "per_million_high"} <= by_word["say"].keys()


def test_a_form_that_is_none_is_told_in_one_line(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("words", corpus, "--form", "lemmas") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "lemmas" in said[0]


def test_the_models_score_is_left_out_when_asked(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sentiment", corpus, "--no-model") == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert "compound" in first
    assert "model_score" not in first


@pytest.mark.parametrize("arguments", [("words", ""), ("run", "articles", "--out", " ")])
def test_an_empty_path_is_not_taken_for_the_current_folder(
    corpus: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(corpus.parent)
    assert run(*arguments) == 2
    assert "the path is empty" in capsys.readouterr().err
    assert [path.name for path in corpus.parent.iterdir()] == ["articles"]


def test_a_table_is_not_written_among_the_articles(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("articles", corpus, "--output", corpus / "articles.csv") == 2
    assert "lies in the corpus" in capsys.readouterr().err
    assert [path.name for path in corpus.iterdir()] == ["herald.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_said_in_one_line(corpus: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "metoo_research", "words", str(corpus)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "metoo-research: standard output: No space left on device"
    )


@pytest.mark.parametrize(
    ("folder", "page"),
    [("figures", "<p>A page of somebody else's</p>"), ("pictures", "")],
)
def test_pages_that_are_not_of_a_run_are_left_alone(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, page: str
) -> None:
    figure = Figure()
    figure.subplots().plot([1, 2])
    save_figure(
        figure,
        "line",
        data=pd.DataFrame({"x": [1, 2]}),
        out=tmp_path / folder,
        caption="A line.",
        alt="Up.",
        source="Ours.",
        corpus=read_corpus(corpus, progress=False),
    )
    report = tmp_path / "report.html"
    report.write_text(page or '<meta name="generator" content="metoo_research 0">', "utf-8")
    before = report.read_bytes()
    assert run("figures", tmp_path / folder, "--update", "--corpus", corpus) == 0
    assert "reports" not in capsys.readouterr().err
    assert report.read_bytes() == before
    assert not (tmp_path / "report.docx").exists()


def test_a_deleted_bundle_is_told_when_it_leaves_the_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Figure()
    figure.subplots().plot([1, 2])
    for name in ("line", "other", "third"):
        save_figure(
            figure,
            name,
            data=pd.DataFrame({"x": [1, 2]}),
            out=tmp_path,
            caption="A line.",
            alt="Up.",
            source="Ours.",
        )
    for path in tmp_path.glob("line.*"):
        path.unlink()
    (tmp_path / "other.json").unlink()
    assert run("figures", tmp_path, "--update") == 0
    told = capsys.readouterr().err
    assert "line: no file of it is left; it is no longer in the manifest" in told
    assert "other: other.json written again from the manifest" in told


def test_a_study_file_without_articles_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Figure()
    figure.subplots().plot([1, 2])
    table = pd.DataFrame({"x": [1, 2]})
    save_figure(
        figure, "line", data=table, out=tmp_path, caption="A.", alt="Up.", source="Ours."
    )
    assert run("figures", tmp_path, "--study", "none.toml") == 2
    assert "--study needs the articles" in capsys.readouterr().err


def test_who_updates_figures_of_a_run_is_told_that_its_reports_are_older(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = Figure()
    figure.subplots().plot([1, 2])
    figures = tmp_path / "figures"
    table = pd.DataFrame({"x": [1, 2]})
    save_figure(
        figure, "line", data=table, out=figures, caption="A line.", alt="Up.", source="Ours."
    )
    page = '<meta name="generator" content="metoo_research 0.1.0">'
    (tmp_path / "report.html").write_text(page, "utf-8")
    path = figures / "line.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"alt": "Up by 1."}))
    assert run("figures", figures, "--update") == 0
    said = "reports and figures.zip keep the words they have; name the run's articles with"
    assert said in capsys.readouterr().err
