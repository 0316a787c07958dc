"""A figure bundle: the picture in three formats, its table, its words, and what it rests on.

A bundle ``name`` in a folder is five files: ``name.png`` (300 dpi), ``name.svg`` (text as
text), ``name.pdf`` (fonts embedded), ``name.csv`` (what is drawn) and ``name.json`` (title,
caption, alt text, source line, hashes, versions, parameters). ``manifest.json`` collects the
last of all bundles in the folder. No file holds a clock time, a path or a user's name, so that
the same tables give the same bytes.

`save_figure` makes a bundle, `edit_figure` changes its alt text or caption without drawing it
again, `check_figures` says whether the files of a folder belong together and to a corpus.
"""

from metoo_research.export.edit import edit_figure, update_figures
from metoo_research.export.figure import SavedFigure, save_figure
from metoo_research.export.record import MANIFEST, package_versions
from metoo_research.export.review import check_figures
from metoo_research.write import (
    check_table_path,
    read_table,
    replace_file,
    to_csv,
    to_jsonl,
    write_table,
)

__all__ = [
    "MANIFEST",
    "SavedFigure",
    "check_figures",
    "check_table_path",
    "edit_figure",
    "package_versions",
    "read_table",
    "replace_file",
    "save_figure",
    "to_csv",
    "to_jsonl",
    "update_figures",
    "write_table",
]
