"""The report of a run: figures, tables, methods and limits, with the evidence behind each."""

from metoo_research.report.archive import write_archive
from metoo_research.report.content import report_of
from metoo_research.report.forms import write_forms, write_report
from metoo_research.report.html import is_report, write_page
from metoo_research.report.pdf import find_chromium, write_pdf
from metoo_research.report.word import write_word

__all__ = [
    "find_chromium",
    "is_report",
    "report_of",
    "write_archive",
    "write_forms",
    "write_page",
    "write_pdf",
    "write_report",
    "write_word",
]
