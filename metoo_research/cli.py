"""The command line: arguments in, tables or a run out, and what is to be told of them.

Exit codes: 0 done; 1 the job failed; 2 wrong arguments or nothing readable in the corpus.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from metoo_research._version import __version__
from metoo_research._wording import plural
from metoo_research.errors import (
    CorpusError,
    ExportError,
    MetooResearchError,
    StudyError,
    TableError,
)

if TYPE_CHECKING:
    import pandas as pd

    from metoo_research.corpus import Corpus

DONE: Final = 0
FAILED: Final = 1
WRONG_ARGUMENTS: Final = 2
STOPPED: Final = 130  # as shells report Ctrl-C

_PROBLEMS_TOLD: Final = 10

_TABLES: Final = {
    "articles": "one row per article, with its text",
    "passages": "the labelled parts of each article",
    "sentences": "one row per sentence",
    "tokens": "one row per word, number, hashtag, mention, …",
    "words": "word frequency with dispersion",
    "sentiment": "VADER scores per sentence",
    "metrics": "the figures that articles report",
}

_NEEDED: Final = {
    "CORPUS": "no corpus named; name a folder of articles",
    "DIR": "no folder named; name one",
    "--out": "no folder for the results named; add --out DIR",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one line with the way out."""

    commands: tuple[str, ...] = ()

    def error(self, message: str) -> NoReturn:
        wrong = message.partition("invalid choice: ")[2].partition("'")[2].partition("'")[0]
        needed = message.partition("the following arguments are required: ")[2].split(", ")
        if wrong:
            near = difflib.get_close_matches(wrong.lower(), self.commands, n=1)
            commands = f"commands: {', '.join(self.commands)}"
            hint = f"did you mean {near[0]!r}?" if near else commands
            message = f"no command {wrong!r}; {hint}"
        elif message.startswith("unrecognized arguments: "):
            given = message.split()[2]
            options = [o for action in self._actions for o in action.option_strings]
            near = difflib.get_close_matches(given, options, n=1)
            hint = f"did you mean {near[0]}?" if near else f"see {self.prog} --help"
            message = f"no option {given}; {hint}"
        elif needed[0] in _NEEDED:
            message = _NEEDED[needed[0]]
        self.exit(WRONG_ARGUMENTS, f"{self.prog}: {message}\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="metoo-research",
        description="Read how the news covered a campaign: words, sentiment, reported figures.",
        epilog="CORPUS is a folder of articles, a single file, or several.",
    )
    parser.add_argument("--version", action="version", version=f"metoo-research {__version__}")
    parser.set_defaults(do=_help, parser=parser)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)

    corpus = _Parser(add_help=False)
    corpus.add_argument("corpus", metavar="CORPUS", nargs="+", type=_path)
    corpus.add_argument(
        "--study",
        metavar="FILE",
        type=_path,
        help="the study file (default: study.toml in CORPUS or beside it)",
    )

    _describe_run(
        commands.add_parser(
            "run", parents=[corpus], help="the main job: notebooks, tables, figures, report"
        )
    )
    for name, said in _TABLES.items():
        _describe_table(
            commands.add_parser(name, parents=[corpus], help=f"table: {said}"), name
        )
    _describe_figures(
        commands.add_parser(
            "figures",
            help="list saved figures; check that their files belong together and are not stale",
            description="List the figures saved in a folder, and check that the files of each "
            "belong together. Exit code 0: all as saved; 1: something is wrong or stale.",
        )
    )
    _describe_new(
        commands.add_parser(
            "new", help="a fresh study: notebooks, study.toml, an empty articles folder"
        )
    )
    _describe_lab(commands.add_parser("lab", help="JupyterLab on the notebooks"))
    parser.commands = tuple(commands.choices)
    return parser


def _describe_run(parser: _Parser) -> None:
    parser.set_defaults(do=_run, parser=parser)
    parser.add_argument(
        # Required, but asked for afterwards: "--ot" is to be named as the mistake that it is.
        "--out",
        metavar="DIR",
        type=_path,
        help="folder for results (required)",
    )
    _add_model(parser)


def _describe_table(parser: _Parser, name: str) -> None:
    # What a table has no option for is as if it were not given.
    parser.set_defaults(kinds=None, by=None, stop_words=None, form="word", intervals=False)
    parser.set_defaults(no_model=False, do=_table, parser=parser, table=name)
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=_path,
        help="a .csv, .jsonl or .parquet file (default: JSON lines to standard output)",
    )
    parser.add_argument(
        "--unique", action="store_true", help="leave out copies of other articles"
    )
    parser.add_argument(
        "--pseudonymise",
        action="store_true",
        help="replace names and handles of people whose posts are quoted",
    )
    if name not in {"articles", "passages"}:
        parser.add_argument(
            "--kinds",
            metavar="KIND,…",
            help="kinds of passages to take (default: headline,subhead,body)",
        )
    if name == "sentiment":
        _add_model(parser)
    if name == "words":
        parser.add_argument("--by", metavar="COLUMN", help="count by article_id, outlet, …")
        parser.add_argument(
            "--stop-words", metavar="LANGUAGE", help="leave out a list, e.g. en"
        )
        parser.add_argument(
            "--form", metavar="FORM", help="count each word, lemma or stem (default: word)"
        )
        parser.add_argument(
            "--intervals",
            action="store_true",
            help="add bootstrap intervals of the frequencies",
        )


def _describe_figures(parser: _Parser) -> None:
    parser.set_defaults(do=_figures, parser=parser)
    parser.add_argument(
        "folder", metavar="DIR", type=_path, help="folder of figures, or of a run's results"
    )
    parser.add_argument(
        "--corpus",
        metavar="CORPUS",
        nargs="+",
        type=_path,
        help="the articles of today: say which figures were drawn from others",
    )
    parser.add_argument("--study", metavar="FILE", type=_path, help="their study file")
    parser.add_argument(
        "--update",
        action="store_true",
        help="put alt texts and captions that you edited in a .json into the pictures, and "
        "with --corpus into the run's reports",
    )


def _describe_new(parser: _Parser) -> None:
    parser.set_defaults(do=_new, parser=parser)
    parser.add_argument("folder", metavar="DIR", type=_path, help="empty, or not there yet")


def _describe_lab(parser: _Parser) -> None:
    parser.set_defaults(do=_lab, parser=parser)
    parser.add_argument("folder", metavar="DIR", nargs="?", type=_path, help="folder to open")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _path(text: str) -> Path:
    """A path; an empty one would be the current folder, which nobody has named."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty (a variable that is not set?)")
    return Path(text)


def _add_model(parser: _Parser) -> None:
    parser.add_argument(
        "--no-model",
        action="store_true",
        help='leave out the language model\'s score, where the extra "model" is installed',
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code.

    Parameters
    ----------
    arguments
        What stands behind the program's name; by default the process's own.
    """
    _speak_utf8()
    try:
        options = _options(arguments)
    except SystemExit as stop:  # argparse's way to end after --help or a mistake
        return stop.code if isinstance(stop.code, int) else WRONG_ARGUMENTS
    try:
        code: int = options.do(options)
    except (CorpusError, StudyError, TableError) as error:
        return _say(error, WRONG_ARGUMENTS)
    except MetooResearchError as error:
        return _say(error, FAILED)
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:  # such as a full disk behind standard output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        where = error.filename or "standard output"
        return _say(f"{where}: {error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        return _say("stopped", STOPPED)
    return code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    options, unknown = _parser().parse_known_args(arguments)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    if options.do is _run and options.out is None:
        options.parser.error(_NEEDED["--out"])
    return options


def _say(what: object, code: int) -> int:
    sys.stderr.write(f"metoo-research: {what}\n")
    return code


def _speak_utf8() -> None:
    """Windows consoles write in a code page of their own; articles are in any script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _help(options: argparse.Namespace) -> int:
    options.parser.print_help(sys.stderr)
    return WRONG_ARGUMENTS


def _table(options: argparse.Namespace) -> int:
    from metoo_research.corpus import read_corpus
    from metoo_research.export import check_table_path, to_jsonl, write_table
    from metoo_research.passages import DEFAULT_KINDS
    from metoo_research.pipeline import check_outside
    from metoo_research.tables import Options, make_table

    if options.output is not None:
        try:
            check_table_path(options.output)  # before the work, not after it
        except ExportError as error:
            return _say(error, WRONG_ARGUMENTS)
        check_outside(options.corpus, options.output)
    corpus = read_corpus(options.corpus, study=options.study)
    if options.unique:
        from metoo_research.duplicates import unique

        corpus = unique(corpus)
    if options.pseudonymise:
        from metoo_research.privacy import pseudonymise

        corpus = pseudonymise(corpus)
    table = make_table(
        options.table,
        corpus,
        Options(
            kinds=DEFAULT_KINDS if options.kinds is None else tuple(options.kinds.split(",")),
            by=options.by,
            stop_words=options.stop_words,
            form=options.form,
            intervals=options.intervals,
            model=False if options.no_model else None,
            progress=True,
        ),
    )
    _tell_problems(corpus.problems)
    if options.table == "sentiment" and not options.no_model:
        from metoo_research.sentiment import model_hint

        sys.stderr.write(f"{hint}\n" if (hint := model_hint()) else "")
    if options.output is None:
        to_jsonl(table, sys.stdout)
        sys.stdout.flush()
    else:
        write_table(table, options.output)
        rows, read = plural(len(table), "row"), plural(len(corpus), "article")
        sys.stderr.write(f"{options.output}: {rows} from {read}\n")
    return DONE


def _tell_problems(problems: pd.DataFrame) -> None:
    """Name the first files that did not become articles; the run writes all to a table."""
    for problem in problems.head(_PROBLEMS_TOLD).itertuples(index=False):
        detail = f"; {problem.detail}" if isinstance(problem.detail, str) else ""
        record = f", {problem.record}" if isinstance(problem.record, str) else ""
        sys.stderr.write(f"{problem.source_file}{record}: {problem.reason}{detail}\n")
    more = len(problems) - _PROBLEMS_TOLD
    if more > 0:
        sys.stderr.write(f"… and {plural(more, 'more problem')}\n")


def _run(options: argparse.Namespace) -> int:
    from metoo_research.pipeline import run

    if options.out.is_file():
        return _say(f"{options.out} is a file; name a folder for results", WRONG_ARGUMENTS)
    model = False if options.no_model else None
    result = run(options.corpus, out=options.out, study=options.study, model=model)
    _tell_problems(result.problems)
    sys.stderr.write(result.summary())
    return FAILED if result.failed else DONE


def _figures(options: argparse.Namespace) -> int:
    from metoo_research.corpus import read_corpus
    from metoo_research.export import check_figures
    from metoo_research.export.record import figures_folder
    from metoo_research.export.review import listing
    from metoo_research.report import is_report

    try:
        folder = figures_folder(options.folder)
    except ExportError as error:
        return _say(error, WRONG_ARGUMENTS)
    corpus = read_corpus(options.corpus, study=options.study) if options.corpus else None
    if options.study and not options.corpus:
        return _say("--study needs the articles: name them with --corpus", WRONG_ARGUMENTS)
    updated = _update(folder) if options.update else []
    found = check_figures(folder, corpus)
    sys.stdout.write(listing(found))
    if corpus is None:
        sys.stderr.write("not compared with articles; name them with --corpus\n")
    if options.update and is_report(folder.parent / "report.html") and folder.name == "figures":
        _renew_reports(corpus, folder.parent, found, updated=bool(updated))
    return DONE if (found["status"] == "ok").all() else FAILED


def _update(folder: Path) -> list[str]:
    """Put edited words into the files, and say what else became of the bundles."""
    from metoo_research.export import update_figures
    from metoo_research.export.record import manifest_records, records

    listed, known = manifest_records(folder) or {}, records(folder)
    updated = update_figures(folder)
    now = records(folder)
    for name in updated:
        sys.stderr.write(f"{name}: alt text and caption put into its files\n")
    for name in sorted(now.keys() - known.keys()):
        sys.stderr.write(f"{name}: {name}.json written again from the manifest\n")
    for name in sorted(listed.keys() - (manifest_records(folder) or {}).keys()):
        sys.stderr.write(f"{name}: no file of it is left; it is no longer in the manifest\n")
    return updated


def _renew_reports(
    corpus: Corpus | None, run: Path, found: pd.DataFrame, *, updated: bool
) -> None:
    """Make the reports of a run anew where its figures are as saved, or say why not."""
    from metoo_research.pipeline import renew_reports

    if corpus is not None and (found["status"] == "ok").all():
        told = renew_reports(corpus, run)
        sys.stderr.write("".join(f"{line}\n" for line in ("reports made anew", *told)))
    elif corpus is not None:
        sys.stderr.write("reports and figures.zip stay as they are: see the figures above\n")
    elif updated:
        sys.stderr.write(
            "reports and figures.zip keep the words they have; name the run's articles with "
            "--corpus to have them made anew\n"
        )


def _new(options: argparse.Namespace) -> int:
    from metoo_research.folders import NotEmptyError, new_study

    try:
        made = new_study(options.folder)
    except NotEmptyError as error:
        return _say(error, WRONG_ARGUMENTS)
    sys.stderr.write(
        f"{made}: put your articles into {made / 'articles'}, say in {made / 'study.toml'} "
        "what you know of them, then\n"
        f'  metoo-research lab "{made}"\n'
        f'  metoo-research run "{made / "articles"}" --study "{made / "study.toml"}" '
        f'--out "{made / "results"}"\n'
    )
    return DONE


def _lab(options: argparse.Namespace) -> int:
    from metoo_research.folders import project_folder

    root = options.folder or project_folder() or Path.cwd()
    if not root.is_dir():
        raise CorpusError(f"{root}: no such folder")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root.resolve()}"]
    start = root / "notebooks" / "00_start_here.ipynb"
    if start.is_file():
        command.append("--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb")
    if options.no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    try:
        return subprocess.call(command)  # noqa: S603 - our own interpreter, our own arguments
    except KeyboardInterrupt:
        return DONE
