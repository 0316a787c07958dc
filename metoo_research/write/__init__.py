"""Writing tables and other files: whole or not at all, the same bytes every time, read back."""

from metoo_research.write.cells import is_formula, neutralised, restored
from metoo_research.write.files import (
    make_folder,
    output_path,
    read_patiently,
    remove_file,
    replace_file,
    replace_files,
)
from metoo_research.write.read import read_table
from metoo_research.write.tables import (
    ENDINGS,
    check_table_path,
    to_csv,
    to_jsonl,
    write_table,
)

__all__ = [
    "ENDINGS",
    "check_table_path",
    "is_formula",
    "make_folder",
    "neutralised",
    "output_path",
    "read_patiently",
    "read_table",
    "remove_file",
    "replace_file",
    "replace_files",
    "restored",
    "to_csv",
    "to_jsonl",
    "write_table",
]
